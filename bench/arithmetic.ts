/** What a measure came to over its rounds. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
  /** How many rounds counted. */
  readonly rounds: number
}

/** The middle value, or the mean of the middle two; `NaN` for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN
  return (lower + upper) / 2
}

/** The spread over all rounds but the first, which only warms up. */
export function spreadOf(rounds: readonly number[]): Spread {
  const counted = rounds.slice(1)
  return { median: median(counted), min: Math.min(...counted), max: Math.max(...counted), rounds: counted.length }
}

/** Divides each round's figure by the base's figure of the same round, since machines are faster at one time than at another. */
export function ratiosInRounds(subject: readonly number[], base: readonly number[]): number[] {
  if (subject.length !== base.length) throw new Error('A subject and its base need the same number of rounds.')
  return subject.map((value, round) => value / (base[round] ?? Number.NaN))
}

/** The value that the given share of all values does not exceed, by the nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).toSorted()
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** The items, beginning with another one in each round, so that none always runs in the same place. */
export function rotated<Item>(items: readonly Item[], round: number): Item[] {
  const start = items.length === 0 ? 0 : round % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}
