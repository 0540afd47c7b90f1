import { toBase64, toBytes, toHex } from '../bytes.ts'

/** A text without the secrets that a service may have repeated in it, in whatever spelling, and without line breaks. */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text
  for (const secret of secrets)
    // Callers without types may have left it out.
    if (secret) for (const spelling of spellingsOf(secret)) clean = clean.replaceAll(spelling, '***')
  // A message is one line, whatever the service sends.
  return clean.replaceAll(/\b(Basic|Signature=) ?[A-Za-z0-9+/=]{20,}/gi, '$1 ***').replaceAll(/\p{Cc}+/gu, ' ')
}

const known = new Map<string, readonly string[]>()

/** As it is, and as programs write what they repeat. Errors come in bursts, so the last secrets are remembered. */
function spellingsOf(secret: string): readonly string[] {
  const remembered = known.get(secret)
  if (remembered !== undefined) return remembered
  const bytes = toBytes(secret)
  const base64 = toBase64(bytes).replace(/=+$/, '')
  const hex = toHex(bytes)
  const base64Url = base64.replaceAll('+', '-').replaceAll('/', '_')
  const spellings = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret.toWellFormed()), // it throws at half a character
    base64,
    base64Url,
    hex,
    hex.toUpperCase(),
    // Of a key as PEM each line, since what repeats it may break its lines elsewhere.
    ...secret.split(/\s+/).filter(({ length }) => length > 15),
  ]
  if (known.size > 20) known.clear()
  known.set(secret, spellings)
  return spellings
}
