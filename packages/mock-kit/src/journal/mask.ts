import { memoize } from '../memo.ts'
import type { FlatHeaders } from './record.ts'
import { insideBase64, type Spellings, spellingsOf, withoutSpellings } from './secret-spellings.ts'

/** Where a twin's secrets are. What is called like a secret, and texts of private keys, are found anyway. */
export interface SecretPlaces {
  /** Names of request headers, in lower case. */
  readonly headers: readonly string[]
}

/** What stands in the place of a secret. */
export const masked = '***'

/** Takes the secrets of one request out of everything that the journal keeps of it. */
export interface Mask {
  readonly header: (name: string, value: string) => string
  readonly text: (text: string) => string
}

/** Makes a mask from the headers of a request. */
export type Masking = (headers: FlatHeaders) => Mask

/** What secrets are called; a key is put into the wrong header easily, and then no twin knows that it is one. */
const secretName = '(?:api|access|auth|dev|private|secret)[-_]?key|passw(?:or)?d|secret|token'
const secretHeader = new RegExp(`${secretName}|authorization|cookie|credential|signature`, 'i')

export function createMasking({ headers }: SecretPlaces): Masking {
  const isSecret = memoize((name: string) => headers.includes(name.toLowerCase()) || secretHeader.test(name))
  return (flat) => {
    const secrets: Spellings[] = []
    for (let index = 0; index < flat.length; index += 2)
      if (isSecret(flat[index]!)) secrets.push(spellingsOf(flat[index + 1]!))
    const withoutSecrets = (text: string): string => {
      let safe = text
      for (const spellings of secrets) safe = withoutSpellings(safe, spellings, masked)
      return safe
    }
    return {
      header: (name, value) => (isSecret(name) ? masked : withoutSecrets(value)),
      text: (text) => withoutPrivateKeys(withoutMembers(withoutSecrets(text))),
    }
  }
}

const named = String.raw`[\w-]*(?:${secretName})`
const jsonMember = new RegExp(String.raw`("${named}"\s*:\s*)(?:"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|[\w.+-]+)`, 'gis')
const parameter = new RegExp(String.raw`((?:^|[?&])${named}=)[^&#]+`, 'gi')

/** Something of each name, with what follows it. */
const mentions = ['key"', 'key=', 'passw', 'secret', 'token']

/** By what a member of JSON, or a parameter of a form or a query, is called. */
function withoutMembers(text: string): string {
  const lowerCase = text.toLowerCase()
  if (!mentions.some((mention) => lowerCase.includes(mention))) return text
  return text.replaceAll(jsonMember, `$1"${masked}"`).replaceAll(parameter, `$1${masked}`)
}

const blank = String.raw`(?: |\+|%20)`
const dashes = '(?:-|%2[Dd]){5}'
const label = String.raw`${blank}[A-Z0-9 +%]{0,40}PRIVATE${blank}KEY${dashes}`

/** A private key in PEM, also with its line ends escaped or URL-encoded, and also cut off. */
const privateKeyPem = new RegExp(`${dashes}BEGIN${label}.*?(?:${dashes}END${label}|$)`, 'gs')

/** What private keys have in common in binary: the label of PEM, and the algorithms of PKCS #8 behind their version number. */
const keyMarks = [
  Buffer.from('PRIVATE KEY-----'),
  Buffer.from('020100300d06092a864886f70d0101010500', 'hex'), // RSA
  Buffer.from('020100301306072a8648ce3d0201', 'hex'), // elliptic curves
]
const base64Marks = keyMarks.flatMap((mark) => [0, 1, 2].map((offset) => insideBase64(mark, offset)))
const hexMarks = keyMarks.map((mark) => mark.toString('hex'))

/** What each mark in hex contains that is the same in upper and in lower case: quicker to look for than a mark in any case. */
const hexDigits = ['5052495641544520', '02010030']

/** Line ends belong to it, also as escapes of JSON. */
const base64Run = /[\w+/=\-\r\n\\]/
const hexRun = /[0-9a-f\r\n\\]/i

function withoutPrivateKeys(text: string): string {
  let safe = text.includes('PRIVATE') ? text.replaceAll(privateKeyPem, masked) : text
  if (safe.length < shortestKey) return safe
  // Looked for in one piece first: nearly no text has any, and line ends between the characters are slow to allow for.
  const joined = withoutLineEnds(safe)
  for (const mark of base64Marks) if (joined.includes(mark)) safe = withoutRuns(safe, mark, base64Run)
  if (!hexDigits.some((digits) => joined.includes(digits))) return safe
  const lowerCase = joined.toLowerCase()
  for (const mark of hexMarks) if (lowerCase.includes(mark)) safe = withoutRuns(safe, mark, hexRun)
  return safe
}

function withoutLineEnds(text: string): string {
  const hasAny = text.includes('\n') || text.includes('\r') || text.includes('\\')
  return hasAny ? text.replaceAll(/[\r\n]|\\[nr]/g, '') : text
}

/** Of an elliptic key in PKCS #8, in Base64. */
const shortestKey = 90

/** Masks the text around each mark as far as its characters are of a kind. */
function withoutRuns(text: string, mark: string, run: RegExp): string {
  const broken = new RegExp(Array.from(mark, escapeForRegExp).join(lineEnds), 'i')
  let safe = text
  for (let at = safe.search(broken); at >= 0; at = safe.search(broken)) {
    let start = at
    let end = at
    while (start > 0 && run.test(safe[start - 1]!)) start -= 1
    while (end < safe.length && run.test(safe[end]!)) end += 1
    safe = `${safe.slice(0, start)}${masked}${safe.slice(end)}`
  }
  return safe
}

const lineEnds = String.raw`(?:[\r\n]|\\[nr])*`

function escapeForRegExp(character: string): string {
  return /\w/.test(character) ? character : String.raw`\${character}`
}
