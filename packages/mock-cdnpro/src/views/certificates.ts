import type {
  Certificate,
  CertificateUsage,
  CertificateVersion,
  CertificateVersionSummary,
  ChainCertificate,
} from '../api.generated.ts'
import { certificateIdOf, liveVersionOf } from '../domain/properties.ts'
import type {
  ChainCertificateFacts,
  Environment,
  StoredCertificate,
  StoredProperty,
  StoredVersion,
} from '../entities.ts'
import { formatTime, nonEmpty, type View } from './wire.ts'

/** The answer of the version query, in the key order of the documented example. */
export function toVersionView({ live }: StoredCertificate, stored: StoredVersion): View<CertificateVersion> {
  const { version, createdAtMs, comments, certificate, chain } = stored
  return {
    version,
    expirationTime: certificate && formatTime(certificate.expiresAtMs),
    creationTime: formatTime(createdAtMs),
    subject: certificate?.subject,
    signatureAlgo: certificate?.signatureAlgorithm,
    serialNumber: certificate?.serialNumber,
    inProduction: live.production === version,
    inStaging: live.staging === version,
    fingerprint: certificate?.fingerprints.sha1,
    comments,
    algorithm: certificate?.keyAlgorithm,
    keyLength: certificate?.keyBits,
    subjectAlternativeNames: certificate && [...certificate.dnsNames],
    chainCertificates: nonEmpty(chain.map(toChainView)),
    issuer: certificate?.issuer,
  }
}

export function toCertificateView(
  certificate: StoredCertificate,
  properties: Iterable<StoredProperty>,
): View<Certificate> {
  const { id, name, description, versions, live, autoRenew, forceRenew } = certificate
  const all = [...properties]
  return {
    certificateId: id,
    name,
    versionInProduction: live.production,
    versionInStaging: live.staging,
    description,
    versions: versions.map(toSummaryView) as CertificateVersionSummary[],
    usageInProduction: nonEmpty(usages(all, id, 'production')),
    usageInStaging: nonEmpty(usages(all, id, 'staging')),
    autoRenew,
    forceRenew,
  }
}

function toChainView({ subject, expiresAtMs, signatureAlgorithm, issuer }: ChainCertificateFacts): ChainCertificate {
  return { subject, expirationTime: formatTime(expiresAtMs), signatureAlgo: signatureAlgorithm, issuer }
}

function toSummaryView(stored: StoredVersion): View<CertificateVersionSummary> {
  const { version, origin, certificate, createdAtMs, comments } = stored
  return {
    version,
    type: origin,
    expirationTime: certificate && formatTime(certificate.expiresAtMs),
    creationTime: formatTime(createdAtMs),
    fingerprint: certificate?.fingerprints.sha1,
    comments,
  }
}

function usages(properties: readonly StoredProperty[], certificateId: string, target: Environment): CertificateUsage[] {
  return properties.flatMap((property) => {
    const version = liveVersionOf(property, target)
    if (version === undefined || certificateIdOf(version) !== certificateId) return []
    return [{ propertyId: property.id, hostnames: [...version.hostnames] }]
  })
}
