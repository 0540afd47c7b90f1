import type { Fetch } from '@certtwin/mock-kit'
import type { Edition } from '../generate/edition.ts'
import { nameError } from './documented-errors.ts'
import type { Violation } from './prism.ts'
import type { Witness } from './witness.ts'

/** What one row of a table of answers led to. */
export interface Outcome {
  /** The status of the last answer. */
  readonly status: number
  readonly violations: readonly Violation[]
}

/** A request to send, or something else to do. */
export type Step = () => Request | Promise<void> | undefined

/**
 * Takes steps one after another, those that are requests with the witness between, and says how it ended.
 *
 * Requests may be wrong on purpose, so only what the witness has against the answers counts.
 */
export async function witnessRequests(
  { witness, edition }: { readonly witness: Witness; readonly edition?: Edition },
  fetch: Fetch,
  steps: readonly Step[],
): Promise<Outcome> {
  witness.clear()
  const judged = witness.through(fetch, edition)
  let status = 0
  for (const step of steps) {
    const request = await step()
    if (request !== undefined) ({ status } = await judged(request))
  }
  return { status, violations: witness.violations.filter(({ side }) => side === 'answer') }
}

/** The statuses and errors that the document names and that were not seen so far. */
export function notCovered({ document, covered }: Witness): string[] {
  const named = document.operations.flatMap((operation) =>
    operation.responses.flatMap((response) => [
      `${operation.id} ${response.status}`,
      ...response.errors.map((entry) => nameError(operation, response.status, entry)),
    ]),
  )
  return [...new Set(named)].filter((name) => !covered.has(name)).toSorted()
}
