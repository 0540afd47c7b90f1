import type { CertificateFacts, Environment, PropertyVersion, StoredProperty, TaskAction } from '../entities.ts'
import type { Edition } from '../edition.ts'
import type { State } from '../state.ts'
import { liveVersionOf } from './properties.ts'
import { concernsProperty, readVersionNumber } from './task-action.ts'

/** A task that somebody wants to submit, its words and ids already known to be right. */
export interface Submission {
  readonly customerId: number
  readonly target: Environment
  readonly actions: readonly TaskAction[]
  readonly edition: Edition
  /** Whether properties with an expired or unfitting certificate are refused. */
  readonly checksCertificate: boolean
  readonly nowMs: number
}

/** The actions of all open tasks for an environment. */
export function openActions(state: State, target: Environment): TaskAction[] {
  const openTasks = state.tasks.group('open').filter((task) => task.target === target)
  return openTasks.flatMap((task) => task.actions)
}

/** The versions of properties that actions deploy. */
export function deployedVersions({ properties }: State, actions: readonly TaskAction[]): PropertyVersion[] {
  return actions
    .filter(({ action }) => action === 'deploy_property')
    .map(({ id, version }) => properties.get(id)!.versions[readVersionNumber(version)! - 1]!)
}

/** The versions that are live in the target now and stay there, as far as the task is concerned. */
export function lastingVersions(state: State, { target, actions }: Submission): PropertyVersion[] {
  const touched = new Set(actions.filter(concernsProperty).map(({ id }) => id))
  const lasting = (property: StoredProperty): PropertyVersion[] => {
    const version = touched.has(property.id) ? undefined : liveVersionOf(property, target)
    return version === undefined ? [] : [version]
  }
  return [...state.properties.values()].flatMap(lasting)
}

/**
 * What a certificate is to be in the target once the task has succeeded: the version that it deploys, or the one there is. Another
 * customer's certificate is as good as none.
 */
export function comingCertificate(
  { certificates }: State,
  { customerId, target, actions }: Submission,
  certificateId: string,
): CertificateFacts | undefined {
  const certificate = certificates.get(certificateId)
  if (certificate?.customerId !== customerId) return undefined
  const deployed = actions.find(({ action, id }) => action === 'deploy_cert' && id === certificateId)
  const number = readVersionNumber(deployed?.version) ?? certificate.live[target]
  return certificate.versions.find(({ version }) => version === number)?.certificate
}
