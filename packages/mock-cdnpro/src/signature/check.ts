import type { HeaderSource } from '@certtwin/mock-kit'
import { type Door, doorOf } from '../doors.ts'
import type { Credential, User } from '../entities.ts'
import { accessKeys, nameInWorld, usernames } from '../open-accounts.ts'
import type { CdnProWorld } from '../world.ts'
import { failureOfSignature, parseTimestamp } from './access-key.ts'
import { type AccessKeyCredentials, type BasicCredentials, type Credentials, credentialsOf } from './authorization.ts'
import { failureOfPassword } from './basic.ts'
import { accessKeyRefused, basicRefused, type SignatureFailure } from './diagnosis.ts'
import { signedTextsOf } from './signed-date.ts'

/** The world whose users may sign. */
export type SignerSource = Pick<CdnProWorld, 'name' | 'state' | 'settings' | 'clock' | 'buckets'>

export type SignatureCheck = { readonly ok: true; readonly user: User } | SignatureFailure

/**
 * Finds out who has signed a request, by whichever scheme; at the native door by Basic alone.
 *
 * The checks run in the order of need, so one mistake has one diagnosis: header, form, who it is, time, signature.
 */
export function checkSignature(request: Request, body: string, world: SignerSource): SignatureCheck {
  const credentials = credentialsOf(request.headers)
  if (credentials === undefined)
    return basicRefused(request.headers.has('authorization') ? 'authorization-malformed' : 'authorization-missing')
  if (credentials.scheme === 'basic') return checkBasic(credentials, request.headers, world)
  if (!doorOf(world).takesAccessKeys) return basicRefused('access-key-not-accepted')
  return checkAccessKey(credentials, request, body, world)
}

function checkBasic(credentials: BasicCredentials, headers: HeaderSource, world: SignerSource): SignatureCheck {
  const { users, credentials: known } = world.state
  const username = nameInWorld(world, usernames, credentials.username)
  const user = users.get(username)
  const apiKey = known.get(username)?.apiKey
  if (user === undefined || apiKey === undefined) return basicRefused('user-unknown')
  const dates = datesOf(headers, doorOf(world))
  const context = { apiKey, dates, windowMs: world.settings.basicWindowMs, nowMs: world.clock.now() }
  return failureOfPassword(credentials, context) ?? { ok: true, user }
}

function checkAccessKey(
  credentials: AccessKeyCredentials,
  request: Request,
  body: string,
  world: SignerSource,
): SignatureCheck {
  if (credentials.signature === undefined) return accessKeyRefused('signature_missing')
  const accessKey = request.headers.get('x-cnc-accessKey')
  if (accessKey === null || accessKey !== credentials.accessKey) return accessKeyRefused('credential_mismatch')
  const { user, secretKey } = ownerOf(accessKey, world) ?? {}
  if (user === undefined || secretKey === undefined) return accessKeyRefused('ak_unknown')
  const { method, url, headers } = request
  const sent = { method, url, headers, body, vendorHosts: doorOf(world).hosts }
  const context = { secretKey, windowMs: world.settings.accessKeyWindowMs, nowMs: world.clock.now() }
  const failure = failureOfSignature(credentials, sent, context)
  if (failure !== undefined) return failure
  // In small letters: they count as the same.
  const signature = `${accessKey} ${credentials.signature.toLowerCase()}`
  return isReplay(signature, world) ? accessKeyRefused('replayed') : { ok: true, user }
}

function ownerOf(
  accessKey: string,
  world: SignerSource,
): { readonly user: User | undefined; readonly secretKey: Credential['secretKey'] } | undefined {
  const { users, credentials } = world.state
  const [owner] = credentials.group(nameInWorld(world, accessKeys, accessKey))
  return owner && { user: users.get(owner.username), secretKey: owner.secretKey }
}

/** The vendor's rule, whose letter would forbid two calls in a second: so it holds only where it is asked for. */
function isReplay(signature: string, { settings, buckets, clock }: SignerSource): boolean {
  // A bucket of one token admits a signature once, and again when it is full again.
  return settings.refuseReplays && !buckets.take(signature, replayWindow, clock.now()).admitted
}

const replayWindow = [{ limit: 1, windowMs: 300_000 }]

/** The dates that may have been signed, in the order in which they count. */
function datesOf(headers: HeaderSource, { dateHeaders }: Door): string[] {
  return dateHeaders.map((name) => headers.get(name)).filter((date) => date !== null)
}

/**
 * The texts under which a private key in the request may be encrypted, in the order in which they are tried: the dates, then
 * the timestamp of an access key as a date and as it is.
 */
export function encryptionDates(headers: HeaderSource, door: Door): readonly string[] {
  const dates = datesOf(headers, door)
  const timestamp = door.takesAccessKeys ? (headers.get('x-cnc-timestamp') ?? '') : ''
  const timestampMs = parseTimestamp(timestamp)
  const stamps = timestampMs === undefined ? [] : [new Date(timestampMs).toUTCString(), timestamp]
  return [...dates, ...stamps, ...dates.flatMap((date) => signedTextsOf(date).slice(1))]
}

/** What the credentials of a request name, before anything is checked: a user or an access key. */
export function nameIn(credentials: Credentials | undefined): string {
  if (credentials === undefined) return ''
  return credentials.scheme === 'basic' ? credentials.username : (credentials.accessKey ?? '')
}
