import { toBytes } from '../bytes.ts'

/** The platform's key; its type has another name in each platform's declarations. */
export type HmacKey = Parameters<typeof crypto.subtle.sign>[1]

export function importHmacKey(key: string, hash: 'SHA-1' | 'SHA-256'): Promise<HmacKey> {
  return crypto.subtle.importKey('raw', toBytes(key), { name: 'HMAC', hash }, false, ['sign'])
}

/** HMAC of a text. */
export async function signText(key: Promise<HmacKey>, text: string): Promise<ArrayBuffer> {
  return crypto.subtle.sign('HMAC', await key, toBytes(text))
}
