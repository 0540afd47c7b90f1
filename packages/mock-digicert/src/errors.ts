import { answerJson } from '@certtwin/mock-kit'
import type { ApiError } from './api.generated.ts'
import type { DigicertBindings } from './env.ts'
import { type RefusalReason, refusals } from './refusals.ts'

/** What the journal says about a request: why it was refused, or what was tolerated. */
export type Diagnosis = RefusalReason | 'content-type-tolerated'

/** One reason for a refusal, with the name or path that it is about. */
export interface Problem {
  readonly reason: RefusalReason
  readonly detail?: string
}

/** Stops a request with one or more errors in the vendor's envelope; the first one decides the status. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ reason }) => reason).join(', '))
    this.problems = problems
  }
}

/** Refuses for one reason. */
export function refuse(reason: RefusalReason, detail?: string): Refusal {
  return new Refusal([detail === undefined ? { reason } : { reason, detail }])
}

/** Throws when there is a problem, with all of them. */
export function refuseIfAny(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new Refusal(problems)
}

/** Answers a refusal in the vendor's envelope; anything else that was thrown is an error of the twin. */
export function answerError(error: unknown, context: { readonly env: DigicertBindings }): Response {
  const problems: readonly Problem[] = error instanceof Refusal ? error.problems : [{ reason: 'internal-error' }]
  if (!(error instanceof Refusal)) context.env.exchange.failure = error
  const reason = problems[0]?.reason ?? 'internal-error'
  context.env.exchange.diagnosis = reason
  return answerJson(context, { errors: problems.map(toApiError) }, refusals[reason][0])
}

/** A problem in the vendor's words. */
export function toApiError({ reason, detail = '' }: Problem): ApiError {
  const [, code, message] = refusals[reason]
  return { code: code.replace('<>', () => detail), message: message.replace('<>', () => detail) }
}
