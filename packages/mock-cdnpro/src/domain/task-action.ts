import type { DeploymentAction } from '../api.generated.ts'
import type { TaskAction } from '../entities.ts'
import { invalidAction, missingActionId } from './deployment-errors.ts'

export type CertificateAction = Extract<TaskAction, { action: 'deploy_cert' | 'remove_cert' }>
export type PropertyAction = Extract<TaskAction, { action: 'deploy_property' | 'remove_property' }>

export function concernsCertificate(action: TaskAction): action is CertificateAction {
  return action.action === 'deploy_cert' || action.action === 'remove_cert'
}

export function concernsProperty(action: TaskAction): action is PropertyAction {
  return !concernsCertificate(action)
}

export function isDeployment({ action }: TaskAction): boolean {
  return action === 'deploy_cert' || action === 'deploy_property'
}

/** @throws Refusal `InvalidAction` for an unknown word or a missing id */
export function readAction({ action, certificateId, propertyId, version }: Partial<DeploymentAction>): TaskAction {
  switch (action) {
    case 'deploy_cert':
    case 'remove_cert':
      return { action, id: requireId('certificateId', certificateId, action), version }
    case 'deploy_property':
    case 'remove_property':
      return { action, id: requireId('propertyId', propertyId, action), version }
    default:
      throw invalidAction()
  }
}

/** The number that a version names, which may be sent as digits; undefined for anything else. */
export function readVersionNumber(version: string | number | undefined): number | undefined {
  const text = String(version ?? '')
  return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined
}

/** The version as refusals repeat it. */
export function toldVersion(version: string | number | undefined): string {
  return version === undefined || version === '' ? 'null' : String(version)
}

function requireId(member: string, id: string | undefined, action: string): string {
  if (id === undefined || id === '') throw missingActionId(member, action)
  return id
}
