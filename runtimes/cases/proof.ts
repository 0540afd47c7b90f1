import { type CerttwinError, isCerttwinError } from '@certtwin/core'

// What a case is judged by. Our own few lines, since an assertion library would have to run on every runtime, too.

/** Fails unless both are the same as JSON, which is all that a case compares. */
export function equal(found: unknown, expected: unknown): void {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)]
  if (one !== other) throw new Error(`Found ${one} in place of ${other}.`)
}

export function ok(condition: boolean, fact: string): void {
  if (!condition) throw new Error(`It is not so that ${fact}.`)
}

/** The error that a call ends with. */
export async function errorOf(call: Promise<unknown>): Promise<CerttwinError> {
  const error: unknown = await call.then(
    (value) => new Error(`The call succeeded: ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  )
  if (isCerttwinError(error)) return error
  throw error
}
