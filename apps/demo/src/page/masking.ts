const mask = '(hidden)'

/** Members that hold something secret, whatever their value: compared in lower case, without `-` and `_`. */
const secretMembers: ReadonlySet<string> = new Set(['privatekey', 'apikey', 'authorization', 'password', 'xdcdevkey'])

const privateKeyPem = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g

/**
 * A body for a person to read: JSON with line breaks, other text as it is, and nothing secret in it.
 *
 * @param secrets - values that must not appear wherever they are
 */
export function maskBody(text: string, secrets: readonly string[]): string {
  try {
    const clean = (name: string, value: unknown): unknown => maskMember(name, value, secrets)
    return JSON.stringify(JSON.parse(text, clean), null, 2)
  } catch {
    return maskText(text, secrets)
  }
}

function maskMember(name: string, value: unknown, secrets: readonly string[]): unknown {
  if (secretMembers.has(name.toLowerCase().replaceAll(/[-_]/g, ''))) return mask
  return typeof value === 'string' ? maskText(value, secrets) : value
}

/** A text without the given secrets and without private keys. */
export function maskText(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, mask), text).replaceAll(privateKeyPem, mask)
}
