import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { attributeOids, buildCsr, createAuthority, encodePem, parsePem } from '@certtwin/mock-kit/x509'

/** A private key and what is made of it, for the tests that need something valid to send. */
export interface KeyMaterial {
  readonly key: KeyObject
  readonly privateKey: string
  readonly csr: string
}

export type KeyKind =
  | { readonly type: 'ec'; readonly curve: 'P-256' | 'P-384' | 'P-521' }
  | { readonly type: 'rsa'; readonly bits: number }

export function createKeyMaterial(kind: KeyKind = { type: 'ec', curve: 'P-256' }): KeyMaterial {
  const { privateKey: key } =
    kind.type === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: kind.curve })
      : generateKeyPairSync('rsa', { modulusLength: kind.bits })
  const privateKey = key.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { key, privateKey, csr: buildCsr([[{ oid: attributeOids.CN, value: 'example.com' }]], key) }
}

/** The same request with the last bit of its signature turned. */
export function tamperedCsr(csr: string): string {
  const [block] = parsePem(csr)
  const der = Uint8Array.from(block!.der)
  der[der.length - 1]! ^= 1
  return encodePem(block!.label, der)
}

/** A certificate with its key and chain, all as PEM. */
export interface CertificateMaterial {
  readonly certificate: string
  readonly chainCert: string
  readonly privateKey: string
}

const authority = createAuthority({
  tests: {
    root: { commonName: 'Contract Test Root', organization: 'Offline Mock' },
    intermediate: { commonName: 'Contract Test Issuer', organization: 'Offline Mock' },
  },
})

export function createCertificateMaterial(
  dnsNames: readonly string[],
  notAfter: Date = new Date('2033-01-01T00:00:00Z'),
  kind?: KeyKind,
): CertificateMaterial {
  const { privateKey } = createKeyMaterial(kind)
  const publicKey = createPublicKey(createPrivateKey(privateKey))
  const [leaf, intermediate, root] = authority.issue('tests', {
    commonName: dnsNames[0]!,
    dnsNames,
    spki: publicKey.export({ type: 'spki', format: 'der' }),
    serialNumber: Uint8Array.of(0x5a, 1, 2, 3),
    notBefore: new Date('2023-01-01T00:00:00Z'),
    notAfter,
    hash: 'sha256',
  })
  return { certificate: leaf.pem, chainCert: intermediate.pem + root.pem, privateKey }
}
