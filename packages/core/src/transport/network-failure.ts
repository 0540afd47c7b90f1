import { type CerttwinError, fail } from '../errors.ts'
import { unexpected } from './answer.ts'

/**
 * Codes of Node, Bun and Deno for a connection that never came about, so that the request cannot have had an effect. A host can also
 * become unreachable while a connection to it is in use; where the platform tells what it was about, that counts alone.
 */
const neverSent =
  /^(?:E(?:CONNREFUSED|NOTFOUND|AI_AGAIN|(?:HOST|NET)UNREACH)|Connect(?:ionRefused)?|UND_ERR_CONNECT_TIMEOUT) $| (?:connect|getaddrinfo)$/

/** What an attempt failed of that threw. The thrown value itself is not kept: nobody knows what it holds. */
export function toNetworkFailure(cause: unknown): CerttwinError {
  if (cause instanceof SyntaxError) return unexpected('no JSON')
  const { code = 'the connection failed', syscall = '' } = connectionFailure(cause)
  return fail('network', `No answer came: ${code}.`, neverSent.test(`${code} ${syscall}`) ? 'not_sent' : 'unknown')
}

function connectionFailure(error: unknown): { readonly code?: string; readonly syscall?: string } {
  if (!(error instanceof Error)) return {}
  const { code, syscall } = error as { code?: unknown; syscall?: string }
  // A word, and no text: that may hold anything.
  if (typeof code === 'string' && /^\w{1,40}$/.test(code)) return { code, ...(syscall && { syscall }) }
  // Deno has no codes, and says in brackets at what it failed.
  const stage = /: client error \((\w{1,40})\)/.exec(error.message)?.[1]
  return stage === undefined ? connectionFailure(error.cause) : { code: stage }
}
