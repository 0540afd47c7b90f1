import { CerttwinError } from '../errors.ts'
import type { Fetch } from '../fetch.ts'

/** Codes of Node, Deno and Bun for a connection that never came about, so that the request cannot have had an effect. */
const neverSent: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ConnectionRefused',
  'UND_ERR_CONNECT_TIMEOUT',
])

/**
 * Gives each attempt its own time limit, in milliseconds, and turns whatever keeps an answer from arriving whole into
 * errors of this package. The body is read here, so a body that stalls or breaks off counts like no answer at all.
 */
export function withTimeout(fetch: Fetch, timeoutMs: number): Fetch {
  return async (request) => {
    if (request.signal.aborted) throw new CerttwinError({ code: 'aborted', message: 'The call was aborted.' })
    const timeout = AbortSignal.timeout(timeoutMs)
    const signal = AbortSignal.any([request.signal, timeout])
    try {
      const answer = fetch(new Request(request, { signal })).then(readWhole)
      // Not every fetch that somebody passes in looks at the signal.
      return await Promise.race([answer, rejection(signal)])
    } catch (cause) {
      throw toNetworkError(cause, { timedOut: timeout.aborted, aborted: request.signal.aborted, timeoutMs })
    }
  }
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}

async function readWhole({ status, statusText, headers, body }: Response): Promise<Response> {
  const bytes = body === null ? undefined : await new Response(body).arrayBuffer()
  return new Response(bytes?.byteLength ? bytes : null, { status, statusText, headers })
}

interface Circumstances {
  readonly timedOut: boolean
  readonly aborted: boolean
  readonly timeoutMs: number
}

/** What `fetch` threw is not kept as a cause: nobody knows what it holds. An error of this package stays as it is. */
function toNetworkError(cause: unknown, { timedOut, aborted, timeoutMs }: Circumstances): CerttwinError {
  if (cause instanceof CerttwinError) return cause
  if (aborted) return new CerttwinError({ code: 'aborted', message: 'The call was aborted.', outcome: 'unknown' })
  if (timedOut) {
    const message = `No answer came within ${timeoutMs} ms.`
    return new CerttwinError({ code: 'timeout', message, outcome: 'unknown' })
  }
  const { code: reason, syscall } = connectionFailure(cause)
  // A host can also become unreachable while a connection to it is in use; where the platform tells what failed, that counts.
  const isUnsent = neverSent.has(reason) && (syscall === undefined || connecting.has(syscall))
  const message = `No answer came: ${reason ?? 'the connection failed'}.`
  return new CerttwinError({ code: 'network', message, outcome: isUnsent ? 'none' : 'unknown' })
}

/** What the system was asked for when a connection did not come about. */
const connecting: ReadonlySet<unknown> = new Set(['connect', 'getaddrinfo'])

function connectionFailure(error: unknown): { readonly code?: string; readonly syscall?: unknown } {
  if (!(error instanceof Error)) return {}
  const { code, syscall } = error as { code?: unknown; syscall?: unknown }
  return typeof code === 'string' ? { code, syscall } : connectionFailure(error.cause)
}
