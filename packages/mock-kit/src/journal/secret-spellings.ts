import { memoize } from '../memo.ts'

/** The spellings in which a secret could come back. */
export interface Spellings {
  /** As texts. */
  readonly texts: readonly string[]
  /** With any of its characters percent-encoded or escaped as in JSON. */
  readonly encoded: RegExp | undefined
  /** What JSON that escapes one of its characters contains; line ends alone, which it has to escape, do not count. */
  readonly escaping: string
  /** The length of the shortest of them. */
  readonly shortest: number
}

/** Shorter secrets would be found in innocent texts. */
const shortestSecret = 6

/** The spellings of the secrets in a header's value; the same header comes again and again. */
export const spellingsOf: (value: string) => Spellings = memoize((value) => {
  const { found, whole } = secretsIn(value)
  const secrets = found.filter(({ length }) => length >= shortestSecret)
  // The longer text first: it contains a spelling of the others.
  const texts = [...new Set([...whole, ...secrets.flatMap(textsOf)])]
  const patterns = secrets.flatMap(piecesOf).map((piece) => piece.map(patternOf).join(''))
  return {
    texts,
    encoded: patterns.length === 0 ? undefined : new RegExp(patterns.join('|'), 'g'),
    escaping: /["\\/]/.test(value) ? '\\' : String.raw`\u`,
    shortest: Math.min(...texts.map(({ length }) => length)),
  }
})

export function withoutSpellings(
  text: string,
  { texts, encoded, escaping, shortest }: Spellings,
  masked: string,
): string {
  if (text.length < shortest) return text
  let safe = text
  for (const spelling of texts) if (safe.includes(spelling)) safe = safe.replaceAll(spelling, masked)
  const isEncoded = encoded !== undefined && (safe.includes('%') || safe.includes(escaping))
  return isEncoded ? safe.replaceAll(encoded, masked) : safe
}

/** What is to be found of a header's value in any spelling, and what as it stands there. */
interface SecretsIn {
  readonly found: readonly string[]
  readonly whole: readonly string[]
}

/**
 * The whole value, or of an authorization its credentials: of Basic ones the password, and the credentials as they stand there; of
 * parameters those that are called like a secret.
 */
function secretsIn(value: string): SecretsIn {
  const credentials = /^\s*[\w-]+\s+(\S+)\s*$/.exec(value)?.[1]
  if (credentials === undefined) return { found: [value, ...parametersIn(value)], whole: [] }
  const decoded = Buffer.from(credentials, 'base64').toString('utf8')
  const colon = /^\s*basic/i.test(value) ? decoded.indexOf(':') : -1
  return colon < 0
    ? { found: [credentials, ...parametersIn(credentials)], whole: [] }
    : { found: [decoded.slice(colon + 1)], whole: [credentials] }
}

/** As in `Scheme Credential=…, Signature="…"`. */
const secretParameter = /(?:^|[\s,])(?:credential|signature|response|token|\w*key)\s*=\s*"?([^,\s"]+)/gi

function parametersIn(value: string): string[] {
  return Array.from(value.matchAll(secretParameter), ([, parameter]) => parameter!)
}

/** As it is, in hex, and in Base64, whatever stands before and after it there. */
function textsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const hex = bytes.toString('hex')
  const base64 = [
    bytes.toString('base64').replace(/=+$/, ''),
    ...[0, 1, 2].map((offset) => insideBase64(bytes, offset)),
  ]
  const urlSafe = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  return [secret, hex, hex.toUpperCase(), ...base64, ...urlSafe]
}

/** What stays the same of bytes in the Base64 of a longer text, so many bytes after a full group. */
export function insideBase64(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6))
}

const longestPiece = 500

/** The characters of a secret, those of a long one in pieces: no platform compiles a pattern of any length. */
function piecesOf(secret: string): string[][] {
  const characters = Array.from(secret)
  const count = Math.ceil(characters.length / longestPiece)
  const size = Math.ceil(characters.length / count)
  return Array.from({ length: count }, (_, index) => characters.slice(index * size, (index + 1) * size))
}

/** A character as itself, as its bytes percent-encoded, or escaped as in JSON. */
function patternOf(character: string): string {
  const literal = character.replace(/[.*+?^${}()|[\]\\/-]/, String.raw`\$&`)
  const percent = [...Buffer.from(character)].map((byte) => `%${anyCase(byte, 2)}`).join('')
  const unicode = Array.from(character, (unit) => String.raw`\\u${anyCase(unit.charCodeAt(0), 4)}`).join('')
  return String.raw`(?:\\?${literal}|${percent}|${unicode})`
}

function anyCase(number: number, digits: number): string {
  const hex = number.toString(16).padStart(digits, '0')
  return hex.replaceAll(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)
}
