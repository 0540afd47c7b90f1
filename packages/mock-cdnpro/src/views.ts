import { memoize } from '@certtwin/mock-kit'
import type {
  Certificate,
  CertificateUsage,
  CertificateVersion,
  CertificateVersionSummary,
  ChainCertificate,
  DeploymentAction,
  DeploymentTask,
} from './api.generated.ts'
import { concernsCertificate } from './domain/task-action.ts'
import { isFinal } from './domain/task-life.ts'
import type {
  ChainCertificateFacts,
  Environment,
  StoredCertificate,
  StoredProperty,
  StoredTask,
  StoredVersion,
  TaskAction,
} from './entities.ts'
import type { Edition } from './edition.ts'
import { generations } from './generations.ts'

/** A wire shape before it is serialised: members that are undefined are left out then, as the vendor never sends null. */
type View<Wire> = { [Member in keyof Wire]: Wire[Member] | undefined }

/** The answer of the version query, in the key order of the documented example. */
export function toVersionView({ live }: StoredCertificate, stored: StoredVersion): View<CertificateVersion> {
  const { version, createdAtMs, comments, certificate, chain } = stored
  return {
    version,
    expirationTime: formatTime(certificate.expiresAtMs),
    creationTime: formatTime(createdAtMs),
    subject: certificate.subject,
    signatureAlgo: certificate.signatureAlgorithm,
    serialNumber: certificate.serialNumber,
    inProduction: live.production === version,
    inStaging: live.staging === version,
    fingerprint: certificate.fingerprint,
    comments,
    algorithm: certificate.keyAlgorithm,
    keyLength: certificate.keyBits,
    subjectAlternativeNames: [...certificate.dnsNames],
    chainCertificates: nonEmpty(chain.map(toChainView)),
    issuer: certificate.issuer,
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

export function toTaskView(task: StoredTask, { generation }: Edition): View<DeploymentTask> {
  const { state, sinceMs } = task.life
  return {
    name: task.name,
    submissionTime: formatTime(task.submittedAtMs),
    actions: task.actions.map(toActionView) as DeploymentAction[],
    target: task.target,
    finishTime: isFinal(state) ? formatTime(sinceMs) : undefined,
    status: state === 'in-progress' ? generations[generation].taskInProgress : state,
    apiRequestId: task.apiRequestId,
    statusDetails: statusDetails(task),
    webhook: task.webhook,
  }
}

function statusDetails({ life, failure }: StoredTask): string | undefined {
  if (life.state === 'succeeded') return 'Task has successfully finished'
  return life.state === 'failed' ? `Deployment failed: ${failure}` : undefined
}

function toActionView(action: TaskAction): View<DeploymentAction> {
  const { action: name, id, version } = action
  return concernsCertificate(action)
    ? { action: name, certificateId: id, version }
    : { action: name, propertyId: id, version }
}

function toChainView({ subject, expiresAtMs, signatureAlgorithm, issuer }: ChainCertificateFacts): ChainCertificate {
  return { subject, expirationTime: formatTime(expiresAtMs), signatureAlgo: signatureAlgorithm, issuer }
}

function toSummaryView(stored: StoredVersion): View<CertificateVersionSummary> {
  const { version, origin, certificate, createdAtMs, comments } = stored
  return {
    version,
    type: origin,
    expirationTime: formatTime(certificate.expiresAtMs),
    creationTime: formatTime(createdAtMs),
    fingerprint: certificate.fingerprint,
    comments,
  }
}

function usages(properties: readonly StoredProperty[], certificateId: string, target: Environment): CertificateUsage[] {
  return properties.flatMap(({ id, versions, live }) => {
    const version = versions[(live[target] ?? 0) - 1]
    return version?.certificateId === certificateId ? [{ propertyId: id, hostnames: [...version.hostnames] }] : []
  })
}

function nonEmpty<Item>(items: Item[]): Item[] | undefined {
  return items.length === 0 ? undefined : items
}

/** RFC 3339 in UTC with whole seconds, fractions cut off. */
const formatTime = memoize((ms: number) => `${new Date(ms).toISOString().slice(0, -5)}Z`)
