import type { CerttwinError } from '../errors.ts'
import type { Course } from './course.ts'

/**
 * How long to pause before a call is sent again, in milliseconds; undefined when it shall not be.
 *
 * What had no effect (429, a connection that never came about) is repeated whatever it was; after a failure that leaves the effect
 * open, only what may happen twice. Full jitter keeps many clients from returning in step.
 *
 * @param attempt - how many there were
 */
export function pauseBeforeNext(course: Course, failure: CerttwinError, attempt: number): number | undefined {
  const { transport, settings, exchange } = course
  const { attempts, baseMs, capMs, retryAfterCapMs, unsafe } = settings.retry
  const isRepeatable = hadNoEffect(failure) || (isOpen(failure) && (unsafe || !isUnsafe(course)))
  if (attempt >= attempts || !isRepeatable) return undefined
  const askedMs = exchange.response && retryAfterMs(exchange.response)
  if (askedMs !== undefined) return Math.min(retryAfterCapMs, askedMs)
  // Until the vendor's shorter window has passed.
  if (failure.status === 429) return Math.min(...transport.dialect.rateWindows.map(({ windowMs }) => windowMs))
  return Math.min(capMs, baseMs * 2 ** (attempt - 1)) * Math.random()
}

function hadNoEffect({ code, outcome, status }: CerttwinError): boolean {
  return status === 429 || (outcome === 'not_sent' && (code === 'network' || code === 'timeout'))
}

/** An answer that the contract does not know would hardly be another one the next time. */
function isOpen({ code, outcome }: CerttwinError): boolean {
  return outcome === 'unknown' && /^(?:server_error|network|timeout)$/.test(code)
}

/** Creates something, costs money or revokes: a second one would do it again. */
function isUnsafe({ operation, route, transport }: Course): boolean {
  return /^P(?:OST|ATCH)/.test(route) || transport.dialect.unsafeOperations.includes(operation)
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
