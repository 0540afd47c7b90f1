import type { StoredCertificate, TaskAction } from '../entities.ts'
import type { CdnProWorld } from '../world.ts'
import * as errors from './certificate-errors.ts'
import { latestOf } from './certificates.ts'
import { keyRingOf } from './key-ring.ts'
import { readVersionNumber } from './task-action.ts'

/**
 * Deletes a certificate with its versions and keys.
 *
 * @throws Refusal `CertificateInUse` while it is live somewhere, or an open task is about it (the latter assumed)
 */
export function deleteCertificate(world: CdnProWorld, certificate: StoredCertificate): void {
  if (Object.keys(certificate.live).length > 0 || isInOpenTask(world, certificate)) throw errors.inUse()
  world.state.certificates.delete(certificate.id)
  keyRingOf(world, certificate.customerId).forgetUnused()
}

/**
 * Deletes the latest version; the next one gets its number. The order of the checks is assumed.
 *
 * @throws Refusal `InvalidVersion`, `VersionIsNotTheLatest`, `CertificateWithOnlyOneVersion` or `VersionUsed`, also while an
 *   open task deploys it (assumed)
 */
export function deleteVersion(world: CdnProWorld, certificate: StoredCertificate, number: number): void {
  const { id, versions, deployedVersions } = certificate
  if (!versions.some(({ version }) => version === number)) throw errors.versionGone(number)
  if (latestOf(certificate).version !== number) throw errors.notTheLatest(number)
  if (versions.length === 1) throw errors.onlyVersion()
  if (deployedVersions.includes(number) || isBeingDeployed(world, id, number)) throw errors.versionUsed()
  const changed = { ...certificate, versions: versions.slice(0, -1), updatedAtMs: world.clock.now() }
  world.state.certificates.set(id, changed)
  keyRingOf(world, certificate.customerId).forgetUnused()
}

function isInOpenTask({ state }: CdnProWorld, { id }: StoredCertificate): boolean {
  return state.tasks.group('open').some(({ actions }) => actions.some((action) => action.id === id))
}

function isBeingDeployed({ state }: CdnProWorld, certificateId: string, number: number): boolean {
  const deploys = ({ action, id, version }: TaskAction): boolean =>
    action === 'deploy_cert' && id === certificateId && readVersionNumber(version) === number
  return state.tasks.group('open').some(({ actions }) => actions.some(deploys))
}
