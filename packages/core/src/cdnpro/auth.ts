import { type CerttwinError, fail } from '../errors.ts'
import { askCredential, createSecrets, type Credential } from '../transport/credential.ts'
import { printable, type Rule } from '../transport/options.ts'
import { toRequest } from '../transport/request.ts'
import type { Auth } from '../transport/service.ts'
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
export const aUsername: Rule = printable(/^[!-9;-~]+$/, ' without blanks and colons')
export const anAccessKey: Rule = printable(/^[!-+\--~]+$/, ' without blanks and commas')

/** The gateway takes it in the place of `Date`, which browsers keep for themselves. */
const otherDate = 'x-cnc-date'

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
  requireWebCrypto()
  const { username, apiKey, accessKey, secretKey } = credentials
  const { secrets, ask, remember } = createSecrets()
  const signBasic = createBasicSigner(remember)
  let offsetMs = 0
  return {
    async sign(draft) {
      const atMs = now() + offsetMs
      const date = new Date(atMs).toUTCString()
      const key = await ask('apiKey', apiKey)
      const body = draft.body && (await sealBody(draft.body, key, date))
      const request = toRequest({ ...draft, body })
      setDate(request.headers, date, door)
      if (accessKey === undefined || secretKey === undefined)
        request.headers.set(
          'Authorization',
          await signBasic(await askCredential('username', username, aUsername), key, date),
        )
      else {
        const keys = {
          accessKey: await askCredential('accessKey', accessKey, anAccessKey),
          secretKey: await ask('secretKey', secretKey),
        }
        remember(await signWithAccessKey(request, body ?? '', keys, atMs))
      }
      return request
    },
    learnTime(request, response) {
      const serverMs = timeOf(response)
      const isLate = Math.abs(serverMs - timeOf(request)) > toleranceMs
      if (!isLate || !door.signatureRefused.includes(response.status)) return false
      // By our own clock as it is, not as it was corrected: calls that are refused side by side all find the same difference.
      offsetMs = serverMs - now()
      return true
    },
    secrets,
    account: typeof username === 'string' && typeof apiKey === 'string' ? `${username}:${apiKey}` : undefined,
  }
}

/** When something was signed or answered; NaN where it does not say so. */
function timeOf({ headers }: Request | Response): number {
  return Date.parse(headers.get('Date') ?? headers.get(otherDate) ?? '')
}

/** @throws CerttwinError `unsupported_runtime` where the platform has no say in `Date`, and the door wants it */
function setDate(headers: Headers, date: string, { takesOtherDate }: Door): void {
  headers.set('Date', date)
  if (headers.has('Date')) return
  // Browsers drop it without a word.
  if (takesOtherDate) return headers.set(otherDate, date)
  throw unsupported('This platform does not let programs set Date, which signing needs at the native door.')
}

/** Old platforms lack it, and browsers have it on secure pages only. */
function requireWebCrypto(): void {
  const { crypto } = globalThis as { crypto?: { subtle?: unknown } }
  if (!crypto?.subtle) throw unsupported('This platform has no WebCrypto (crypto.subtle), which signing needs.')
}

function unsupported(message: string): CerttwinError {
  return fail('unsupported_runtime', message, 'not_sent')
}
