import { createHash, createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { id_rsaEncryption } from '@peculiar/asn1-rsa'
import { OctetString } from '@peculiar/asn1-schema'
import * as x509 from '@peculiar/asn1-x509'
import { decodeDer, encodeDer } from './der.ts'

/** The extensions of an end-entity certificate; the names become its subject alternative name, which is left out when there are none. */
export interface LeafExtensions {
  readonly kind: 'leaf'
  readonly dnsNames: readonly string[]
  readonly ipAddresses?: readonly string[]
  /** `'tls'` (server and client) unless told. */
  readonly purpose?: 'tls' | 'codeSigning'
}

/** The extensions of an authority's certificate; `pathLength` counts the authorities allowed below it. */
export interface CaExtensions {
  readonly kind: 'ca'
  readonly pathLength: number
}

export type CertificateExtensions = LeafExtensions | CaExtensions

const purposes = {
  tls: [x509.id_kp_serverAuth, x509.id_kp_clientAuth],
  codeSigning: [x509.id_kp_codeSigning],
} as const

/** The extensions that every certificate of this kind has, with the key identifiers of subject and signer. */
export function buildExtensions(wanted: CertificateExtensions, spki: Uint8Array, signer: KeyObject): x509.Extension[] {
  const issuerSpki = createPublicKey(signer).export({ type: 'spki', format: 'der' })
  const keyIdentifier = new x509.KeyIdentifier(keyId(issuerSpki))
  return [
    ...(wanted.kind === 'ca' ? caExtensions(wanted) : leafExtensions(wanted, spki)),
    extension(x509.id_ce_subjectKeyIdentifier, new x509.SubjectKeyIdentifier(keyId(spki))),
    extension(x509.id_ce_authorityKeyIdentifier, new x509.AuthorityKeyIdentifier({ keyIdentifier })),
  ]
}

/** A subject alternative name in the order DNS names, addresses; `[]` without any. */
export function buildAlternativeName(
  dnsNames: readonly string[],
  ipAddresses: readonly string[] = [],
): x509.Extension[] {
  const names = [
    ...dnsNames.map((dNSName) => new x509.GeneralName({ dNSName })),
    ...ipAddresses.map((address) => new x509.GeneralName({ iPAddress: plainAddress(address) })),
  ]
  return names.length === 0 ? [] : [extension(x509.id_ce_subjectAltName, new x509.SubjectAlternativeName(names))]
}

function caExtensions({ pathLength }: CaExtensions): x509.Extension[] {
  const { keyCertSign, cRLSign } = x509.KeyUsageFlags
  return [
    critical(x509.id_ce_basicConstraints, new x509.BasicConstraints({ cA: true, pathLenConstraint: pathLength })),
    critical(x509.id_ce_keyUsage, new x509.KeyUsage(keyCertSign | cRLSign)),
  ]
}

function leafExtensions(leaf: LeafExtensions, spki: Uint8Array): x509.Extension[] {
  const purpose = leaf.purpose ?? 'tls'
  return [
    critical(x509.id_ce_basicConstraints, new x509.BasicConstraints({ cA: false })),
    critical(x509.id_ce_keyUsage, new x509.KeyUsage(leafKeyUsage(purpose, spki))),
    extension(x509.id_ce_extKeyUsage, new x509.ExtendedKeyUsage([...purposes[purpose]])),
    ...buildAlternativeName(leaf.dnsNames, leaf.ipAddresses),
  ]
}

/** Only a plain RSA key can encrypt, which the key exchange of TLS before 1.3 asks of it. */
function leafKeyUsage(purpose: 'tls' | 'codeSigning', spki: Uint8Array): number {
  const { digitalSignature, keyEncipherment } = x509.KeyUsageFlags
  const { algorithm } = decodeDer(spki, x509.SubjectPublicKeyInfo).algorithm
  return purpose === 'tls' && algorithm === id_rsaEncryption ? digitalSignature | keyEncipherment : digitalSignature
}

/** RFC 5280 §4.2.1.2, method 1. */
function keyId(spki: Uint8Array): Uint8Array {
  const { subjectPublicKey } = decodeDer(spki, x509.SubjectPublicKeyInfo)
  return createHash('sha1').update(new Uint8Array(subjectPublicKey)).digest()
}

/** The library misreads an IPv6 address that ends in dotted decimals; the URL parser rewrites it in hex. */
function plainAddress(address: string): string {
  return isIPv6(address) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address
}

function extension(extnID: string, value: object): x509.Extension {
  return new x509.Extension({ extnID, extnValue: new OctetString(encodeDer(value)) })
}

function critical(extnID: string, value: object): x509.Extension {
  return new x509.Extension({ extnID, critical: true, extnValue: new OctetString(encodeDer(value)) })
}
