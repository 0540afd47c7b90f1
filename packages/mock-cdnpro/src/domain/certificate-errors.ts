import type { GenerationName } from '../edition.ts'
import { type Refusal, serviceError } from '../errors.ts'
import type { PemField } from './pem-form.ts'

export const unknownCertificate = (): Refusal =>
  serviceError(404, 'InvalidCertId', 'The specified certificate ID does not exist.', 'unknown-certificate')

export const unknownVersion = (certificateId: string, version: number): Refusal =>
  serviceError(
    404,
    'InvalidCertVersion',
    `The specified version ${version} of certificate ${certificateId} does not exist.`,
    'unknown-version',
  )

/** @param knowsLatest - whether the word `latest` would have been taken; not unless told */
export const invalidVersionNumber = (knowsLatest = false): Refusal =>
  serviceError(
    400,
    'InvalidVersion',
    `The version number must be a positive integer${knowsLatest ? ' or "latest"' : ''}.`,
  )

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

const keyTexts: Readonly<Record<GenerationName, string>> = {
  '2023':
    'Invalid private key cipher. To protect the private key, it must be encrypted with your API key and the timestamp before you upload.',
  current:
    'Invalid private key cipher. The private key must be encrypted with your API key and the timestamp. Check if the API key is correct and if the private key is properly encrypted.',
}

export const invalidKey = (diagnosis: string, generation: GenerationName): Refusal =>
  serviceError(400, 'InvalidKey', keyTexts[generation], diagnosis)

/** The vendor's message has the two characters themselves in it. */
export const invalidLineBreak = (field: PemField): Refusal =>
  serviceError(
    400,
    'InvalidLineBreak',
    `'\r' cannot be used as a line break in the ${field} field. Only '\n' or '\r\n' are permitted.`,
    `line-break-refused: ${field}`,
  )

const codesOfFields: Readonly<Record<PemField, string>> = {
  certificate: 'InvalidCert',
  chainCert: 'InvalidChain',
  privateKey: 'InvalidKey',
}

export const lineTooLong = (field: PemField): Refusal =>
  serviceError(
    400,
    codesOfFields[field],
    `A line of the ${field} field is longer than 64 characters.`,
    `line-too-long: ${field}`,
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

export const invalidSharing = (): Refusal =>
  serviceError(
    400,
    'InvalidSharingMethod',
    "An invalid value for sharingMethod was given. Only 'all', 'none', or 'some' is permitted.",
  )

export const sharedWithNobody = (): Refusal =>
  serviceError(400, 'InvalidInput', 'The shareWith cannot be empty.', 'share-with-missing')

export const caOnlyChanged = (): Refusal =>
  serviceError(
    400,
    'InvalidUpdate',
    'Changing caOnly is not permitted. You must create a new certificate.',
    'ca-only-changed',
  )

export const renewedCaOnly = (member: 'autoRenew' | 'forceRenew'): Refusal =>
  serviceError(
    400,
    'InvalidData',
    `The ${member} must be ${member === 'autoRenew' ? 'Off' : 'false'} for a CA only certificate.`,
    `ca-only-with: ${member}`,
  )

export const unwantedForCaOnly = (member: 'privateKey' | 'certificate'): Refusal =>
  serviceError(
    400,
    'InvalidData',
    `The ${member} should not be specified for a CA only certificate.`,
    `ca-only-with: ${member}`,
  )

export const emptyChain = (): Refusal =>
  serviceError(400, 'InvalidChain', 'The chain certificate cannot be empty.', 'chain-missing')

export const inUse = (): Refusal =>
  serviceError(
    409,
    'CertificateInUse',
    'The certificate cannot be deleted because it is in use on production or staging.',
  )

export const versionGone = (version: number): Refusal =>
  serviceError(
    404,
    'InvalidVersion',
    `Version ${version} does not exist (may have already been deleted)`,
    'unknown-version',
  )

export const notTheLatest = (version: number): Refusal =>
  serviceError(
    400,
    'VersionIsNotTheLatest',
    `Trying to delete version ${version} which is not the latest version`,
    'version-not-the-latest',
  )

export const onlyVersion = (): Refusal =>
  serviceError(
    400,
    'CertificateWithOnlyOneVersion',
    'This is the only version in existence. Deleting this version is not allowed.',
    'only-version',
  )

export const versionUsed = (): Refusal =>
  serviceError(409, 'VersionUsed', 'The latest version cannot be deleted because it is in deployment history.')

export const csrOfCaOnly = (): Refusal =>
  serviceError(400, 'InvalidCertType', 'No CSR is available for download for a CA-only certificate.', 'csr-of-ca-only')

/** At the vendor every version has its key, so there are no words of its own for this. */
export const keyNotKnown = (): Refusal =>
  serviceError(
    400,
    'InvalidKey',
    'No CSR is available for download because the private key of the latest version is not known.',
    'key-not-known',
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
