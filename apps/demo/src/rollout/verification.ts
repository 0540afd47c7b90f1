import { X509Certificate } from 'node:crypto'
import type { CertificateVersion } from '@certtwin/core/cdnpro'

export type Target = 'staging' | 'production'

/** One thing in which the deployed version is not what was issued. */
export interface Difference {
  readonly field: string
  readonly issued: string
  readonly deployed: string
}

/**
 * Holds a version, as CDN Pro describes it, against the certificate that DigiCert issued.
 *
 * @param leafPem - the issued certificate
 * @returns every difference; none means that this very certificate is live in the target
 */
export function compareVersion(leafPem: string, version: CertificateVersion, target: Target): Difference[] {
  const leaf = new X509Certificate(leafPem)
  const key = describeKey(leaf)
  const fingerprint = version.fingerprint ?? ''
  const rows: Difference[] = [
    // The length tells the hash: the service moved from SHA-1 to SHA-256.
    row('fingerprint', plainHex(fingerprint.length > 40 ? leaf.fingerprint256 : leaf.fingerprint), fingerprint),
    row('serialNumber', plainHex(leaf.serialNumber).replace(/^0+/, ''), version.serialNumber),
    row('subjectAlternativeNames', nameSet(dnsNamesOf(leaf)), nameSet(version.subjectAlternativeNames ?? [])),
    row('expirationTime', leaf.validToDate.getTime(), Date.parse(version.expirationTime ?? '')),
    row('algorithm', key.algorithm, version.algorithm),
    row('keyLength', key.bits, version.keyLength),
    row(
      target === 'staging' ? 'inStaging' : 'inProduction',
      true,
      target === 'staging' ? version.inStaging : version.inProduction,
    ),
  ]
  return rows.filter(({ issued, deployed }) => issued !== deployed)
}

function row(field: string, issued: unknown, deployed: unknown): Difference {
  return { field, issued: String(issued), deployed: String(deployed) }
}

const curveBits: Readonly<Record<string, number>> = { prime256v1: 256, secp384r1: 384, secp521r1: 521 }

function describeKey({ publicKey }: X509Certificate): { algorithm: string; bits: number | undefined } {
  const { modulusLength, namedCurve } = publicKey.asymmetricKeyDetails ?? {}
  if (publicKey.asymmetricKeyType === 'rsa') return { algorithm: 'RSA', bits: modulusLength }
  return { algorithm: 'ECC', bits: curveBits[namedCurve ?? ''] }
}

/** The DNS names of a certificate, in its order. */
export function dnsNamesOf(certificate: X509Certificate): string[] {
  const entries = (certificate.subjectAltName ?? '').split(', ')
  return entries.filter((entry) => entry.startsWith('DNS:')).map((entry) => entry.slice(4))
}

function nameSet(names: readonly string[]): string {
  return [...new Set(names)].toSorted().join(' ')
}

/** Lower-case hex without colons. */
export function plainHex(text: string): string {
  return text.replaceAll(':', '').toLowerCase()
}
