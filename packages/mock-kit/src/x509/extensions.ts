import { hash } from 'node:crypto'
import { isIPv4, isIPv6 } from 'node:net'
import { bitString, booleanTrue, explicit, implicit, integer, nullValue, octetString, oid, sequence } from './der.ts'
import { oids } from './oids.ts'
import type { SubjectPublicKeyInfo } from './public-key.ts'

/** The extensions of an end-entity certificate; the names become its subject alternative name, which is left out when there are none. */
export interface LeafExtensions {
  readonly kind: 'leaf'
  readonly dnsNames: readonly string[]
  readonly ipAddresses?: readonly string[]
  /** `'tls'` (server and client) unless told. */
  readonly purpose?: LeafPurpose
  readonly status?: StatusUrls | undefined
}

/** What the key of a leaf is for; one for OCSP need not be checked itself (RFC 6960 §4.2.2.2.1). */
export type LeafPurpose = 'tls' | 'codeSigning' | 'ocspSigning'

/** Where it is told whether a certificate was revoked. */
export interface StatusUrls {
  readonly crl: string
  readonly ocsp: string
}

/** The extensions of an authority's certificate; `pathLength` counts the authorities allowed below it. */
export interface CaExtensions {
  readonly kind: 'ca'
  readonly pathLength: number
}

export type CertificateExtensions = LeafExtensions | CaExtensions

/** The choices of a GeneralName (RFC 5280 §4.2.1.6). */
const dnsName = 2
const ipAddress = 7
const uniformResource = 6

const basicConstraints = oid(oids.basicConstraints)
const subjectAltName = oid(oids.subjectAltName)
const subjectKeyIdentifier = oid(oids.subjectKeyIdentifier)
const authorityKeyIdentifier = oid(oids.authorityKeyIdentifier)

const noAuthority = critical(basicConstraints, sequence([]))
/** The bits of RFC 5280 §4.2.1.3, and how many of the octet are not used. */
const keyUsages = {
  signAndEncipher: keyUsage(0b1010_0000, 5),
  sign: keyUsage(0b1000_0000, 7),
  signCertificatesAndLists: keyUsage(0b0000_0110, 1),
}
const purposes = {
  tls: purposeExtension(oids.serverAuth, oids.clientAuth),
  codeSigning: purposeExtension(oids.codeSigning),
  ocspSigning: purposeExtension(oids.ocspSigning),
}
const needsNoCheck = extension(oid(oids.ocspNoCheck), nullValue)

/**
 * The extensions that every certificate of this kind has.
 *
 * @param signerId the signer's key as `authorityKeyId` writes it
 */
export function buildExtensions(
  wanted: CertificateExtensions,
  key: SubjectPublicKeyInfo,
  signerId: Uint8Array,
): Uint8Array {
  return sequence([
    ...(wanted.kind === 'ca' ? caExtensions(wanted) : leafExtensions(wanted, key)),
    extension(subjectKeyIdentifier, octetString(keyId(key))),
    signerId,
  ])
}

/** The extension that names the key of whoever signs. */
export function authorityKeyId(signerKey: SubjectPublicKeyInfo): Uint8Array {
  return extension(authorityKeyIdentifier, sequence([implicit(0, keyId(signerKey))]))
}

/** A subject alternative name in the order DNS names, addresses; `[]` without any. */
export function buildAlternativeName(dnsNames: readonly string[], ipAddresses: readonly string[] = []): Uint8Array[] {
  const names = [
    ...dnsNames.map((name) => implicit(dnsName, Buffer.from(name, 'latin1'))),
    ...ipAddresses.map((address) => implicit(ipAddress, addressOctets(address))),
  ]
  return names.length === 0 ? [] : [extension(subjectAltName, sequence(names))]
}

function caExtensions({ pathLength }: CaExtensions): Uint8Array[] {
  return [critical(basicConstraints, sequence([booleanTrue, integer(pathLength)])), keyUsages.signCertificatesAndLists]
}

function leafExtensions(leaf: LeafExtensions, key: SubjectPublicKeyInfo): Uint8Array[] {
  const purpose = leaf.purpose ?? 'tls'
  // Only a plain RSA key can encrypt, which the key exchange of TLS before 1.3 asks of it.
  const canEncipher = purpose === 'tls' && key.algorithm.oid === oids.rsaEncryption
  return [
    noAuthority,
    canEncipher ? keyUsages.signAndEncipher : keyUsages.sign,
    purposes[purpose],
    ...(purpose === 'ocspSigning' ? [needsNoCheck] : []),
    ...buildAlternativeName(leaf.dnsNames, leaf.ipAddresses),
    ...(leaf.status === undefined ? [] : statusExtensions(leaf.status)),
  ]
}

/** RFC 5280 §4.2.1.13 and §4.2.2.1. */
function statusExtensions({ crl, ocsp }: StatusUrls): Uint8Array[] {
  const [list, responder] = [crl, ocsp].map((url) => implicit(uniformResource, Buffer.from(url, 'latin1')))
  return [
    extension(oid(oids.crlDistributionPoints), sequence([sequence([explicit(0, explicit(0, list!))])])),
    extension(oid(oids.authorityInfoAccess), sequence([sequence([oid(oids.ocsp), responder!])])),
  ]
}

/** RFC 5280 §4.2.1.2, method 1. */
export function keyId({ octets }: SubjectPublicKeyInfo): Uint8Array {
  return hash('sha1', octets, 'buffer')
}

/** Four octets or sixteen; the URL parser spells an IPv6 address in hex alone, at most one run of zeros left out. */
function addressOctets(address: string): Uint8Array {
  if (isIPv4(address)) return Uint8Array.from(address.split('.'), Number)
  if (!isIPv6(address)) throw new TypeError(`${address} is no IP address.`)
  const [front = [], back = []] = new URL(`http://[${address}]`).hostname
    .slice(1, -1)
    .split('::')
    .map((half) => half.split(':').filter((group) => group !== ''))
  const zeros = Array<string>(8 - front.length - back.length).fill('0')
  return Buffer.from([...front, ...zeros, ...back].map((group) => group.padStart(4, '0')).join(''), 'hex')
}

function keyUsage(bits: number, unusedBits: number): Uint8Array {
  return critical(oid(oids.keyUsage), bitString(Uint8Array.of(bits), unusedBits))
}

function purposeExtension(...keyPurposes: readonly string[]): Uint8Array {
  return extension(oid(oids.extKeyUsage), sequence(keyPurposes.map(oid)))
}

export function extension(id: Uint8Array, value: Uint8Array): Uint8Array {
  return sequence([id, octetString(value)])
}

function critical(id: Uint8Array, value: Uint8Array): Uint8Array {
  return sequence([id, booleanTrue, octetString(value)])
}
