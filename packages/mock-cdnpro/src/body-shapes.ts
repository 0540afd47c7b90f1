import type {
  CreateCertificate,
  CreateDeploymentTask,
  CreateValidation,
  DeploymentAction,
  IdentificationInfo,
  NewVersion,
  UpdateCertificate,
} from './api.generated.ts'
import type { Edition } from './edition.ts'
import { generations } from './generations.ts'
import type { BodyShape, MemberTree } from './request-body.ts'
import {
  validateCreateCertificate,
  validateCreateDeploymentTask,
  validateCreateValidation,
  validateUpdateCertificate,
} from './validators.generated.js'

const identificationInfo: Record<keyof IdentificationInfo, MemberTree> = {
  commonName: {},
  subjectAlternativeNames: {},
  country: {},
  state: {},
  city: {},
  company: {},
  department: {},
  email: {},
}

const newVersion: Record<keyof NewVersion, MemberTree> = {
  comments: {},
  privateKey: {},
  certificate: {},
  chainCert: {},
  identificationInfo,
}

const certificate: Record<keyof CreateCertificate, MemberTree> = {
  name: {},
  description: {},
  autoRenew: {},
  forceRenew: {},
  newVersion,
  caOnly: {},
  sharingMethod: {},
  shareWith: {},
}

/** What an edition does not have is as unknown there as what nobody has. */
function certificateMembers({ door, generation }: Edition): MemberTree {
  const { caOnly, sharingMethod, shareWith, ...others } = certificate
  return {
    ...others,
    ...(generations[generation].hasCaOnly && { caOnly }),
    ...(door === 'native' && { sharingMethod, shareWith }),
  }
}

const ofOtherEditions = ['caOnly', 'sharingMethod', 'shareWith']

const action: Record<keyof DeploymentAction, MemberTree> = {
  action: {},
  propertyId: {},
  certificateId: {},
  version: {},
}

export function createCertificateBody(edition: Edition): BodyShape<CreateCertificate> {
  return { validate: validateCreateCertificate, members: certificateMembers(edition), ofOtherEditions }
}

export function updateCertificateBody(edition: Edition): BodyShape<UpdateCertificate> {
  return { validate: validateUpdateCertificate, members: certificateMembers(edition), ofOtherEditions }
}

const task: Record<keyof CreateDeploymentTask, MemberTree> = { name: {}, target: {}, actions: action, webhook: {} }

export const createDeploymentTaskBody: BodyShape<CreateDeploymentTask> = {
  validate: validateCreateDeploymentTask,
  members: task,
}

export const createValidationBody: BodyShape<CreateValidation> = {
  validate: validateCreateValidation,
  members: { propertyId: {}, version: {} },
}
