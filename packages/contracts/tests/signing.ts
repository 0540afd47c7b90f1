// The signatures and the sealed private keys of CDN Pro, made with node:crypto and not with the client: two implementations
// must agree with the twin.
import { createCipheriv, createHmac } from 'node:crypto'

/** The headers of a signed request. */
export function sign(user: string, key: string, date: string): Record<string, string> {
  const password = createHmac('sha1', key).update(date).digest('base64')
  return { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`, Date: date }
}

/** The encryption of private keys, written from the description once more. */
export function seal(pem: string, key: string, date: string): string {
  const digest = createHmac('sha256', key).update(date).digest()
  const cipher = createCipheriv('aes-128-cbc', digest.subarray(16), digest.subarray(0, 16))
  return Buffer.concat([cipher.update(pem), cipher.final()]).toString('base64')
}
