import { type Refusal, serviceError } from '../errors.ts'

// All assumed, after the pattern of certificates.

export const unknownProperty = (): Refusal =>
  serviceError(404, 'InvalidPropertyId', 'The specified property ID does not exist.', 'unknown-property')

export const unknownPropertyVersion = (propertyId: string, version: number): Refusal =>
  serviceError(
    404,
    'InvalidPropertyVersion',
    `The specified version ${version} of property ${propertyId} does not exist.`,
    'unknown-property-version',
  )

export const unknownValidation = (): Refusal =>
  serviceError(404, 'InvalidValidationId', 'The specified validation ID does not exist.', 'unknown-validation')

export const configsTooDeep = (): Refusal =>
  serviceError(400, 'InvalidInput', 'We could not fulfill your request. Please check your input.', 'configs-too-deep')
