import { createHash } from 'node:crypto'
import { type AlgorithmIdentifier, readAlgorithm } from './algorithm.ts'
import { bitsOf, contentOf, DerError, type DerElement, membersOf, oidOf, readDer, readMembers } from './der-reader.ts'
import { tags } from './der.ts'
import { decodeName } from './name.ts'
import type { DistinguishedName } from './name.ts'
import { oids } from './oids.ts'
import { describeOptionalKey, readPublicKey, readSpki } from './public-key.ts'
import type { PublicKeyInfo } from './public-key.ts'
import { readSignatureAlgorithm } from './signature-algorithm.ts'
import { readTime } from './time.ts'

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
    if (!(cause instanceof DerError)) throw cause
    throw new CertificateError('The octets are not an X.509 certificate; pass the DER of one certificate.', { cause })
  }
}

/** The hash of a certificate's DER in lower-case hex without colons. */
export function fingerprint(der: Uint8Array, hash: 'sha1' | 'sha256'): string {
  return createHash(hash).update(der).digest('hex')
}

type SignedPart = Omit<CertificateInfo, 'der' | 'signatureAlgorithm'>

/** The tags of the optional members: [0] the version, [1] and [2] ids that nobody uses, [3] the extensions. */
const versionTag = 0xa0
const uniqueIdTags = [0x81, 0x82]
const extensionsTag = 0xa3

const dnsNameTag = 0x82
/** What a GeneralName may be (RFC 5280 §4.2.1.6). */
const generalNameTags = [0xa0, 0x81, dnsNameTag, 0xa3, 0xa4, 0xa5, 0x86, 0x87, 0x88]

function readCertificate(der: Uint8Array): CertificateInfo {
  return readMembers(readDer(der), tags.sequence, ({ take }) => {
    const signedPart = readSignedPart(take())
    const signatureAlgorithm = describeSignature(readAlgorithm(take()))
    bitsOf(take())
    return { der, ...signedPart, signatureAlgorithm }
  })
}

function readSignedPart(signedPart: DerElement): SignedPart {
  return readMembers(signedPart, tags.sequence, ({ take, takeIf }) => {
    const version = takeIf(versionTag)
    if (version !== undefined) readMembers(version, versionTag, (members) => members.take(tags.integer))
    const serialNumber = integerToHex(contentOf(take(tags.integer)))
    readAlgorithm(take())
    const issuer = decodeName(take())
    const [notBefore, notAfter] = readValidity(take())
    const subject = decodeName(take())
    const spki = readSpki(take()).der
    const publicKey = describeOptionalKey(readPublicKey(spki))
    for (const tag of uniqueIdTags) takeIf(tag)
    const dnsNames = readDnsNames(takeIf(extensionsTag))
    return { subject, issuer, serialNumber, notBefore, notAfter, publicKey, spki, dnsNames }
  })
}

function readValidity(validity: DerElement): readonly [notBefore: Date, notAfter: Date] {
  return readMembers(validity, tags.sequence, ({ take }) => [readTime(take()), readTime(take())])
}

function describeSignature(identifier: AlgorithmIdentifier): CertificateSignatureAlgorithm {
  const { key, hash } = readSignatureAlgorithm(identifier)
  const { oid } = identifier
  return hash === undefined || hash === 'sha224' ? { oid, key } : { oid, key, hash }
}

/** The contents of an INTEGER as `CertificateInfo` spells it. */
export function integerToHex(contents: Uint8Array): string {
  const unsigned = BigInt(`0x${Buffer.from(contents).toString('hex')}`)
  return BigInt.asIntN(contents.length * 8, unsigned).toString(16)
}

function readDnsNames(extensions: DerElement | undefined): string[] {
  if (extensions === undefined) return []
  const all = readMembers(extensions, extensionsTag, ({ take }) => membersOf(take(), tags.sequence).map(readExtension))
  const alternativeName = all.find(({ oid }) => oid === oids.subjectAltName)
  if (alternativeName === undefined) return []
  const names = membersOf(readDer(alternativeName.value), tags.sequence)
  if (!names.every(({ tag }) => generalNameTags.includes(tag))) throw new DerError('There is no such kind of name.')
  return names.filter(({ tag }) => tag === dnsNameTag).map((name) => Buffer.from(contentOf(name)).toString('latin1'))
}

function readExtension(extension: DerElement): { readonly oid: string; readonly value: Uint8Array } {
  return readMembers(extension, tags.sequence, ({ take, takeIf }) => {
    const oid = oidOf(take())
    takeIf(tags.boolean)
    return { oid, value: contentOf(take(tags.octetString)) }
  })
}
