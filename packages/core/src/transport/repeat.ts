import type { CerttwinError } from '../errors.ts'
import type { RetryOptions } from './options.ts'

/**
 * How long to pause before a call is sent again, in milliseconds; undefined when it shall not be.
 *
 * What had no effect (429, a connection that never came about) is repeated whatever it was; after a failure that leaves the effect
 * open, only what may happen twice. Full jitter keeps many clients from returning in step.
 *
 * @param attempt - how many there were
 * @param isUnsafe - creates something, costs money or revokes: a second one would do it again
 * @param shortWindowMs - the pause after a 429 that names none: until the vendor's shorter window has passed
 */
export function pauseBeforeNext(
  { attempts, baseMs, capMs, retryAfterCapMs, unsafe }: Required<RetryOptions>,
  { code, outcome }: CerttwinError,
  response: Response | undefined,
  attempt: number,
  isUnsafe: boolean,
  shortWindowMs: number,
): number | undefined {
  const isRefused = response?.status === 429
  // An answer that the contract does not know would hardly be another one the next time.
  const isPassing = /^(?:server_error|network|timeout)$/.test(code)
  const mayRepeat = outcome === 'not_sent' || (outcome === 'unknown' && (unsafe || !isUnsafe))
  if (attempt >= attempts || !(isRefused || (isPassing && mayRepeat))) return undefined
  const askedMs = response && retryAfterMs(response)
  if (askedMs !== undefined) return Math.min(retryAfterCapMs, askedMs)
  return isRefused ? shortWindowMs : Math.min(capMs, baseMs * 2 ** (attempt - 1)) * Math.random()
}

/** `Retry-After` in seconds or as a date; one of the vendors has a header of its own for it. */
function retryAfterMs({ headers }: Response): number | undefined {
  const value = headers.get('Retry-After') ?? headers.get('x-rate-limit-retry-after-seconds')
  if (value === null) return undefined
  const now = Date.parse(headers.get('Date') ?? '') || Date.now()
  const waitMs = Number.isNaN(+value) ? Date.parse(value) - now : +value * 1000
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs)
}
