import { ratiosInRounds, rotated, type Spread, spreadOf } from './arithmetic.ts'
import type { Missing } from './subjects.ts'

/** The figures of each subject, one a round, by the subject's name. */
export interface Rounds<Figure> {
  readonly figures: ReadonlyMap<string, readonly Figure[]>
  readonly missing: readonly Missing[]
}

/** Measures each subject once in every round; one that fails is left out, and its reason kept. */
export async function measureInRounds<Subject extends { readonly name: string }, Figure>(
  subjects: readonly Subject[],
  rounds: number,
  measure: (subject: Subject) => Promise<Figure>,
): Promise<Rounds<Figure>> {
  const figures = new Map<string, Figure[]>(subjects.map(({ name }) => [name, []]))
  const missing: Missing[] = []
  for (let round = 0; round < rounds; round++) {
    const alive = subjects.filter(({ name }) => figures.has(name))
    for (const subject of rotated(alive, round)) {
      try {
        const figure = await measure(subject)
        figures.get(subject.name)?.push(figure)
      } catch (error) {
        figures.delete(subject.name)
        missing.push({ name: subject.name, reason: error instanceof Error ? error.message : String(error) })
      }
    }
  }
  return { figures, missing }
}

/**
 * What subject ÷ base came to; undefined when the subject could not be measured.
 *
 * @throws Error when the base could not be measured
 */
export function ratioOf<Figure>(
  { figures, missing }: Rounds<Figure>,
  subject: string,
  base: string,
  value: (figure: Figure) => number,
): Spread | undefined {
  const ofBase = figures.get(base)
  if (ofBase === undefined)
    throw new Error(`${base} could not be measured: ${missing.find(({ name }) => name === base)?.reason}`)
  const ofSubject = figures.get(subject)
  return ofSubject && spreadOf(ratiosInRounds(ofSubject.map(value), ofBase.map(value)))
}
