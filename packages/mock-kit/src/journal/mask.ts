import type { FlatHeaders } from './record.ts'
import { insideBase64, type Spellings, spellingsOf, withoutSpellings } from './secret-spellings.ts'

/** Where a twin's secrets are; credentials in the headers that HTTP has for them, and texts of private keys, are found anyway. */
export interface SecretPlaces {
  /** Names of request headers, in lower case. */
  readonly headers: readonly string[]
  /** Names of JSON members, and of form and query parameters, whose value is secret. */
  readonly members: readonly string[]
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

const secretAnywhere = ['authorization', 'proxy-authorization', 'cookie', 'set-cookie']

export function createMasking({ headers, members }: SecretPlaces): Masking {
  const secretNames = new Set([...secretAnywhere, ...headers])
  const withoutMembers = createMemberMask(members)
  return (flat) => {
    const secrets: Spellings[] = []
    for (let index = 0; index < flat.length; index += 2)
      if (secretNames.has(flat[index]!.toLowerCase())) secrets.push(spellingsOf(flat[index + 1]!))
    const withoutSecrets = (text: string): string => {
      let safe = text
      for (const spellings of secrets) safe = withoutSpellings(safe, spellings, masked)
      return safe
    }
    return {
      header: (name, value) => (secretNames.has(name.toLowerCase()) ? masked : withoutSecrets(value)),
      text: (text) => withoutPrivateKeys(withoutMembers(withoutSecrets(text))),
    }
  }
}

/** By what a member of JSON or a parameter is called. */
function createMemberMask(members: readonly string[]): (text: string) => string {
  if (members.length === 0) return (text) => text
  const names = members.join('|')
  const json = new RegExp(String.raw`("(?:${names})"\s*:\s*)(?:"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|[\w.+-]+)`, 'gs')
  const parameter = new RegExp(String.raw`((?:^|[?&])(?:${names})=)[^&#]+`, 'g')
  return (text) => {
    if (!members.some((name) => text.includes(name))) return text
    return text.replaceAll(json, `$1"${masked}"`).replaceAll(parameter, `$1${masked}`)
  }
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
