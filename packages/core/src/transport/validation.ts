import type { CerttwinErrorDetails } from '../errors.ts'

/** Whether an answer is what the OpenAPI document says, and what is wrong with it otherwise; values are not repeated. */
export interface AnswerValidator {
  (data: unknown): boolean
  /** What was wrong with the last answer; only the first of it is used. */
  readonly errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null
}

/** Validators by the operation whose answers they judge. */
export type AnswerValidators = Readonly<Record<string, AnswerValidator>>

/** What is wrong with an answer of success; undefined when nothing is, or nobody judges it. Members that are new may come. */
export function toInvalidAnswer(
  validators: AnswerValidators,
  operation: string,
  status: number,
  data: unknown,
): CerttwinErrorDetails | undefined {
  const validate = data === undefined ? undefined : validators[operation]
  if (validate === undefined || validate(data)) return undefined
  const { instancePath = '', message = 'is something else' } = validate.errors?.[0] ?? {}
  const place = instancePath === '' ? 'it' : instancePath.slice(1).replaceAll('/', '.')
  const complaint = `the answer is not what the contract says: ${place} ${message}.`
  return { code: 'unexpected_response', message: complaint, outcome: 'unknown', status }
}
