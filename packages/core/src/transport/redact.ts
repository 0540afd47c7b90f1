import { toBase64, toBytes, toHex } from '../bytes.ts'

/** A text without the secrets that a service may have repeated in it, in whatever spelling, and without line breaks. */
export function redact(text: string, secrets: readonly string[]): string {
  // Callers without types may have left one out, or read it as bytes.
  const spellings = secrets.filter(Boolean).map(String).flatMap(spellingsOf)
  return (
    spellings
      .reduce((clean, spelling) => clean.replaceAll(spelling, '***'), text)
      .replaceAll(/\b(Basic|Signature=) ?[\w+/=]{20,}/gi, '$1 ***')
      // A message is one line, whatever the service sends.
      .replaceAll(/\p{Cc}+/gu, ' ')
  )
}

/** As it is, and as programs write what they repeat. */
function spellingsOf(secret: string): readonly string[] {
  const bytes = toBytes(secret)
  const base64 = toBase64(bytes).replace(/=+$/, '')
  const hex = toHex(bytes)
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret.toWellFormed()), // it throws at half a character
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
    hex,
    hex.toUpperCase(),
    // Of a key as PEM each line, since what repeats it may break its lines elsewhere.
    ...secret.split(/\s+/).filter(({ length }) => length > 15),
  ]
}
