import type { Edition } from '../edition.ts'
import { notPermitted, type Refusal, serviceError } from '../errors.ts'
import { generations } from '../generations.ts'

export const unknownTask = (): Refusal =>
  serviceError(
    404,
    'InvalidDeploymentTaskId',
    'The specified deployment task ID does not exist.',
    'unknown-deployment-task',
  )

export const foreignTask = (): Refusal => notPermitted('task-of-another-customer')

export const invalidTarget = (): Refusal =>
  serviceError(
    400,
    'InvalidDeploymentTarget',
    "An invalid target was specified. It must be either 'staging' or 'production'.",
  )

export const invalidAction = (): Refusal =>
  serviceError(
    400,
    'InvalidAction',
    'A deployment action is invalid. It must be deploy_property, remove_property, deploy_cert, or remove_cert.',
  )

export const missingActionId = (member: string, action: string): Refusal =>
  serviceError(400, 'InvalidAction', `${member} is required for action ${action}.`, `action-without-id: ${member}`)

export const invalidPropertyId = (id: string, edition: Edition): Refusal =>
  unknownId('InvalidPropertyId', 'An invalid property ID was specified', id, edition)

export const invalidPropertyVersion = (propertyId: string, version: string): Refusal =>
  serviceError(
    400,
    'InvalidPropertyVersion',
    `The specified version ${version} or property ${propertyId} does not exist.`,
  )

export const invalidCertificateId = (id: string, edition: Edition): Refusal =>
  unknownId('InvalidCertificateId', 'An invalid certificate ID was specified', id, edition)

export const invalidCertificateVersion = (certificateId: string, version: string): Refusal =>
  serviceError(
    400,
    'InvalidCertificateVersion',
    `The specified version ${version} of certificate ${certificateId} does not exist.`,
  )

export const duplicateDeployment = (certificateId: string, target: string): Refusal =>
  serviceError(
    400,
    'DuplicateDeployment',
    `A version of certificate '${certificateId}' is already being deployed in the '${target}' environment.`,
  )

export const certificateInUse = (certificateId: string): Refusal =>
  serviceError(400, 'CertificateInUse', `Certificate ${certificateId} is still in use`)

export const certificateNotDeployed = (certificateId: string): Refusal =>
  serviceError(
    409,
    'CertificateNotDeployed',
    `The required certificate ${certificateId} has not been deployed to the target yet.`,
  )

export const removingActiveSan = (hostnames: readonly string[]): Refusal =>
  serviceError(
    409,
    'RemovingActiveSan',
    `Some SANs are removed from the certificate including these deployed hostnames: '${hostnames.join(', ')}'.`,
  )

export const certificateExpired = ({ generation }: Edition): Refusal =>
  serviceError(
    generations[generation].unfitCertificate,
    'CertificateExpired',
    "Certificate is expired. Use request header 'Check-Certificate: no' to bypass cert expiration check.",
  )

export const certificateMismatch = (
  certificateId: string,
  hostnames: readonly string[],
  { generation }: Edition,
): Refusal =>
  serviceError(
    generations[generation].unfitCertificate,
    'CertificateMismatch',
    `The domain(s) ${hostnames.join(', ')} are not included in the Subject Alternative Name field of the deployed version of certificate ${certificateId}.`,
  )

export const invalidListTarget = (): Refusal =>
  serviceError(
    400,
    'InvalidTarget',
    "An invalid target was specified. It must be either 'staging' or 'production' or left empty.",
  )

export const invalidStatus = (): Refusal => serviceError(400, 'InvalidStatus', "Invalid field 'status'.")

export const invalidSortBy = (): Refusal =>
  serviceError(400, 'InvalidSortBy', "The valid sort by values for this endpoint are 'submissionTime', 'finishTime'.")

export const invalidTime = (code: string, parameter: string, value: string): Refusal =>
  serviceError(
    400,
    code,
    `Invalid parameter '${parameter}'. '${value}' is not a valid RFC3339 timestamp in UTC. The timestamp should be in "yyyy-MM-dd'T'HH:mm:ss'Z'" format.`,
  )

function unknownId(code: string, sentence: string, id: string, { generation }: Edition): Refusal {
  return serviceError(400, code, generations[generation].repeatsUnknownIds ? `${sentence}: '${id}'.` : `${sentence}.`)
}
