import { createHmac } from 'node:crypto'
import { spellingsOf } from './signed-date.ts'

/** What is wrong with a password whose user and date are right. */
export type PasswordDiagnosis =
  /** The HMAC in hex instead of Base64, or its hex in Base64, also with what openssl prints around it. */
  | 'signature-hex'
  /** Another hash than SHA-1, in Base64 or in hex. */
  | 'signature-other-hash'
  /** A line feed too much, at the end of the signed text or of the password. */
  | 'signature-newline'
  /** Base64 without its padding. */
  | 'signature-unpadded'
  /** The signature of the other date header, of another spelling, or of a second close by: the clock was read twice. */
  | 'signature-other-date'
  /** What remains: another key, or another text altogether. */
  | 'key-wrong'

const otherHashes = ['sha256', 'sha512', 'sha384', 'sha224', 'md5']
/** How far the clock can have moved between two readings of a caller, in seconds. */
export const neighbouringSeconds: readonly number[] = [-1, 1, -2, 2, -3, 3, -4, 4, -5, 5]

/** Finds the mistake behind a wrong password by making it: one variant after the other is recomputed and compared. */
export function diagnosePassword(
  apiKey: string,
  date: string,
  password: string,
  dates: readonly string[],
): PasswordDiagnosis {
  const sign = (text: string, hash = 'sha1', encoding: 'base64' | 'hex' = 'base64'): string =>
    createHmac(hash, apiKey).update(text).digest(encoding)
  const expected = sign(date)
  const neighbours = [0, ...neighbouringSeconds].flatMap((seconds) => spellingsOf(date, seconds))

  const hex = Buffer.from(expected, 'base64').toString('hex')
  const texts = [password, Buffer.from(password, 'base64').toString()]
  if (texts.some((text) => text.trimEnd().toLowerCase().endsWith(hex))) return 'signature-hex'
  if (password === expected.replace(/=+$/, '')) return 'signature-unpadded'
  if (password.trimEnd() === expected) return 'signature-newline'
  if ([`${date}\n`, `${date}\r\n`].some((text) => sign(text) === password)) return 'signature-newline'
  if (otherHashes.some((hash) => sign(date, hash) === password || sign(date, hash, 'hex') === password.toLowerCase()))
    return 'signature-other-hash'
  if ([...dates, ...neighbours].some((text) => sign(text) === password)) return 'signature-other-date'
  return 'key-wrong'
}
