import { type Refusal, serviceError } from '../errors.ts'

export const unknownCertificate = (): Refusal =>
  serviceError(404, 'InvalidCertId', 'The specified certificate ID does not exist.', 'unknown-certificate')

export const unknownVersion = (certificateId: string, version: number): Refusal =>
  serviceError(
    404,
    'InvalidCertVersion',
    `The specified version ${version} of certificate ${certificateId} does not exist.`,
    'unknown-version',
  )

export const invalidVersionNumber = (): Refusal =>
  serviceError(400, 'InvalidVersion', 'The version number must be a positive integer.')

export const invalidName = (): Refusal =>
  serviceError(400, 'InvalidName', 'The entered value for name is invalid or longer than 250 characters.')

export const invalidAutoRenew = (value: string): Refusal =>
  serviceError(
    400,
    'InvalidAutoRenew',
    `The value '${value}' of autoRenew is invalid. Only 'LE' and 'Off' are allowed.`,
  )

export const emptyCertificate = (diagnosis: string): Refusal =>
  serviceError(400, 'InvalidCert', 'The certificate body cannot be empty.', diagnosis)

export const unreadableCertificate = (): Refusal =>
  serviceError(400, 'InvalidCert', 'The certificate is not a valid PEM certificate.', 'certificate-unreadable')

export const keyMismatch = (): Refusal =>
  serviceError(400, 'InvalidCert', 'The private key does not match the certificate.', 'key-mismatch')

export const unreadableChain = (): Refusal =>
  serviceError(400, 'InvalidChain', 'The chain certificate is not a valid PEM certificate.', 'chain-unreadable')

export const expiredChain = (): Refusal =>
  serviceError(400, 'InvalidChain', 'The chain certificate has expired.', 'chain-expired')

export const invalidKey = (diagnosis: string): Refusal =>
  serviceError(
    400,
    'InvalidKey',
    'Invalid private key cipher. To protect the private key, it must be encrypted with your API key and the timestamp before you upload.',
    diagnosis,
  )

export const missingIdentification = (): Refusal =>
  serviceError(
    400,
    'InvalidIdentificationInfo',
    "IdentificationInfo can't be empty for self-signed certificate.",
    'identification-missing',
  )

export const invalidIdentification = (field: string): Refusal =>
  serviceError(400, 'InvalidIdentificationInfo', `Invalid field '${field}'.`, `identification-invalid: ${field}`)

export const keyKindChanged = (latest: string, current: string): Refusal =>
  serviceError(
    400,
    'InvalidCertVersion',
    `The algorithm type of the certificate must be the same as the latest version. The latest version algorithm type is '${latest}' and the current algorithm type is '${current}'.`,
    'key-kind-changed',
  )

export const tooManyCertificates = (): Refusal =>
  serviceError(403, 'TooManyCerts', 'The number of certificates exceeds the account maximum.')

export const tooManyVersions = (): Refusal =>
  serviceError(
    403,
    'TooManyVersions',
    'You have created the maximum number of versions allowed in a certificate. You need to create a new certificate to replace the existing one in all properties that refer to it.',
  )

export const duplicateName = (): Refusal =>
  serviceError(409, 'DuplicateName', 'A certificate with the same name already exists for the customer.')
