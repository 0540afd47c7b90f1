import type { CertificateFacts, Environment, PropertyVersion, TaskAction } from '../entities.ts'
import type { State } from '../state.ts'
import * as errors from './deployment-errors.ts'
import { concernsProperty, readVersionNumber } from './task-action.ts'

interface Submission {
  readonly target: Environment
  readonly actions: readonly TaskAction[]
  readonly checksCertificate: boolean
  readonly nowMs: number
}

/** Whether each property to deploy finds its certificate there or in the same task, not expired, and covering its host names. */
export function requireUsableCertificates(state: State, submission: Submission): void {
  const deployments = submission.actions.filter(concernsProperty).filter(({ action }) => action === 'deploy_property')
  const pairs = deployments.map(({ id, version }) => {
    const property = state.properties.get(id)!.versions[readVersionNumber(version)! - 1]!
    return { property, certificate: servingCertificate(state, property, submission) }
  })
  if (!submission.checksCertificate) return
  if (pairs.some(({ certificate }) => certificate.expiresAtMs < submission.nowMs)) throw errors.certificateExpired()
  for (const { property, certificate } of pairs) {
    const uncovered = property.hostnames.filter((hostname) => !isCovered(hostname, certificate.dnsNames))
    if (uncovered.length > 0) throw errors.certificateMismatch(property.certificateId, uncovered)
  }
}

function servingCertificate(
  state: State,
  { certificateId }: PropertyVersion,
  { target, actions }: Submission,
): CertificateFacts {
  const certificate = state.certificates.get(certificateId)
  const deployed = actions.find(({ action, id }) => action === 'deploy_cert' && id === certificateId)
  const number = readVersionNumber(deployed?.version) ?? certificate?.live[target]
  const version = certificate?.versions.find((candidate) => candidate.version === number)
  if (version?.certificate === undefined) throw errors.certificateNotDeployed(certificateId)
  return version.certificate
}

/** A wildcard stands for one label: `*.example.com` covers `a.example.com`, but not `b.a.example.com`. */
function isCovered(hostname: string, dnsNames: readonly string[]): boolean {
  const name = hostname.toLowerCase()
  const wildcard = name.replace(/^[^.]+/, '*')
  return dnsNames.some((dnsName) => [name, wildcard].includes(dnsName.toLowerCase()))
}
