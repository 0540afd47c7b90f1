import type { Call } from '../transport/call.ts'
import type { WaitOptions } from '../transport/poll.ts'
import type { CallOptions } from '../transport/options.ts'
import type { Validation } from './api.generated.ts'
import { idInLocation } from './location.ts'
import type { Routes } from './routes.generated.ts'
import { waitForEnd } from './wait-for-end.ts'

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

export function createValidations(call: Call<Routes>): Validations {
  const get: Validations['get'] = (validationId, options) =>
    call('getValidation GET /cdn/validations/{validationId}', { path: { validationId } }, options)
  return {
    create: (propertyId, version, options) =>
      call(
        'createValidation POST /cdn/validations',
        { body: { propertyId, version } },
        options,
        idInLocation('validations'),
      ),
    get,
    waitForSuccess: (id, options) =>
      waitForEnd(call.settings, `validation ${id}`, 'validation_failed', (limits) => get(id, limits), options),
  }
}
