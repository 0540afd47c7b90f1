import { createHmac, timingSafeEqual } from 'node:crypto'
import { type HeaderSource, memoize } from '@certtwin/mock-kit'
import type { User } from './entities.ts'
import { nameInWorld } from './open-accounts.ts'
import { parseSignedDate } from './signed-date.ts'
import type { State } from './state.ts'
import { diagnosePassword, type SignatureDiagnosis } from './signature-diagnosis.ts'

/** The dates that a request carries, in the order in which they count; both may have been signed. */
export type SignedDates = readonly string[]

export type SignatureCheck =
  | { readonly ok: true; readonly user: User }
  | { readonly ok: false; readonly diagnosis: SignatureDiagnosis; readonly skewSeconds?: number }

/** The world whose users may sign. */
export interface SignerSource {
  readonly name: string
  readonly state: Pick<State, 'users' | 'credentials'>
}

type Failure = Extract<SignatureCheck, { ok: false }>

/** Both ends included. A vendor document of 2015 gives such a password a life of 15 minutes; that it holds here is assumed. */
const windowMs = 900_000

/**
 * Checks the Basic credentials of a request: user name, and Base64 of HMAC-SHA1(API key, date header as sent).
 *
 * The checks run in the order of need, so one mistake has one diagnosis: header, form, user, date present, readable,
 * fresh, signature. Of two date headers `x-cnc-date` counts, and `Date` is tried where it fails.
 */
export function checkSignature(
  headers: HeaderSource,
  { name: world, state }: SignerSource,
  nowMs: number,
): SignatureCheck {
  const authorization = headers.get('authorization')
  if (authorization === null) return refused('authorization-missing')
  const basic = parseBasic(authorization)
  if (basic === undefined) return refused('authorization-malformed')
  const { users, credentials } = state
  const username = nameInWorld(state, world, basic.username)
  const user = users.get(username)
  const apiKey = credentials.get(username)?.apiKey
  if (user === undefined || apiKey === undefined) return refused('user-unknown')

  const dates = signedDates(headers)
  const failures: Failure[] = []
  for (const date of dates) {
    const failure = failureOf(apiKey, date, basic.password, nowMs, dates)
    if (failure === undefined) return { ok: true, user }
    failures.push(failure)
  }
  return failures[0] ?? refused('date-missing')
}

export function signedDates(headers: HeaderSource): SignedDates {
  return [headers.get('x-cnc-date'), headers.get('date')].filter((date) => date !== null)
}

/** The user that a request says it is from, before anything is checked. */
export function usernameOf(headers: HeaderSource): string | undefined {
  const authorization = headers.get('authorization')
  return authorization === null ? undefined : parseBasic(authorization)?.username
}

interface BasicCredentials {
  readonly username: string
  readonly password: string
}

/** User name up to the first colon, password exactly as it is; undefined for another scheme or form. */
const parseBasic = memoize((authorization: string): BasicCredentials | undefined => {
  const encoded = /^\s*basic\s+([A-Za-z0-9+/]+={0,2})\s*$/i.exec(authorization)?.[1]
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) }
})

function failureOf(
  apiKey: string,
  date: string,
  password: string,
  nowMs: number,
  dates: SignedDates,
): Failure | undefined {
  const dateMs = parseSignedDate(date)
  if (dateMs === undefined) return refused('date-unreadable')
  // Dates have whole seconds, so the clock is read in whole seconds too: both ends of the window are included.
  const skewMs = dateMs - Math.floor(nowMs / 1000) * 1000
  if (Math.abs(skewMs) > windowMs) return { ...refused('date-skew'), skewSeconds: Math.round(skewMs / 1000) }
  const expected = expectedPassword(apiKey, date)
  const given = Buffer.from(password)
  if (given.length === expected.length && timingSafeEqual(given, expected)) return undefined
  return refused(diagnosePassword(apiKey, date, password, dates))
}

function refused(diagnosis: SignatureDiagnosis): Failure {
  return { ok: false, diagnosis }
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

function expectedPassword(apiKey: string, date: string): Buffer {
  return passwordFor(`${date}\n${apiKey}`)
}
