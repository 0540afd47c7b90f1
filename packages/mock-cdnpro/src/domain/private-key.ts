import { createDecipheriv, createHmac, createPrivateKey, type KeyObject } from 'node:crypto'
import { parsePem } from '@certtwin/mock-kit/x509'
import type { GenerationName } from '../edition.ts'
import { neighbouringSeconds } from '../signature/basic-diagnosis.ts'
import { shiftSignedDate } from '../signature/signed-date.ts'
import { invalidKey } from './certificate-errors.ts'
import { requirePemForm } from './pem-form.ts'

/** What a private key travels encrypted under: the API key of the account, and the dates of the same request. */
export interface KeyCipher {
  readonly apiKey: string
  readonly dates: readonly string[]
}

/**
 * Decrypts an uploaded private key.
 *
 * AES-128-CBC, the two halves of the hex of HMAC-SHA256(API key, date) being initialisation vector and key. A
 * neighbouring second is not tried, as the service would not; the journal alone tells that it would have fitted.
 *
 * @throws Refusal `InvalidKey`, or `InvalidLineBreak` for what is inside
 */
export function openPrivateKey(encrypted: string, { apiKey, dates }: KeyCipher, generation: GenerationName): KeyObject {
  for (const date of dates) {
    const pem = decrypt(encrypted, apiKey, date)
    if (pem === undefined) continue
    const key = readPrivateKey(pem)
    if (key !== undefined) {
      requirePemForm(pem, 'privateKey', generation)
      return key
    }
    if (pem.includes('-----BEGIN ')) throw invalidKey('key-not-readable', generation)
  }
  const seconds = neighbouringSeconds.find((shift) =>
    dates.some((date) => fits(encrypted, apiKey, shiftSignedDate(date, shift))),
  )
  if (seconds === undefined) throw invalidKey('key-not-decryptable', generation)
  throw invalidKey(`key-other-date: ${seconds > 0 ? '+' : ''}${seconds} s`, generation)
}

function fits(encrypted: string, apiKey: string, date: string | undefined): boolean {
  return date !== undefined && decrypt(encrypted, apiKey, date)?.includes('-----BEGIN ') === true
}

/** The plain text, or undefined for what is not Base64 or has a wrong padding. */
export function decrypt(encrypted: string, apiKey: string, date: string): string | undefined {
  const base64 = encrypted.replaceAll(/\s/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined
  const hex = createHmac('sha256', apiKey).update(date).digest('hex')
  const [iv, key] = [hex.slice(0, 32), hex.slice(32)].map((half) => Buffer.from(half, 'hex'))
  const decipher = createDecipheriv('aes-128-cbc', key!, iv!)
  try {
    return Buffer.concat([decipher.update(base64, 'base64'), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}

const keyTypes: Readonly<Record<string, 'pkcs8' | 'pkcs1' | 'sec1'>> = {
  'PRIVATE KEY': 'pkcs8',
  'RSA PRIVATE KEY': 'pkcs1',
  'EC PRIVATE KEY': 'sec1',
}

/** An RSA or EC key without a passphrase; blocks beside it, such as EC parameters, do not matter. */
export function readPrivateKey(pem: string): KeyObject | undefined {
  const block = parsePem(pem).find(({ label }) => Object.hasOwn(keyTypes, label))
  if (block === undefined) return undefined
  try {
    const key = createPrivateKey({ key: Buffer.from(block.der), format: 'der', type: keyTypes[block.label]! })
    return ['rsa', 'ec'].includes(key.asymmetricKeyType ?? '') ? key : undefined
  } catch {
    return undefined
  }
}
