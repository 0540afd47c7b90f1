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
const secretHeader = new RegExp(`${secretName}|authorization|-auth$|cookie|credential|signature`, 'i')

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
    // Headers carry URLs and JSON too, and a key by a name that nobody thought of.
    const text = (given: string): string => withoutPrivateKeys(withoutMembers(withoutPasswords(withoutSecrets(given))))
    return { header: (name, value) => (isSecret(name) ? masked : text(value)), text }
  }
}

const userInfo = /(:\/\/[^/?#:@\s"]*:)[^/?#@\s"]+@/g

/** Those that stand before the host of a URL, as a proxy may be sent them. */
function withoutPasswords(text: string): string {
  return text.includes('@') && text.includes('://') ? text.replaceAll(userInfo, `$1${masked}@`) : text
}

const named = String.raw`[\w-]*(?:${secretName})`
const jsonMember = new RegExp(String.raw`("${named}"\s*:\s*)(?:"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|[\w.+-]+)`, 'gis')
/** In JSON that is a text of JSON itself. Backslashes count from the first one of a row, or many of them would take minutes. */
const nestedMember = new RegExp(String.raw`((?<!\\)(\\+)"${named}\2"\s*:\s*\2").*?(?:(?<!\\)\2"|$)`, 'gis')
/** Names may stand in brackets, which may be percent-encoded as well as what separates their words. */
const parameterName = String.raw`[\w.[\]%-]*(?:${secretName.replace('[-_]', '(?:[-_]|%5F|%2D)')})(?:\]|%5D)?`
const parameter = new RegExp(String.raw`((?:^|[?&;])${parameterName}=)[^&#]+`, 'gi')

/** Something of each name, with what follows it. */
const mentions = ['key"', 'key\\', 'key=', 'key]', 'key%5d', 'passw', 'secret', 'token']

/** By what a member of JSON, or a parameter of a form or a query, is called. */
function withoutMembers(text: string): string {
  if (!text.includes('=') && !text.includes('"')) return text
  const lowerCase = text.toLowerCase()
  if (!mentions.some((mention) => lowerCase.includes(mention))) return text
  const safe = text.replaceAll(jsonMember, `$1"${masked}"`).replaceAll(parameter, `$1${masked}`)
  return safe.includes('\\"') ? safe.replaceAll(nestedMember, `$1${masked}$2"`) : safe
}

const blank = String.raw`(?: |\+|%20)`
const dashes = '(?:-|%2[Dd]){5}'
const label = String.raw`${blank}[A-Z0-9 +%]{0,40}PRIVATE${blank}KEY${dashes}`

/** A private key in PEM, also with its line ends escaped or URL-encoded, and also cut off. */
const privateKeyPem = new RegExp(`${dashes}BEGIN${label}.*?(?:${dashes}END${label}|$)`, 'gs')

/** The label of PEM, which keys in PEM have in common also where the PEM itself is encoded. */
const pemMark = Buffer.from('PRIVATE KEY-----')

/** What private keys have in common in binary: their version number, and what follows it. */
const keyMarks = [
  ...['300d06092a864886f70d0101010500', '301306072a8648ce3d0201', '301006072a8648ce3d0201', '300506032b65'].map(
    (algorithm) => `020100${algorithm}`, // PKCS #8: RSA, P-256, the other elliptic curves, Edwards curves
  ),
  ...['820101', '820181', '820201', '8181'].map((modulus) => `02010002${modulus}00`), // PKCS #1
  '770201010420', // SEC 1: P-256, without its public key, P-384, P-521
  '310201010420',
  'a40201010430',
  'dc0201010442',
].map((mark) => Buffer.from(mark, 'hex'))
const inBase64 = (marks: readonly Buffer[]): string[] =>
  marks.flatMap((mark) => [0, 1, 2].map((offset) => insideBase64(mark, offset)))
const base64Marks = inBase64([pemMark, ...keyMarks])
const hexMarks = [pemMark, ...keyMarks].map((mark) => mark.toString('hex'))

/** Some of which each of them contains: quicker to look for than for all of them in turn. */
const keyStarts = ['02010030', '02010002', '02010104'].map((start) => Buffer.from(start, 'hex'))
const base64Hints = inBase64([pemMark, ...keyStarts])

/** The same in hex, as far as it is the same in upper and in lower case. */
const hexHints = ['5052495641544520', ...keyStarts.map((start) => start.toString('hex'))]

/** Line ends belong to it, also as escapes of JSON. */
const base64Run = /[\w+/=\-\r\n\\]/
const hexRun = /[0-9a-f\r\n\\]/i

function withoutPrivateKeys(text: string): string {
  let safe = text.includes('PRIVATE') ? text.replaceAll(privateKeyPem, masked) : text
  if (safe.length < shortestKey) return safe
  // Looked for in one piece first: nearly no text has any, and line ends between the characters are slow to allow for.
  const joined = withoutLineEnds(safe)
  if (base64Hints.some((hint) => joined.includes(hint))) {
    for (const mark of base64Marks) if (joined.includes(mark)) safe = withoutRuns(safe, mark, base64Run)
  }
  if (!hexHints.some((hint) => joined.includes(hint))) return safe
  const lowerCase = joined.toLowerCase()
  for (const mark of hexMarks) if (lowerCase.includes(mark)) safe = withoutRuns(safe, mark, hexRun)
  return safe
}

function withoutLineEnds(text: string): string {
  const hasAny = text.includes('\n') || text.includes('\r') || text.includes('\\')
  return hasAny ? text.replaceAll(/[\r\n]|\\[nr]/g, '') : text
}

/** Of a key of an Edwards curve in PKCS #8, in Base64. */
const shortestKey = 64

/** Masks the text around each mark as far as its characters are of a kind; once through, since there may be any number of them. */
function withoutRuns(text: string, mark: string, run: RegExp): string {
  const broken = new RegExp(Array.from(mark, escapeForRegExp).join(lineEnds), 'gi')
  let safe = ''
  let doneTo = 0
  for (let found = broken.exec(text); found !== null; found = broken.exec(text)) {
    let start = found.index
    let end = start
    while (start > doneTo && run.test(text[start - 1]!)) start -= 1
    while (end < text.length && run.test(text[end]!)) end += 1
    safe += text.slice(doneTo, start) + masked
    doneTo = end
    broken.lastIndex = end
  }
  return safe + text.slice(doneTo)
}

const lineEnds = String.raw`(?:[\r\n]|\\[nr])*`

function escapeForRegExp(character: string): string {
  return /\w/.test(character) ? character : String.raw`\${character}`
}
