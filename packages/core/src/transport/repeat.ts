import type { CerttwinError } from '../errors.ts'
import type { Dialect } from './dialect.ts'
import type { RetryOptions } from './options.ts'

/**
 * How long to pause before a call is sent again, in milliseconds; undefined when it shall not be.
 *
 * What had no effect (429, a connection that never came about) is repeated whatever it was; after a failure that leaves the effect
 * open, only what may happen twice. Full jitter keeps many clients from returning in step.
 *
 * @param attempt - how many there were
 * @param isUnsafe - creates something, costs money or revokes: a second one would do it again
 */
export function pauseBeforeNext(
  { attempts, baseMs, capMs, retryAfterCapMs, unsafe }: Required<RetryOptions>,
  { code, outcome }: CerttwinError,
  response: Response | undefined,
  attempt: number,
  isUnsafe: boolean,
  { retryAfterHeader, rateWindows }: Dialect,
): number | undefined {
  const isRefused = response?.status === 429
  // An answer that the contract does not know would hardly be another one the next time.
  const isPassing = /^(?:server_error|network|timeout)$/.test(code)
  const mayRepeat = outcome === 'not_sent' || (outcome === 'unknown' && (unsafe || !isUnsafe))
  if (attempt >= attempts || !(isRefused || (isPassing && mayRepeat))) return undefined
  const askedMs = response && retryAfterMs(response, retryAfterHeader)
  if (askedMs !== undefined) return Math.min(retryAfterCapMs, askedMs)
  // A refusal that names no time: until the vendor's shorter window has passed.
  if (isRefused) return Math.min(...rateWindows.map(({ windowMs }) => windowMs))
  return Math.min(capMs, baseMs * 2 ** (attempt - 1)) * Math.random()
}

/** `Retry-After` in seconds or as a date, or what the vendor says in its place. */
function retryAfterMs({ headers }: Response, otherName: string = 'Retry-After'): number | undefined {
  const value = headers.get('Retry-After') ?? headers.get(otherName)
  if (value === null) return undefined
  const now = Date.parse(headers.get('Date') ?? '') || Date.now()
  const waitMs = Number.isNaN(+value) ? Date.parse(value) - now : +value * 1000
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs)
}
