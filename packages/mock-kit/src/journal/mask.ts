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
    const forms = headers.flatMap((name) => formsOf(read(name)))
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

/** The same secret comes again and again. */
const known = new Map<string, readonly string[]>()
const knownLimit = 500

/** The spellings in which the secrets of a header could come back: as they are, percent-encoded, Base64, hex. */
function formsOf(value: string | null): readonly string[] {
  if (value === null) return []
  const remembered = known.get(value)
  if (remembered !== undefined) return remembered
  const forms = secretsIn(value).flatMap(spellingsOf)
  if (known.size >= knownLimit) known.clear()
  known.set(value, forms)
  return forms
}

/** The whole value; of an authorization also its credentials, and of Basic ones the password. */
function secretsIn(value: string): string[] {
  const credentials = /^\s*\w+\s+(\S+)\s*$/.exec(value)?.[1]
  if (credentials === undefined) return [value]
  const decoded = Buffer.from(credentials, 'base64').toString('utf8')
  const colon = /^\s*basic/i.test(value) ? decoded.indexOf(':') : -1
  return colon < 0 ? [value, credentials] : [value, credentials, decoded.slice(colon + 1)]
}

function spellingsOf(secret: string): string[] {
  if (secret.length < shortestSecret) return []
  const bytes = Buffer.from(secret)
  const hex = bytes.toString('hex')
  const spellings = [
    secret,
    encodeURIComponent(secret),
    bytes.toString('base64').replace(/=+$/, ''),
    hex,
    hex.toUpperCase(),
  ]
  return [...new Set(spellings)]
}
