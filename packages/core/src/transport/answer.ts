import { CerttwinError } from '../errors.ts'

/** A successful answer. `data` is undefined where the answer has no body. */
export interface Answer<Data> {
  readonly data: Data | undefined
  readonly response: Response
}

/** An answer of success that is not what the contract says; what was asked for may have been done. */
export function unexpected(operation: string, complaint: string, status?: number): CerttwinError {
  const message = `${operation} failed: ${complaint}`
  return new CerttwinError({ code: 'unexpected_response', message, operation, outcome: 'unknown', status })
}

/** The body of an answer that must have one: an object. @throws CerttwinError `unexpected_response` */
export function expectData<Data>(operation: string, { data, response }: Answer<Data>): Data {
  if (isRecord(data)) return data as Data
  throw unexpected(operation, 'the answer has no body that the contract knows.', response.status)
}

/**
 * The list that an answer holds under a name; empty where the name is left out.
 *
 * @throws CerttwinError `unexpected_response`
 */
export function expectList<Name extends string, Entry>(
  operation: string,
  answer: Answer<{ readonly [Key in Name]?: Entry[] }>,
  name: Name,
): readonly Entry[] {
  const { [name]: entries = [] } = expectData(operation, answer)
  if (Array.isArray(entries) && entries.every(isRecord)) return entries
  throw unexpected(operation, `the answer holds something else than ${name}.`, answer.response.status)
}

export function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
