import type { Fetch } from '../fetch.ts'

/** What carries a signed request to an answer, and lets go of it when the signal says so. */
export type Send = (request: Request, signal?: AbortSignal) => Promise<Response>

/**
 * The platform's `fetch`, or the one that a caller passed in. The platform's takes the signal beside the request, which is cheaper than
 * a request that has it; any other need only know requests.
 */
export function toSend(fetch: Fetch | undefined): Send {
  if (fetch === undefined) return (request, signal) => globalThis.fetch(request, signal === undefined ? {} : { signal })
  return (request, signal) => fetch(signal === undefined ? request : new Request(request, { signal }))
}
