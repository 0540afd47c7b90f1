import { memoize } from '../memo.ts'

/** Where a twin's secrets are; the texts of private keys are found anywhere. */
export interface SecretPlaces {
  /** Names of request headers, in lower case. */
  readonly headers: readonly string[]
  /** Names of JSON members whose text is secret. */
  readonly members: readonly string[]
}

/** What stands in the place of a secret. */
export const masked = '***'

/** Takes the secrets of one request out of everything that the journal keeps of it. */
export interface Mask {
  header(name: string, value: string): string
  text(text: string): string
}

/** Makes masks, one a request; shorter secrets would be found in innocent texts. */
const shortestSecret = 6

/** A private key in PEM, also with its line ends escaped or URL-encoded, and also cut off. */
const privateKeyPem =
  /-----BEGIN(?: |\+|%20)[A-Z0-9 +%]{0,40}PRIVATE(?: |\+|%20)KEY-----.*?(?:-----END(?: |\+|%20)[A-Z0-9 +%]{0,40}PRIVATE(?: |\+|%20)KEY-----|$)/gs

export function createMasking({ headers, members }: SecretPlaces): (secretHeaders: HeaderReader) => Mask {
  const secretNames = new Set(headers)
  const member =
    members.length === 0
      ? undefined
      : new RegExp(`("(?:${members.join('|')})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*("|$)`, 'gs')
  return (read) => {
    const forms = headers.flatMap((name) => formsOf(read(name) ?? ''))
    return {
      header: (name, value) => (secretNames.has(name.toLowerCase()) ? masked : withoutForms(value, forms)),
      text(text) {
        let safe = withoutForms(text, forms)
        if (member !== undefined && members.some((name) => safe.includes(`"${name}"`)))
          safe = safe.replaceAll(member, `$1"${masked}"`)
        return safe.includes('PRIVATE') ? safe.replaceAll(privateKeyPem, masked) : safe
      },
    }
  }
}

/** The value of a request header, or null. */
export type HeaderReader = (name: string) => string | null

function withoutForms(text: string, forms: readonly string[]): string {
  let safe = text
  for (const form of forms) if (safe.includes(form)) safe = safe.replaceAll(form, masked)
  return safe
}

/** The spellings in which the secrets of a header could come back; the same header comes again and again. */
const formsOf = memoize((value: string) => [...new Set(secretsIn(value).flatMap(spellingsOf))], 500)

/** The whole value, or of an authorization its credentials, and of Basic ones the password. */
function secretsIn(value: string): string[] {
  const credentials = /^\s*\w+\s+(\S+)\s*$/.exec(value)?.[1]
  if (credentials === undefined) return [value]
  const decoded = Buffer.from(credentials, 'base64').toString('utf8')
  const colon = /^\s*basic/i.test(value) ? decoded.indexOf(':') : -1
  return colon < 0 ? [credentials] : [credentials, decoded.slice(colon + 1)]
}

/** As it is, percent-encoded, Base64, hex. */
function spellingsOf(secret: string): string[] {
  if (secret.length < shortestSecret) return []
  const bytes = Buffer.from(secret)
  const hex = bytes.toString('hex')
  return [secret, encodeURIComponent(secret), bytes.toString('base64').replace(/=+$/, ''), hex, hex.toUpperCase()]
}
