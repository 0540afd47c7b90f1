import type { CertificateFacts } from '../entities.ts'
import { generations } from '../generations.ts'
import type { State } from '../state.ts'
import * as errors from './deployment-errors.ts'
import { isCovered, uncoveredHostnames } from './hostname-cover.ts'
import { certificateIdOf } from './properties.ts'
import { comingCertificate, deployedVersions, lastingVersions, openActions, type Submission } from './submission.ts'

/** A certificate that the task removes is used by no property that stays live, and by none that is about to be. */
export function requireUnused(state: State, submission: Submission): void {
  const { target, actions } = submission
  const coming = deployedVersions(state, [...openActions(state, target), ...actions])
  const used = new Set([...lastingVersions(state, submission), ...coming].map(certificateIdOf))
  const removed = actions.filter(({ action }) => action === 'remove_cert').find(({ id }) => used.has(id))
  if (removed !== undefined) throw errors.certificateInUse(removed.id)
}

/** A version that replaces another one covers all host names that the other one served; from 2024-01-18 (documented). */
export function requireHostnamesKept(state: State, submission: Submission): void {
  const { actions, edition } = submission
  if (!generations[edition.generation].guardsDeployedHostnames) return
  const lasting = lastingVersions(state, submission)
  const lost = actions.flatMap(({ action, id }) => {
    if (action !== 'deploy_cert') return []
    const served = lasting.filter((version) => certificateIdOf(version) === id).flatMap(({ hostnames }) => hostnames)
    const before = comingCertificate(state, { ...submission, actions: [] }, id)?.dnsNames ?? []
    const after = comingCertificate(state, submission, id)?.dnsNames ?? []
    return uncoveredHostnames(served, after).filter((hostname) => isCovered(hostname, before))
  })
  if (lost.length > 0) throw errors.removingActiveSan([...new Set(lost)])
}

/** Whether each property to deploy finds its certificate there or in the same task, not expired, and covering its host names. */
export function requireUsableCertificates(state: State, submission: Submission): void {
  const { actions, edition, checksCertificate, nowMs } = submission
  const pairs = deployedVersions(state, actions).flatMap((version) => {
    const certificateId = certificateIdOf(version)
    if (certificateId === undefined) return []
    const certificate = requireDeployed(state, submission, certificateId)
    return [{ certificateId, certificate, uncovered: uncoveredHostnames(version.hostnames, certificate.dnsNames) }]
  })
  if (!checksCertificate) return
  if (pairs.some(({ certificate }) => certificate.expiresAtMs < nowMs)) throw errors.certificateExpired(edition)
  const unfit = pairs.find(({ uncovered }) => uncovered.length > 0)
  if (unfit !== undefined) throw errors.certificateMismatch(unfit.certificateId, unfit.uncovered, edition)
}

/** A certificate that an open task takes away does not count as deployed. */
function requireDeployed(state: State, submission: Submission, certificateId: string): CertificateFacts {
  const leaving = openActions(state, submission.target).some(
    ({ action, id }) => action === 'remove_cert' && id === certificateId,
  )
  const certificate = leaving ? undefined : comingCertificate(state, submission, certificateId)
  if (certificate === undefined) throw errors.certificateNotDeployed(certificateId)
  return certificate
}
