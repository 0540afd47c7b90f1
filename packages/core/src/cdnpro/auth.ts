import { CerttwinError } from '../errors.ts'
import type { Fetch } from '../fetch.ts'
import { askCredential, createSecrets, type Credential } from '../transport/credential.ts'
import type { Auth } from '../transport/transport.ts'
import { toBase64, toBytes } from './bytes.ts'
import { isKeyWord, sealPrivateKey } from './private-key.ts'

export interface CdnProCredentials {
  readonly username: Credential
  /** It signs, and private keys are encrypted under it. A function is asked before each attempt, so that keys may rotate. */
  readonly apiKey: Credential
}

/** Less than this between the two clocks, in milliseconds, is travel time and rounding. */
const toleranceMs = 5_000

/**
 * CDN Pro's scheme: the password of HTTP Basic is HMAC-SHA1 of the `Date` header under the API key. A private key in the
 * body is encrypted under the same date, so it never leaves as text.
 *
 * The clock heals itself: when a signature is refused and the server's `Date` differs, the request is signed once more
 * with the difference, which is then kept.
 *
 * @param now - milliseconds since the epoch
 * @throws CerttwinError `unsupported_runtime` where the platform has no WebCrypto
 */
export function cdnProAuth(credentials: CdnProCredentials, now: () => number = Date.now): Auth {
  const { secrets, remember } = createSecrets(credentials.apiKey)
  const sign = createSigner(credentials, remember)
  let offsetMs = 0
  const signed =
    (fetch: Fetch): Fetch =>
    async (request) => {
      const spare = request.body === null ? request : request.clone()
      const usedOffsetMs = offsetMs
      const signedMs = now() + usedOffsetMs
      const response = await fetch(await sign(request, signedMs))
      const skewMs = refusedFor(response, signedMs)
      if (skewMs === 0) return response
      // Counted from what this call used: calls that are refused side by side all find the same difference.
      offsetMs = usedOffsetMs + skewMs
      await response.body?.cancel()
      return fetch(await sign(spare, now() + offsetMs))
    }
  return { sign: signed, secrets, account: accountOf(credentials) }
}

function accountOf({ username, apiKey }: CdnProCredentials): string | undefined {
  return typeof username === 'string' && typeof apiKey === 'string' ? `${username}:${apiKey}` : undefined
}

/** By how much the clocks differ when a signature was refused (401, by the gateway); 0 when that cannot be the cause. */
function refusedFor(response: Response, signedMs: number): number {
  if (response.status !== 401) return 0
  const skewMs = Date.parse(response.headers.get('Date') ?? '') - signedMs
  return Math.abs(skewMs) > toleranceMs ? skewMs : 0
}

/** What a request is signed with at a moment. */
interface Signature {
  readonly username: string
  readonly apiKey: string
  readonly date: string
  readonly authorization: string
}

function createSigner(
  { username, apiKey }: CdnProCredentials,
  remember: (secret: string) => void,
): (request: Request, atMs: number) => Promise<Request> {
  requireWebCrypto()
  // Dates have whole seconds, so calls close by share a signature; it costs more than all the rest of a call.
  let last: Signature | undefined
  return async (request, atMs) => {
    const date = new Date(atMs).toUTCString()
    const user = typeof username === 'string' ? username : await askCredential('username', username)
    const key = typeof apiKey === 'string' ? apiKey : await askCredential('apiKey', apiKey)
    remember(key)
    if (last?.date !== date || last.apiKey !== key || last.username !== user)
      last = await createSignature(user, key, date)
    const signed = request.body === null ? request : await withSealedKey(request, key, date)
    signed.headers.set('Authorization', last.authorization)
    signed.headers.set('Date', date)
    // Browsers drop `Date` without a word; the gateway takes this header in its place.
    if (!signed.headers.has('Date')) signed.headers.set('x-cnc-date', date)
    return signed
  }
}

async function createSignature(username: string, apiKey: string, date: string): Promise<Signature> {
  const { subtle } = globalThis.crypto
  const key = await subtle.importKey('raw', toBytes(apiKey), { name: 'HMAC', hash: 'SHA-1' }, false, ['sign'])
  const password = toBase64(await subtle.sign('HMAC', key, toBytes(date)))
  return { username, apiKey, date, authorization: `Basic ${btoa(`${username}:${password}`)}` }
}

/** Old platforms lack it, and browsers have it on secure pages only. */
function requireWebCrypto(): void {
  const { crypto } = globalThis as { crypto?: Partial<typeof globalThis.crypto> }
  if (crypto?.subtle !== undefined) return
  const message = 'This platform has no WebCrypto (crypto.subtle), which signing needs.'
  throw new CerttwinError({ code: 'unsupported_runtime', message })
}

/** The request itself, or one with the private key in its body encrypted. */
async function withSealedKey(request: Request, apiKey: string, date: string): Promise<Request> {
  if (request.body === null) return request
  const { method, headers, redirect, signal } = request
  const body = await sealBody(await request.text(), apiKey, date)
  return new Request(request.url, { method, headers, redirect, signal, body })
}

interface KeyBearer {
  newVersion?: { privateKey?: string }
}

/** Whatever stands in the place of a private key is encrypted, in whatever form it is, except the words that ask for one. */
async function sealBody(text: string, apiKey: string, date: string): Promise<string> {
  if (!text.includes('"privateKey"')) return text
  const value = JSON.parse(text) as KeyBearer
  const key = value.newVersion?.privateKey
  if (key === undefined || isKeyWord(key)) return text
  const privateKey = await sealPrivateKey(key, apiKey, date)
  return JSON.stringify({ ...value, newVersion: { ...value.newVersion, privateKey } })
}
