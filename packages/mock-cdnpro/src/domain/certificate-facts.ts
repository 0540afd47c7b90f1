import {
  type CertificateInfo,
  type CertificateSignatureAlgorithm,
  fingerprint,
  parseCertificate,
  parsePem,
} from '@certtwin/mock-kit/x509'
import type { CertificateFacts, ChainCertificateFacts } from '../entities.ts'
import { formatName } from './distinguished-name.ts'

/** The certificates of a PEM text in order; undefined unless there is at least one and all can be read. */
export function parseCertificates(pem: string): [CertificateInfo, ...CertificateInfo[]] | undefined {
  const blocks = parsePem(pem)
  // A header or a footer alone is what a cut leaves of a certificate: without it another one would be the leaf, or the chain shorter.
  if (pem.match(/-----(?:BEGIN|END) /g)?.length !== 2 * blocks.length) return undefined
  try {
    const [first, ...rest] = blocks.map(({ label, der }) => {
      if (label !== 'CERTIFICATE') throw new TypeError(`A ${label} is no certificate.`)
      return parseCertificate(der)
    })
    const all = [first, ...rest].filter((certificate) => certificate !== undefined)
    // A date that ASN.1 allows but the calendar does not comes out as NaN.
    if (first === undefined || all.some(({ notAfter }) => Number.isNaN(notAfter.getTime()))) return undefined
    return [first, ...rest]
  } catch {
    return undefined
  }
}

/** What the version query shows of a certificate. */
export function toCertificateFacts(certificate: CertificateInfo): CertificateFacts {
  const { publicKey } = certificate
  return {
    ...toChainCertificateFacts(certificate),
    serialNumber: certificate.serialNumber,
    fingerprints: { sha1: fingerprint(certificate.der, 'sha1'), sha256: fingerprint(certificate.der, 'sha256') },
    // The only word in which the service names an elliptic key, in an error text; that this field has it too is assumed.
    keyAlgorithm: publicKey.algorithm === 'EC' ? 'ECC' : publicKey.algorithm,
    keyBits: publicKey.bits,
    dnsNames: certificate.dnsNames,
  }
}

export function toChainCertificateFacts(certificate: CertificateInfo): ChainCertificateFacts {
  return {
    subject: formatName(certificate.subject),
    expiresAtMs: certificate.notAfter.getTime(),
    signatureAlgorithm: nameSignatureAlgorithm(certificate.signatureAlgorithm),
    issuer: formatName(certificate.issuer),
  }
}

/** What the JVM calls algorithms that nobody should use any more, or that stand in chains alone. */
const rareNames: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.4', 'MD5withRSA'],
  ['1.2.840.113549.1.1.14', 'SHA224withRSA'],
  ['1.2.840.10045.4.3.1', 'SHA224withECDSA'],
  ['1.3.101.112', 'Ed25519'],
])

/** The JVM's name of an algorithm, as the documented example has it; an algorithm without one keeps its OID. */
function nameSignatureAlgorithm({ oid, key, hash }: CertificateSignatureAlgorithm): string {
  if (key === 'RSA-PSS') return 'RSASSA-PSS'
  if (key === 'other' || hash === undefined) return rareNames.get(oid) ?? oid
  return `${hash.toUpperCase()}with${key}`
}
