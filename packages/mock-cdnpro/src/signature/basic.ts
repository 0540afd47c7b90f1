import { createHmac, timingSafeEqual } from 'node:crypto'
import { memoize } from '@certtwin/mock-kit'
import type { BasicCredentials } from './authorization.ts'
import { diagnosePassword } from './basic-diagnosis.ts'
import { basicRefused, type SignatureFailure, skewOutside } from './diagnosis.ts'
import { parseSignedDate, signedTextsOf } from './signed-date.ts'

/** What a password is checked against. */
export interface BasicContext {
  readonly apiKey: string
  /** The dates of the request, in the order in which they count; any of them may have been signed. */
  readonly dates: readonly string[]
  readonly windowMs: number
  readonly nowMs: number
}

/**
 * Checks the password of Basic credentials: Base64 of HMAC-SHA1(API key, date header as sent).
 *
 * The checks run in the order of need, so one mistake has one diagnosis: date present, readable, fresh, signature. Of several
 * dates the first one counts, and the others are tried where it fails.
 */
export function failureOfPassword({ password }: BasicCredentials, context: BasicContext): SignatureFailure | undefined {
  let first: SignatureFailure | undefined
  for (const date of context.dates) {
    const failure = failureOn(date, password, context)
    if (failure === undefined) return undefined
    first ??= failure
  }
  return first ?? basicRefused('date-missing')
}

function failureOn(date: string, password: string, context: BasicContext): SignatureFailure | undefined {
  const { apiKey, dates, windowMs, nowMs } = context
  const dateMs = parseSignedDate(date)
  if (dateMs === undefined) return basicRefused('date-unreadable')
  const skewSeconds = skewOutside(windowMs, dateMs, nowMs)
  if (skewSeconds !== undefined) return { ...basicRefused('date-skew'), skewSeconds }
  const given = Buffer.from(password)
  if (signedTextsOf(date).some((text) => isSame(given, passwordFor(`${text}\n${apiKey}`)))) return undefined
  return basicRefused(diagnosePassword(apiKey, date, password, dates))
}

/** In constant time. */
function isSame(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** Dates move in steps of a second, so many requests share a password; computing it anew doubles the time of a request. */
const passwordFor = memoize((named: string) => {
  const line = named.indexOf('\n') // no header has one
  const date = named.slice(0, line)
  return Buffer.from(
    createHmac('sha1', named.slice(line + 1))
      .update(date)
      .digest('base64'),
  )
})
