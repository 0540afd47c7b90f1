import { invalid } from '../transport/options.ts'
import type { NewVersion } from './api.generated.ts'
import { toBase64, toBytes } from '../bytes.ts'
import { importHmacKey, signText } from './hmac.ts'

/**
 * Encrypts a private key the way the service asks for: AES-128-CBC, initialisation vector and key taken from the two
 * halves of HMAC-SHA256 of the date under the API key. The vendor's sample script and several clients agree on it
 * (documented, observed).
 *
 * @param pem - the key as PEM
 * @param date - byte for byte the `Date` header of the request that carries it
 * @returns base64
 */
export async function sealPrivateKey(pem: string, apiKey: string, date: string): Promise<string> {
  const digest = await signText(importHmacKey(apiKey, 'SHA-256'), date)
  const [iv, key] = [digest.slice(0, 16), digest.slice(16)]
  const aesKey = await crypto.subtle.importKey('raw', key, 'AES-CBC', false, ['encrypt'])
  return toBase64(await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, aesKey, toBytes(pem)))
}

/** They ask for a new key instead of being one. */
const keyWord = /^(?:RSA2048|ECC256)$/

/** Not that of a key under a passphrase, which the service does not know and refuses (assumed). */
const privateKeyArmour = /-----BEGIN (?!ENCRYPTED )(?:[A-Z]+ )?PRIVATE KEY-----(?!\s*Proc-Type: 4,ENCRYPTED)/

/**
 * The private key in a version that is to be sent. Refuses what would be sent in vain.
 *
 * @throws CerttwinError `invalid_options`
 */
export function secretsOf({ newVersion }: { readonly newVersion?: NewVersion | undefined }): string[] {
  const privateKey = newVersion?.privateKey
  if (privateKey === undefined || keyWord.test(privateKey)) return []
  // Callers without types may have read it as bytes.
  if (typeof privateKey === 'string' && privateKeyArmour.test(privateKey)) return [privateKey]
  throw invalid('newVersion.privateKey must be an unencrypted key as PEM text, RSA2048 or ECC256.')
}

interface KeyBearer {
  newVersion?: { privateKey?: string }
}

/** Whatever stands in the place of a private key is encrypted, in whatever form it is, except the words that ask for one. */
export async function sealBody(text: string, apiKey: string, date: string): Promise<string> {
  if (!text.includes('"privateKey"')) return text
  const value = JSON.parse(text) as KeyBearer
  const key = value.newVersion?.privateKey
  if (key === undefined || keyWord.test(key)) return text
  const privateKey = await sealPrivateKey(key, apiKey, date)
  return JSON.stringify({ ...value, newVersion: { ...value.newVersion, privateKey } })
}
