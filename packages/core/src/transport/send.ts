import type { Fetch } from '../fetch.ts'

/** What carries a signed request to an answer, and lets go of it when the signal says so. */
export type Send = (request: Request, signal: AbortSignal) => Promise<Response>

/**
 * The platform's `fetch`, or the one that a caller passed in. The platform's takes the signal beside the request, which is cheaper than
 * a request that has it; any other need only know requests.
 */
export function toSend(fetch: Fetch | undefined): Send {
  if (fetch !== undefined) return (request, signal) => fetch(new Request(request, { signal }))
  return (request, signal) =>
    request.method === 'GET' ? globalThis.fetch(request, { signal }) : sendOnce(request, signal)
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
async function sendOnce(request: Request, signal: AbortSignal): Promise<Response> {
  const { Deno: deno } = globalThis as { Deno?: Partial<Deno> }
  const client = deno?.createHttpClient?.({})
  try {
    const own = { signal, keepalive: false, ...(client && { client }) }
    return await globalThis.fetch(request, own)
  } finally {
    client?.close()
  }
}
