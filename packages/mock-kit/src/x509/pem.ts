/** One armoured block of a PEM text. */
export interface PemBlock {
  readonly label: string
  readonly der: Uint8Array
}

// The body ends at the next five dashes, which keeps the search linear whatever the text holds.
const armour = /-----BEGIN ([A-Z0-9 ]+)-----((?:(?!-----)[^])*)-----END \1-----/g

/**
 * Writes DER as PEM: 64 characters a line, a line break after the footer too.
 *
 * @param eol the line break, `'\n'` unless told
 */
export function encodePem(label: string, der: Uint8Array, eol: '\n' | '\r\n' = '\n'): string {
  const base64 = Buffer.from(der).toString('base64')
  let text = `-----BEGIN ${label}-----${eol}`
  for (let at = 0; at < base64.length; at += 64) text += base64.slice(at, at + 64) + eol
  return `${text}-----END ${label}-----${eol}`
}

/**
 * Reads every PEM block of a text in order; `[]` when there is none.
 *
 * LF, CR LF, a lone CR or no line breaks at all, blanks, and text around the blocks do not matter. A block whose body is not
 * base64 stays in the list with an empty `der`: whoever parses it reports it, instead of a damaged certificate vanishing from a
 * chain unnoticed. A header without its footer is no block.
 */
export function parsePem(text: string): PemBlock[] {
  return armouredBodies(text).map(({ label, body }) => ({ label, der: decodeBase64(body) ?? new Uint8Array() }))
}

/** The blocks of a text, their bodies still in base64. */
export function armouredBodies(text: string): { readonly label: string; readonly body: string }[] {
  return Array.from(text.matchAll(armour), ([, label = '', body = '']) => ({ label, body }))
}

/** Decodes base64, white space and missing padding allowed; `undefined` for anything else, where Node would drop what it does not know. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const digits = text.replaceAll(/\s/g, '').replace(/={1,2}$/, '')
  if (!/^[A-Za-z0-9+/]*$/.test(digits) || digits.length % 4 === 1) return undefined
  return new Uint8Array(Buffer.from(digits, 'base64'))
}
