import { createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { type AlgorithmIdentifier, readAlgorithm } from './algorithm.ts'
import { bitsOf, type DerElement, octetsOf, readMembers } from './der-reader.ts'
import { bitString, oid, sequence, tags } from './der.ts'
import { encodePem } from './pem.ts'

/**
 * What a key is, in the words of X.509.
 *
 * `bits` is the length of the modulus or of the curve's field, and 0 where there is no such number (Ed25519, an unreadable key).
 * `curve` is there for EC keys alone.
 */
export interface PublicKeyInfo {
  readonly algorithm: 'RSA' | 'EC' | 'other'
  readonly bits: number
  readonly curve?: 'P-256' | 'P-384' | 'P-521' | 'other'
}

const unreadable: PublicKeyInfo = { algorithm: 'other', bits: 0 }

const curves: Readonly<Record<string, PublicKeyInfo>> = {
  prime256v1: { algorithm: 'EC', bits: 256, curve: 'P-256' },
  secp384r1: { algorithm: 'EC', bits: 384, curve: 'P-384' },
  secp521r1: { algorithm: 'EC', bits: 521, curve: 'P-521' },
}

/** Describes a key of `node:crypto`, public or private; RSA keys that are bound to PSS count as RSA. */
export function describePublicKey(key: KeyObject): PublicKeyInfo {
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {}
  switch (key.asymmetricKeyType) {
    case 'rsa':
    case 'rsa-pss':
      return { algorithm: 'RSA', bits: modulusLength }
    case 'ec':
      return curves[namedCurve] ?? { algorithm: 'EC', bits: bitsInName(namedCurve), curve: 'other' }
    default:
      return { algorithm: 'other', bits: modulusLength }
  }
}

/** Describes a key that may be missing because `readPublicKey` could not read it. */
export function describeOptionalKey(key: KeyObject | undefined): PublicKeyInfo {
  return key === undefined ? unreadable : describePublicKey(key)
}

/** A key as certificates and requests carry it. */
export interface SubjectPublicKeyInfo {
  /** Written anew, since lengths may have come in another spelling than DER's. */
  readonly der: Uint8Array
  readonly algorithm: AlgorithmIdentifier
  /** What the BIT STRING holds, which the key's identifier is computed from. */
  readonly octets: Uint8Array
}

export function readSpki(spki: DerElement): SubjectPublicKeyInfo {
  return readMembers(spki, tags.sequence, ({ take }) => {
    const algorithm = readAlgorithm(take())
    const octets = bitsOf(take())
    const parameters = algorithm.parameters === undefined ? [] : [octetsOf(algorithm.parameters)]
    const der = sequence([sequence([oid(algorithm.oid), ...parameters]), bitString(octets)])
    return { der: new Uint8Array(der), algorithm, octets }
  })
}

/** Reads a DER SubjectPublicKeyInfo; `undefined` for a key that OpenSSL does not know or finds broken. */
export function readPublicKey(spki: Uint8Array): KeyObject | undefined {
  try {
    // As PEM, because it takes Node 24 a third of the time: of an object it first asks by throwing whether it is a key already.
    return createPublicKey(encodePem('PUBLIC KEY', spki))
  } catch {
    return undefined
  }
}

/** The field size that curve names carry, as in secp256k1 or brainpoolP384r1; Node does not tell it otherwise. */
function bitsInName(curve: string): number {
  return Number(/\d{3}/.exec(curve)?.[0] ?? 0)
}
