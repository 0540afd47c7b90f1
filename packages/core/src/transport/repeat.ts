import type { CerttwinErrorDetails } from '../errors.ts'
import type { RetryOptions } from './options.ts'

/** A failed attempt, as far as it matters for the next one. */
export interface FailedAttempt {
  readonly attempt: number
  readonly failure: CerttwinErrorDetails
  readonly response: Response | undefined
  /** Creates something, costs money or revokes: a second one would do it again. */
  readonly isUnsafe: boolean
}

/**
 * How long to pause before the next attempt, in milliseconds; undefined when there shall be none.
 *
 * What had no effect (429, a connection that never came about) is repeated whatever it was; after a failure that leaves the effect
 * open, only what may happen twice. Full jitter keeps many clients from returning in step.
 *
 * @param shortWindowMs - the pause after a 429 that names none: until the vendor's shorter window has passed
 */
export function pauseBeforeNext(
  { attempt, failure, response, isUnsafe }: FailedAttempt,
  retry: Required<RetryOptions>,
  shortWindowMs: number,
  random: () => number = Math.random,
): number | undefined {
  if (attempt >= retry.attempts) return undefined
  const hadNoEffect = response?.status === 429 || (failure.code === 'network' && failure.outcome === 'not_sent')
  if (!hadNoEffect && (failure.outcome !== 'unknown' || !isRepeatable(failure) || (isUnsafe && !retry.unsafe)))
    return undefined
  const askedMs = response === undefined ? undefined : retryAfterMs(response)
  if (askedMs !== undefined) return Math.min(retry.retryAfterCapMs, askedMs)
  if (response?.status === 429) return shortWindowMs
  return Math.min(retry.capMs, retry.baseMs * 2 ** (attempt - 1)) * random()
}

/** An answer that the contract does not know would hardly be another one the next time. */
function isRepeatable({ code }: CerttwinErrorDetails): boolean {
  return code === 'server_error' || code === 'network' || code === 'timeout'
}

/** `Retry-After` in seconds or as a date; one of the vendors has a header of its own for it. */
function retryAfterMs({ headers }: Response): number | undefined {
  const value = headers.get('Retry-After') ?? headers.get('x-rate-limit-retry-after-seconds')
  if (value === null) return undefined
  const seconds = Number(value)
  const waitMs = Number.isNaN(seconds)
    ? Date.parse(value) - (Date.parse(headers.get('Date') ?? '') || Date.now())
    : seconds * 1000
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs)
}
