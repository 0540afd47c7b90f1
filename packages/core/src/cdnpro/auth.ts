import { CerttwinError } from '../errors.ts'
import { askCredential, createSecrets, type Credential } from '../transport/credential.ts'
import type { Send } from '../transport/send.ts'
import type { Auth } from '../transport/transport.ts'
import { signWithAccessKey } from './access-key.ts'
import { createBasicSigner } from './basic.ts'
import type { Door } from './doors.ts'
import { sealBody } from './private-key.ts'

/** Who calls CDN Pro, and what signs. */
export interface CdnProCredentials {
  /** The user of the API key, without a colon. */
  readonly username: Credential
  /** It signs, and private keys are encrypted under it. A function is asked before each attempt, so that keys may rotate. */
  readonly apiKey: Credential
  /** Signs in the place of the API key, together with `secretKey`; at the gateway alone. */
  readonly accessKey?: Credential | undefined
  /** The other half of `accessKey`. */
  readonly secretKey?: Credential | undefined
}

/** In HTTP Basic the user ends at the first colon; in a signature the access key ends at a comma. */
export const usernameForm: RegExp = /^[\x21-\x39\x3b-\x7e]+$/
export const accessKeyForm: RegExp = /^[\x21-\x2b\x2d-\x7e]+$/

/** Less than this between the two clocks, in milliseconds, is travel time and rounding. */
const toleranceMs = 5_000

/**
 * CDN Pro's schemes: the password of HTTP Basic is HMAC-SHA1 of the `Date` header under the API key, and a pair of access key and
 * secret key signs the whole request. A private key in the body is encrypted under the API key and the date, so it never leaves as
 * text.
 *
 * The clock heals itself: when a signature is refused and the server's `Date` differs, the request is signed once more
 * with the difference, which is then kept.
 *
 * @param now - milliseconds since the epoch
 * @throws CerttwinError `unsupported_runtime` where the platform has no WebCrypto
 */
export function cdnProAuth(credentials: CdnProCredentials, door: Door, now: () => number = Date.now): Auth {
  const { apiKey, accessKey = '', secretKey = '' } = credentials
  const { secrets, remember } = createSecrets(apiKey, accessKey, secretKey)
  const sign = createSigner(credentials, door, remember)
  let offsetMs = 0
  const signed =
    (send: Send): Send =>
    async (request, signal) => {
      const body = request.body === null ? undefined : await request.text()
      const usedOffsetMs = offsetMs
      const signedMs = now() + usedOffsetMs
      const response = await send(await sign(request, body, signedMs), signal)
      const skewMs = refusedFor(response, door, signedMs)
      if (skewMs === 0) return response
      // Counted from what this call used: calls that are refused side by side all find the same difference.
      offsetMs = usedOffsetMs + skewMs
      await response.body?.cancel()
      return send(await sign(request, body, now() + offsetMs), signal)
    }
  return { sign: signed, secrets, account: accountOf(credentials) }
}

function accountOf({ username, apiKey }: CdnProCredentials): string | undefined {
  return typeof username === 'string' && typeof apiKey === 'string' ? `${username}:${apiKey}` : undefined
}

/** By how much the clocks differ when a signature was refused; 0 when that cannot be the cause. */
function refusedFor(response: Response, { signatureRefused }: Door, signedMs: number): number {
  if (!signatureRefused.includes(response.status)) return 0
  const skewMs = Date.parse(response.headers.get('Date') ?? '') - signedMs
  return Math.abs(skewMs) > toleranceMs ? skewMs : 0
}

/** Encrypts the private key in a request and signs it, for each attempt anew. */
function createSigner(
  credentials: CdnProCredentials,
  door: Door,
  remember: (secret: string) => void,
): (request: Request, body: string | undefined, atMs: number) => Promise<Request> {
  requireWebCrypto()
  const { username, apiKey, accessKey, secretKey } = credentials
  const signBasic = createBasicSigner(remember)
  const ask = async (name: string, credential: Credential, form?: RegExp): Promise<string> => {
    const value = await askCredential(name, credential, form)
    remember(value)
    return value
  }
  return async (request, body, atMs) => {
    const date = new Date(atMs).toUTCString()
    // What is known need not be waited for.
    const key = typeof apiKey === 'string' ? apiKey : await ask('apiKey', apiKey)
    const sealed = body === undefined ? undefined : await sealBody(body, key, date)
    const signed = sealed === undefined ? request : withBody(request, sealed)
    setDate(signed.headers, date, door)
    if (accessKey === undefined || secretKey === undefined) {
      const user = typeof username === 'string' ? username : await askCredential('username', username, usernameForm)
      await signBasic(signed, user, key, date)
    } else {
      const keys = {
        accessKey: await askCredential('accessKey', accessKey, accessKeyForm),
        secretKey: await ask('secretKey', secretKey),
      }
      remember(await signWithAccessKey(signed, sealed ?? '', keys, atMs))
    }
    return signed
  }
}

function withBody({ url, method, headers, redirect }: Request, body: string): Request {
  return new Request(url, { method, headers, redirect, body })
}

/** @throws CerttwinError `unsupported_runtime` where the platform has no say in `Date`, and the door wants it */
function setDate(headers: Headers, date: string, { takesOtherDate }: Door): void {
  headers.set('Date', date)
  if (headers.has('Date')) return
  // Browsers drop `Date` without a word; the gateway takes this header in its place.
  if (takesOtherDate) return headers.set('x-cnc-date', date)
  throw unsupported('This platform does not let a program set the header Date, which signing needs at the native door.')
}

/** Old platforms lack it, and browsers have it on secure pages only. */
function requireWebCrypto(): void {
  const { crypto } = globalThis as { crypto?: Partial<typeof globalThis.crypto> }
  if (crypto?.subtle === undefined)
    throw unsupported('This platform has no WebCrypto (crypto.subtle), which signing needs.')
}

function unsupported(message: string): CerttwinError {
  return new CerttwinError({ code: 'unsupported_runtime', message })
}
