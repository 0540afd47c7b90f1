import { createPublicKey, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { readDer } from './der-reader.ts'
import { bitString, explicit, integer, sequence, time } from './der.ts'
import { authorityKeyId, buildExtensions } from './extensions.ts'
import type { CertificateExtensions } from './extensions.ts'
import { encodeName } from './name.ts'
import type { DistinguishedName } from './name.ts'
import { readSpki } from './public-key.ts'
import { canSignRepeatably, signRepeatably } from './repeatable-ecdsa.ts'
import { issuerAlgorithm } from './signature-algorithm.ts'
import type { IssuerHash } from './signature-algorithm.ts'

const version3 = explicit(0, integer(2))

/**
 * All that goes into a certificate but the signer.
 *
 * `serialNumber` is a big-endian magnitude, `spki` the DER SubjectPublicKeyInfo; dates lose their milliseconds.
 */
export interface CertificateTemplate {
  readonly serialNumber: Uint8Array
  readonly subject: DistinguishedName
  readonly issuer: DistinguishedName
  readonly notBefore: Date
  readonly notAfter: Date
  readonly spki: Uint8Array
  readonly hash: IssuerHash
  readonly extensions: CertificateExtensions
}

/**
 * Signs an X.509 v3 certificate with an RSA (PKCS#1 v1.5) or EC private key and returns its DER.
 *
 * The key identifiers are computed from the two public keys, so a certificate that is signed with its own key is self-signed once
 * `issuer` equals `subject`. Names must be A-labels already; lengths and the sense of the dates are the caller's business.
 *
 * @throws TypeError when the signer is neither RSA nor EC.
 */
export function buildCertificate(template: CertificateTemplate, signer: KeyObject): Uint8Array {
  return signCertificate(template, createIssuer(template.issuer, signer))
}

/** Who signs, with what all certificates of one signer share, in DER. */
export interface Issuer {
  readonly key: KeyObject
  readonly name: Uint8Array
  /** The extension that names the key. */
  readonly keyId: Uint8Array
  /** What the BIT STRING of the public key holds. */
  readonly keyOctets: Uint8Array
}

/** Prepares a signer once for many certificates. */
export function createIssuer(name: DistinguishedName, key: KeyObject): Issuer {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const publicKey = readSpki(readDer(spki))
  return { key, name: encodeName(name), keyId: authorityKeyId(publicKey), keyOctets: publicKey.octets }
}

/** Signs a certificate as `buildCertificate` does. */
export function signCertificate(template: Omit<CertificateTemplate, 'issuer'>, issuer: Issuer): Uint8Array {
  const algorithm = issuerAlgorithm(issuer.key, template.hash)
  const key = readSpki(readDer(template.spki))
  const signedPart = sequence([
    version3,
    integer(template.serialNumber),
    algorithm,
    issuer.name,
    sequence([time(template.notBefore), time(template.notAfter)]),
    encodeName(template.subject),
    key.der,
    explicit(3, buildExtensions(template.extensions, key, issuer.keyId)),
  ])
  return new Uint8Array(sequence([signedPart, algorithm, signBy(issuer.key, template.hash, signedPart)]))
}

/** The signature as a BIT STRING. RSA signs the same data in the same way each time, and so do the usual elliptic keys with SHA-256; others do not. */
export function signBy(signer: KeyObject, hash: IssuerHash, data: Uint8Array): Uint8Array {
  const isRepeatable = hash === 'sha256' && canSignRepeatably(signer)
  return bitString(isRepeatable ? signRepeatably(data, signer) : sign(hash, data, signer))
}
