import type { Client } from 'openapi-fetch'
import { expectData } from '../transport/answer.ts'
import type { Call } from '../transport/call.ts'
import type { CallOptions } from '../transport/options.ts'
import type { paths, PropertyVersion } from './api.generated.ts'
import { idInLocation } from './location.ts'

/** Versions of properties, which are the sites of a customer. */
export interface Properties {
  /** One version of a property; `configs.tlsCertificateId` names its certificate. @throws CerttwinError `not_found` */
  getVersion(propertyId: string, version: number, options?: CallOptions): Promise<PropertyVersion>
  /**
   * Adds a version, which changes nothing that is deployed. Take the `configs` of the version before and change what shall be
   * another one. Never repeated after a lost answer.
   *
   * @returns the number of the new version
   */
  createVersion(propertyId: string, configs: Readonly<Record<string, unknown>>, options?: CallOptions): Promise<number>
}

export function createProperties(api: Client<paths>, call: Call): Properties {
  return {
    async getVersion(propertyId, version, options) {
      const params = { path: { propertyId, version } }
      const answer = await call('getPropertyVersion', options, (init) =>
        api.GET('/cdn/properties/{propertyId}/versions/{version}', { params, ...init }),
      )
      return expectData('getPropertyVersion', answer)
    },
    async createVersion(propertyId, configs, options) {
      const params = { path: { propertyId } }
      const answer = await call('createPropertyVersion', options, (init) =>
        api.POST('/cdn/properties/{propertyId}/versions', { params, body: configs, ...init }),
      )
      return Number(idInLocation('createPropertyVersion', 'versions', answer, /\d+/))
    },
  }
}
