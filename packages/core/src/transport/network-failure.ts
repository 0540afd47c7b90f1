import { CerttwinError } from '../errors.ts'
import { unexpected } from './answer.ts'

/** Codes of Node, Bun and Deno for a connection that never came about, so that the request cannot have had an effect. */
const neverSent =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|E(?:HOST|NET)UNREACH|ConnectionRefused|Connect|UND_ERR_CONNECT_TIMEOUT)$/

/** What the system was asked for when a connection did not come about. */
const connecting = /^(?:connect|getaddrinfo)$/

/** What an attempt failed of that threw. The thrown value itself is not kept: nobody knows what it holds. */
export function toNetworkFailure(cause: unknown): CerttwinError {
  if (cause instanceof SyntaxError) return unexpected('the answer is not JSON.')
  const { code = '', syscall } = connectionFailure(cause)
  // A host can also become unreachable while a connection to it is in use; where the platform tells what failed, that counts.
  const isUnsent = typeof syscall === 'string' ? connecting.test(syscall) : neverSent.test(code)
  return new CerttwinError({
    code: 'network',
    message: `No answer came: ${code || 'the connection failed'}.`,
    outcome: isUnsent ? 'not_sent' : 'unknown',
  })
}

function connectionFailure(error: unknown): { readonly code?: string; readonly syscall?: unknown } {
  if (!(error instanceof Error)) return {}
  const { code, syscall } = error as { code?: unknown; syscall?: unknown }
  // A word, and no text: that may hold anything.
  if (typeof code === 'string' && /^\w{1,40}$/.test(code)) return { code, syscall }
  // Deno has no codes, and says in brackets at what it failed.
  const stage = /: client error \((\w{1,40})\)/.exec(error.message)?.[1]
  return stage === undefined ? connectionFailure(error.cause) : { code: stage }
}
