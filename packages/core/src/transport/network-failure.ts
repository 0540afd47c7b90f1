import { CerttwinError, type CerttwinErrorDetails } from '../errors.ts'

/** Codes of Node and Bun for a connection that never came about, so that the request cannot have had an effect. */
const neverSent: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ConnectionRefused',
  'Connect',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** What the system was asked for when a connection did not come about. */
const connecting: ReadonlySet<unknown> = new Set(['connect', 'getaddrinfo'])

/** What an attempt failed of that threw. The thrown value itself is not kept: nobody knows what it holds. */
export function toNetworkFailure(cause: unknown, wasSent: boolean): CerttwinErrorDetails {
  if (cause instanceof CerttwinError) {
    const { code, message, outcome } = cause
    return { code, message, outcome }
  }
  if (!wasSent) return { code: 'invalid_options', message: 'its input cannot be sent as JSON.', outcome: 'not_sent' }
  if (cause instanceof SyntaxError)
    return { code: 'unexpected_response', message: 'the answer is not JSON.', outcome: 'unknown' }
  const { code: reason, syscall } = connectionFailure(cause)
  // A host can also become unreachable while a connection to it is in use; where the platform tells what failed, that counts.
  const isUnsent = neverSent.has(reason) && (syscall === undefined || connecting.has(syscall))
  const message = `No answer came: ${reason ?? 'the connection failed'}.`
  return { code: 'network', message, outcome: isUnsent ? 'not_sent' : 'unknown' }
}

function connectionFailure(error: unknown): { readonly code?: string; readonly syscall?: unknown } {
  if (!(error instanceof Error)) return {}
  const { code, syscall } = error as { code?: unknown; syscall?: unknown }
  // A word, and no text: that may hold anything.
  if (typeof code === 'string' && /^\w{1,40}$/.test(code)) return { code, syscall }
  // Deno has no codes, and says in brackets at what it failed.
  const [, stage] = /: client error \((\w{1,40})\)/.exec(error.message) ?? []
  return stage === undefined ? connectionFailure(error.cause) : { code: stage }
}
