import { CerttwinError } from '../errors.ts'
import type { Call } from '../transport/call.ts'
import { poll, type WaitOptions } from '../transport/poll.ts'
import type { CallOptions } from '../transport/options.ts'
import type { operations, Validation } from './api.generated.ts'
import { idInLocation } from './location.ts'

/** Checks of versions of properties. */
export interface Validations {
  /**
   * Has a version of a property checked. Never repeated after a lost answer.
   *
   * @returns the id of the validation
   */
  create(propertyId: string, version: number, options?: CallOptions): Promise<string>
  /** A validation as it stands now. @throws CerttwinError `not_found` */
  get(validationId: string, options?: CallOptions): Promise<Validation>
  /**
   * Waits for the end of a validation.
   *
   * @throws CerttwinError `validation_failed` when it ends without success, `timeout` when the deadline passes
   */
  waitForSuccess(validationId: string, options?: WaitOptions): Promise<Validation>
}

export function createValidations(call: Call<operations>): Validations {
  const get: Validations['get'] = (validationId, options) => call('getValidation', { path: { validationId } }, options)
  return {
    create: (propertyId, version, options) =>
      call('createValidation', { body: { propertyId, version } }, options, idInLocation('validations')),
    get,
    waitForSuccess: (validationId, options = {}) =>
      poll(
        call,
        `The end of validation ${validationId}`,
        async (limits) => passedOnly(await get(validationId, limits)),
        options,
      ),
  }
}

function passedOnly(validation: Validation): Validation | undefined {
  const { id, status, statusDetails = 'no details' } = validation
  if (status === 'succeeded') return validation
  if (status !== 'failed') return undefined
  const message = `Validation ${id} ended as ${status}: ${statusDetails}.`
  throw new CerttwinError({ code: 'validation_failed', message })
}
