import { createPublicKey, type KeyObject } from 'node:crypto'
import type { Random } from '@certtwin/mock-kit'
import {
  attributeOids,
  buildCertificate,
  createSeededEcKey,
  createSeededKey,
  type DistinguishedName,
  parseCertificate,
} from '@certtwin/mock-kit/x509'
import type { Identification } from '../entities.ts'
import { toCertificateFacts } from './certificate-facts.ts'
import type { KeyedContent } from './new-version.ts'
import { toSpki } from './public-key.ts'

/** The words that stand in the place of a private key and ask for a new one. */
const keyMakers: Readonly<Record<string, (seed: string) => KeyObject>> = {
  RSA2048: createSeededKey,
  ECC256: createSeededEcKey,
}

const lifetimeMs = 10 * 24 * 3600 * 1000

export function isKeyWord(privateKey: string): boolean {
  return Object.hasOwn(keyMakers, privateKey)
}

/**
 * A self-signed certificate with a new key: valid for exactly ten days, as the documented example is.
 *
 * Its serial number is the clock in milliseconds, as in that example; SHA-256 throughout. Assumed but for the order of the subject.
 * The key follows from the random sequence, so that the same calls make the same certificate again.
 */
export function makeSelfSigned(
  keyWord: string,
  identification: Identification,
  { nowMs, random }: { readonly nowMs: number; readonly random: Random },
): KeyedContent {
  const privateKey = keyMakers[keyWord]!(random.hex(32))
  const publicKey = createPublicKey(privateKey)
  const subject = toSubject(identification)
  const template = {
    serialNumber: Buffer.from(nowMs.toString(16).padStart(16, '0'), 'hex'),
    subject,
    issuer: subject,
    notBefore: new Date(nowMs),
    notAfter: new Date(nowMs + lifetimeMs),
    spki: publicKey.export({ type: 'spki', format: 'der' }),
    hash: 'sha256',
    extensions: { kind: 'leaf', dnsNames: identification.dnsNames },
  } as const
  const certificate = toCertificateFacts(parseCertificate(buildCertificate(template, privateKey)))
  const spki = toSpki(publicKey)
  const content = { origin: 'self-signed', certificate, chain: [], spki, testKey: undefined, identification } as const
  return { content, privateKey }
}

/** In the order of the documented subject; what is absent is skipped. */
function toSubject({
  email,
  department,
  company,
  city,
  state,
  country,
  commonName,
}: Identification): DistinguishedName {
  const { E, OU, O, L, ST, C, CN } = attributeOids
  const parts: readonly (readonly [string, string | undefined])[] = [
    [E, email],
    [OU, department],
    [O, company],
    [L, city],
    [ST, state],
    [C, country],
    [CN, commonName],
  ]
  return parts.flatMap(([oid, value]) => (value === undefined || value === '' ? [] : [[{ oid, value }]]))
}
