import { createHash } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate, SubjectAlternativeName, id_ce_subjectAltName } from '@peculiar/asn1-x509'
import type { AlgorithmIdentifier, Extensions, Time } from '@peculiar/asn1-x509'
import { decodeDer, encodeDer } from './der.ts'
import { decodeName } from './name.ts'
import type { DistinguishedName } from './name.ts'
import { describeOptionalKey, readPublicKey } from './public-key.ts'
import type { PublicKeyInfo } from './public-key.ts'
import { readSignatureAlgorithm } from './signature-algorithm.ts'

/**
 * How a certificate is signed; `key` is `'other'` for an algorithm that is not RSA, RSA-PSS or ECDSA, and `hash` is missing for a hash that
 * is not in the list.
 */
export interface CertificateSignatureAlgorithm {
  readonly oid: string
  readonly key: 'RSA' | 'RSA-PSS' | 'ECDSA' | 'other'
  readonly hash?: 'sha1' | 'sha256' | 'sha384' | 'sha512'
}

/**
 * What a certificate says.
 *
 * `serialNumber` is the integer in lower-case hex without leading zeros (at least one digit; a minus sign before a negative one), `spki` the
 * DER SubjectPublicKeyInfo, `dnsNames` the dNSName entries of the subject alternative name, order and case kept.
 */
export interface CertificateInfo {
  readonly der: Uint8Array
  readonly subject: DistinguishedName
  readonly issuer: DistinguishedName
  readonly serialNumber: string
  readonly notBefore: Date
  readonly notAfter: Date
  readonly signatureAlgorithm: CertificateSignatureAlgorithm
  readonly publicKey: PublicKeyInfo
  readonly spki: Uint8Array
  readonly dnsNames: readonly string[]
}

/** The octets are not a certificate. */
export class CertificateError extends Error {
  readonly code = 'unparsable' as const
  override readonly name: string = 'CertificateError'
}

/**
 * Reads a certificate; neither its signature nor its dates are judged.
 *
 * Node's own X509Certificate gives names as text alone, which does not tell what was escaped, so the DER is read here.
 *
 * @throws CertificateError `unparsable` when it is no certificate or octets follow the DER.
 */
export function parseCertificate(der: Uint8Array): CertificateInfo {
  try {
    return readCertificate(der)
  } catch (cause) {
    throw new CertificateError('The octets are not an X.509 certificate; pass the DER of one certificate.', { cause })
  }
}

/** The hash of a certificate's DER in lower-case hex without colons. */
export function fingerprint(der: Uint8Array, hash: 'sha1' | 'sha256'): string {
  return createHash(hash).update(der).digest('hex')
}

function readCertificate(der: Uint8Array): CertificateInfo {
  const { tbsCertificate, signatureAlgorithm } = decodeDer(der, Certificate)
  const spki = encodeDer(tbsCertificate.subjectPublicKeyInfo)
  return {
    der,
    subject: decodeName(tbsCertificate.subject),
    issuer: decodeName(tbsCertificate.issuer),
    serialNumber: integerToHex(new Uint8Array(tbsCertificate.serialNumber)),
    notBefore: readTime(tbsCertificate.validity.notBefore),
    notAfter: readTime(tbsCertificate.validity.notAfter),
    signatureAlgorithm: describeSignature(signatureAlgorithm),
    publicKey: describeOptionalKey(readPublicKey(spki)),
    spki,
    dnsNames: readDnsNames(tbsCertificate.extensions),
  }
}

/** A UTCTime starts in 1950; the library makes 1899 of one that it cannot read. */
function readTime({ utcTime, generalTime }: Time): Date {
  const date = utcTime ?? generalTime
  if (date === undefined || (date === utcTime && date.getUTCFullYear() < 1950))
    throw new Error('A date of the validity is unreadable.')
  return date
}

function describeSignature(identifier: AlgorithmIdentifier): CertificateSignatureAlgorithm {
  const { key, hash } = readSignatureAlgorithm(identifier)
  const oid = identifier.algorithm
  return hash === undefined || hash === 'sha224' ? { oid, key } : { oid, key, hash }
}

function integerToHex(contents: Uint8Array): string {
  const unsigned = BigInt(`0x${Buffer.from(contents).toString('hex')}`)
  return BigInt.asIntN(contents.length * 8, unsigned).toString(16)
}

function readDnsNames(extensions: Extensions | undefined): string[] {
  const extension = extensions?.find(({ extnID }) => extnID === id_ce_subjectAltName)
  if (extension === undefined) return []
  const names = AsnConvert.parse(extension.extnValue, SubjectAlternativeName)
  return Array.from(names, ({ dNSName }) => dNSName).filter((name) => name !== undefined)
}
