import { unexpected } from './answer.ts'

/** Whether an answer is what the OpenAPI document says, and what is wrong with it otherwise; values are not repeated. */
export interface AnswerValidator {
  (data: unknown): boolean
  /** What was wrong with the last answer; only the first of it is used. */
  readonly errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null
}

/** Validators by the operation whose answers they judge. */
export type AnswerValidators = Readonly<Record<string, AnswerValidator>>

/** @throws CerttwinError `unexpected_response` when somebody judges the answer and finds it wrong; members that are new may come */
export function requireValid(validators: AnswerValidators, operation: string, data: unknown): void {
  const validate = data === undefined ? undefined : validators[operation]
  if (validate === undefined || validate(data)) return
  const { instancePath = '', message = 'is something else' } = validate.errors?.[0] ?? {}
  const place = instancePath.slice(1).replaceAll('/', '.') || 'it'
  throw unexpected(`${place} ${message}`)
}
