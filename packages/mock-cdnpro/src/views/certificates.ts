import type {
  Certificate,
  CertificateEntry,
  CertificateList,
  CertificateSigningRequest,
  CertificateUsage,
  CertificateVersion,
  CertificateVersionSummary,
  ChainCertificate,
} from '../api.generated.ts'
import { expiryIn } from '../domain/certificate-list.ts'
import { latestOf } from '../domain/certificates.ts'
import type { SigningRequest } from '../domain/csr.ts'
import { certificateIdOf, liveVersionOf } from '../domain/properties.ts'
import type { Edition } from '../edition.ts'
import type {
  ChainCertificateFacts,
  Environment,
  StoredCertificate,
  StoredProperty,
  StoredVersion,
} from '../entities.ts'
import { generations } from '../generations.ts'
import type { Page } from '../lists/paging.ts'
import { formatTime, nativeOnly, nonEmpty, type View } from './wire.ts'

/** The answer of the version query, in the key order of the documented example. */
export function toVersionView(
  certificate: StoredCertificate,
  stored: StoredVersion,
  edition: Edition,
): View<CertificateVersion> {
  const { version, createdAtMs, comments, certificate: facts, chain } = stored
  const { live, caOnly } = certificate
  const isCurrent = edition.generation === 'current'
  return {
    version,
    expirationTime: facts && formatTime(facts.expiresAtMs),
    creationTime: formatTime(createdAtMs),
    subject: facts?.subject,
    signatureAlgo: facts?.signatureAlgorithm,
    serialNumber: facts?.serialNumber,
    inProduction: live.production === version,
    inStaging: live.staging === version,
    fingerprint: fingerprintOf(stored, edition),
    comments,
    algorithm: facts?.keyAlgorithm,
    keyLength: facts?.keyBits,
    subjectAlternativeNames: facts && [...facts.dnsNames],
    chainCertificates: nonEmpty(chain.map(toChainView)),
    issuer: facts?.issuer,
    type: isCurrent ? stored.origin : undefined,
    deletable: isCurrent ? isDeletable(certificate, version) : undefined,
    caOnly: isCurrent ? caOnly : undefined,
  }
}

export function toCertificateView(
  certificate: StoredCertificate,
  properties: Iterable<StoredProperty>,
  edition: Edition,
): View<Certificate> {
  const { id, name, description, versions, live, autoRenew, forceRenew, caOnly, sharing } = certificate
  const all = [...properties]
  return {
    certificateId: id,
    name,
    versionInProduction: live.production,
    versionInStaging: live.staging,
    sharingMethod: nativeOnly(sharing.method, edition),
    shareWith: nativeOnly(nonEmpty([...sharing.customerIds]), edition),
    ownerCustomerId: nativeOnly(certificate.customerId, edition),
    description,
    versions: versions.map((version) => toSummaryView(version, edition)) as CertificateVersionSummary[],
    usageInProduction: nonEmpty(usages(all, id, 'production', edition)),
    usageInStaging: nonEmpty(usages(all, id, 'staging', edition)),
    autoRenew,
    forceRenew,
    caOnly: edition.generation === 'current' ? caOnly : undefined,
  }
}

export function toCertificateListView(
  { items, count }: Page<StoredCertificate>,
  edition: Edition,
): View<CertificateList> {
  return { count, certificates: items.map((certificate) => toEntryView(certificate, edition)) as CertificateEntry[] }
}

function toEntryView(certificate: StoredCertificate, edition: Edition): View<CertificateEntry> {
  const { id, name, live, autoRenew, forceRenew, caOnly, customerId, createdAtMs, updatedAtMs } = certificate
  const latest = latestOf(certificate)
  return {
    certificateId: id,
    name,
    versionInProduction: live.production,
    versionInStaging: live.staging,
    latestVersion: latest.version,
    owner: nativeOnly(customerId, edition),
    autoRenew,
    forceRenew,
    caOnly: edition.generation === 'current' ? caOnly : undefined,
    creationTime: formatTime(createdAtMs),
    expirationTime: formatOptional(latest.certificate?.expiresAtMs),
    lastUpdateTime: formatTime(updatedAtMs),
    productionExpirationTime: formatOptional(expiryIn(certificate, 'production')),
    stagingExpirationTime: formatOptional(expiryIn(certificate, 'staging')),
  }
}

export function toSigningRequestView(
  certificate: StoredCertificate,
  { pem, validationFile }: SigningRequest,
  edition: Edition,
): View<CertificateSigningRequest> {
  const { id, customerId } = certificate
  return {
    certificateId: id,
    csr: pem,
    ownerCustomerId: nativeOnly(customerId, edition),
    latestVersion: latestOf(certificate).version,
    dcvFile: validationFile && { uri: validationFile.uri, expirationTime: formatTime(validationFile.expiresAtMs) },
  }
}

function toChainView({ subject, expiresAtMs, signatureAlgorithm, issuer }: ChainCertificateFacts): ChainCertificate {
  return { subject, expirationTime: formatTime(expiresAtMs), signatureAlgo: signatureAlgorithm, issuer }
}

function toSummaryView(stored: StoredVersion, edition: Edition): View<CertificateVersionSummary> {
  const { version, origin, certificate, createdAtMs, comments } = stored
  return {
    version,
    type: origin,
    expirationTime: formatOptional(certificate?.expiresAtMs),
    creationTime: formatTime(createdAtMs),
    fingerprint: fingerprintOf(stored, edition),
    comments,
  }
}

function fingerprintOf({ certificate, createdAtMs }: StoredVersion, { generation }: Edition): string | undefined {
  const isLong = createdAtMs >= generations[generation].sha256FingerprintsFromMs
  return isLong ? certificate?.fingerprints.sha256 : certificate?.fingerprints.sha1
}

/** By its past alone, as the vendor's description has it: whether it is the latest version does not count here. */
function isDeletable({ versions, deployedVersions }: StoredCertificate, version: number): boolean {
  return versions.length > 1 && !deployedVersions.includes(version)
}

function usages(
  properties: readonly StoredProperty[],
  certificateId: string,
  target: Environment,
  edition: Edition,
): CertificateUsage[] {
  return properties.flatMap((property) => {
    const version = liveVersionOf(property, target)
    if (version === undefined || certificateIdOf(version) !== certificateId) return []
    const owner = edition.door === 'native' ? { customerId: property.customerId } : {}
    return [{ ...owner, propertyId: property.id, hostnames: [...version.hostnames] }]
  })
}

function formatOptional(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : formatTime(ms)
}
