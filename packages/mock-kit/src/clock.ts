/** Where a twin takes the time from; everything in it that has a date asks here. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** A clock that a test moves by hand. */
export interface ManualClock extends Clock {
  /** Moves the clock forward by so many milliseconds. */
  advance(byMs: number): void
  /** Puts the clock to a time, in milliseconds since the epoch. */
  set(toMs: number): void
}

/** The clock of the machine. */
export const systemClock: Clock = { now: () => Date.now() }

/**
 * A clock that stands still until it is moved.
 *
 * @param start - a date, or anything `Date` reads, for instance `2023-04-04T12:53:25Z`
 * @throws RangeError when the start is not a date
 */
export function createManualClock(start: Date | string | number): ManualClock {
  let nowMs = new Date(start).getTime()
  if (Number.isNaN(nowMs))
    throw new RangeError(`The clock cannot start at ${String(start)}: give a date such as 2023-04-04T12:53:25Z.`)
  return {
    now: () => nowMs,
    advance(byMs) {
      nowMs += byMs
    },
    set(toMs) {
      nowMs = toMs
    },
  }
}
