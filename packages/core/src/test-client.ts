import { createCdnProClient, type CdnProClient } from './cdnpro/client.ts'
import { createDigicertClient, type DigicertClient } from './digicert/client.ts'
import { type CerttwinError, isCerttwinError } from './errors.ts'
import type { Fetch } from './fetch.ts'

// What the tests of the clients share: clients that call a made-up service once, with a key that must not show up anywhere.

export const canary: string = 'CANARY-7f3a+/secret'

/** A service that always gives the same answer. */
export const answering =
  (status: number, body: unknown, headers: Record<string, string> = {}): Fetch =>
  async () =>
    new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers })

export const once: { readonly retry: { readonly attempts: number } } = { retry: { attempts: 1 } }
export const digicert = (fetch: Fetch): DigicertClient => createDigicertClient({ apiKey: canary, fetch, ...once })
export const cdnpro = (fetch: Fetch): CdnProClient =>
  createCdnProClient({ username: 'user', apiKey: canary, fetch, ...once })

export async function errorOf(call: Promise<unknown>): Promise<CerttwinError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!isCerttwinError(error)) throw new Error('The call did not fail as it should.')
  return error
}

/** The first step into a list, which is where it begins to ask. */
export function firstOf(list: AsyncIterable<unknown>): Promise<unknown> {
  return list[Symbol.asyncIterator]().next()
}
