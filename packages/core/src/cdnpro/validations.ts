import type { Client } from 'openapi-fetch'
import { CerttwinError } from '../errors.ts'
import { expectData } from '../transport/answer.ts'
import type { Call } from '../transport/call.ts'
import { poll, type WaitOptions } from '../transport/poll.ts'
import type { CallOptions } from '../transport/options.ts'
import type { paths, Validation } from './api.generated.ts'
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

export function createValidations(api: Client<paths>, call: Call): Validations {
  const get: Validations['get'] = async (validationId, options) => {
    const params = { path: { validationId } }
    const answer = await call('getValidation', options, (init) =>
      api.GET('/cdn/validations/{validationId}', { params, ...init }),
    )
    return expectData('getValidation', answer)
  }
  return {
    async create(propertyId, version, options) {
      const body = { propertyId, version }
      const answer = await call('createValidation', options, (init) => api.POST('/cdn/validations', { body, ...init }))
      return idInLocation('createValidation', 'validations', answer)
    },
    get,
    waitForSuccess(validationId, options = {}) {
      const look = async (limits: CallOptions): Promise<Validation | undefined> =>
        passedOnly(await get(validationId, limits))
      return poll(`The end of validation ${validationId}`, look, options)
    },
  }
}

function passedOnly(validation: Validation): Validation | undefined {
  const { id, status, statusDetails = 'no details' } = validation
  if (status === 'succeeded') return validation
  if (status !== 'failed') return undefined
  const message = `Validation ${id} ended as ${status}: ${statusDetails}.`
  throw new CerttwinError({ code: 'validation_failed', message })
}
