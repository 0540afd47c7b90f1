import type { Call } from '../transport/call.ts'
import type { CallOptions } from '../transport/options.ts'
import type { PropertyVersion } from './api.generated.ts'
import { numberInLocation } from './location.ts'
import type { Routes } from './routes.generated.ts'

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

export function createProperties(call: Call<Routes>): Properties {
  return {
    getVersion: (propertyId, version, options) =>
      call(
        'getPropertyVersion GET /cdn/properties/{propertyId}/versions/{version}',
        { path: { propertyId, version } },
        options,
      ),
    createVersion: (propertyId, body, options) =>
      call(
        'createPropertyVersion POST /cdn/properties/{propertyId}/versions',
        { path: { propertyId }, body },
        options,
        numberInLocation,
      ),
  }
}
