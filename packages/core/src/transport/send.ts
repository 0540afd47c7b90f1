import type { Fetch } from '../fetch.ts'

/** What carries a signed request to an answer, and lets go of it when the signal says so. */
export type Send = (request: Request, signal?: AbortSignal) => Promise<Response>

/**
 * The platform's `fetch`, or the one that a caller passed in. The platform's takes the signal beside the request, which is cheaper than
 * a request that has it; any other need only know requests.
 */
export function toSend(fetch: Fetch | undefined): Send {
  if (fetch !== undefined)
    return (request, signal) => {
      // A key may come after the time is up, and not every fetch looks at the signal.
      signal?.throwIfAborted()
      return fetch(signal === undefined ? request : new Request(request, { signal }))
    }
  return (request, signal) => {
    const init = signal === undefined ? {} : { signal }
    return request.method === 'GET' ? globalThis.fetch(request, init) : sendOnce(request, init)
  }
}

/** What is used of Deno. */
interface Deno {
  createHttpClient(options: object): { close(): void }
}

/**
 * Sends what may change something, and no more than once. When a connection breaks that was kept from an earlier call, some platforms
 * repeat the request without a word, whether it has arrived or not: Bun does so with PUT and DELETE, Deno with every method. So
 * it gets a connection of its own there, which Bun is told in the terms of the standard and Deno in its own.
 */
async function sendOnce(request: Request, init: RequestInit): Promise<Response> {
  const { Deno: deno } = globalThis as { Deno?: Partial<Deno> }
  const client = deno?.createHttpClient?.({})
  try {
    const own = { ...init, keepalive: false, ...(client && { client }) }
    return await globalThis.fetch(request, own)
  } finally {
    client?.close()
  }
}
