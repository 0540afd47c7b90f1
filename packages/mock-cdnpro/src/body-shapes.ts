import type {
  CreateCertificate,
  CreateDeploymentTask,
  CreateValidation,
  DeploymentAction,
  IdentificationInfo,
  NewVersion,
  UpdateCertificate,
} from './api.generated.ts'
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
}

const action: Record<keyof DeploymentAction, MemberTree> = {
  action: {},
  propertyId: {},
  certificateId: {},
  version: {},
}

export const createCertificateBody: BodyShape<CreateCertificate> = {
  validate: validateCreateCertificate,
  members: certificate,
}

export const updateCertificateBody: BodyShape<UpdateCertificate> = {
  validate: validateUpdateCertificate,
  members: certificate,
}

export const createDeploymentTaskBody: BodyShape<CreateDeploymentTask> = {
  validate: validateCreateDeploymentTask,
  members: { name: {}, target: {}, actions: action, webhook: {} },
}

export const createValidationBody: BodyShape<CreateValidation> = {
  validate: validateCreateValidation,
  members: { propertyId: {}, version: {} },
}
