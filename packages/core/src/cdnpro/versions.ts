import type { Client } from 'openapi-fetch'
import { type Call, expectData } from '../transport/call.ts'
import type { CallOptions } from '../transport/transport.ts'
import type { CertificateVersion, paths } from './api.generated.ts'

export interface Versions {
  /**
   * Reads one version of a certificate: names, validity, key, fingerprint, and where it is live.
   *
   * @throws CerttwinError `not_found` when there is no such certificate or version
   * @see https://open.chinanetcenter.com/cdn/certificates/{certificateID}/versions/{version} (documented)
   */
  get(certificateId: string, version: number, options?: CallOptions): Promise<CertificateVersion>
}

export function createVersions(api: Client<paths>, call: Call): Versions {
  return {
    async get(certificateId, version, options = {}) {
      const answer = await call('getCertificateVersion', () =>
        api.GET('/cdn/certificates/{certificateId}/versions/{version}', {
          params: { path: { certificateId, version } },
          ...options,
        }),
      )
      return expectData('getCertificateVersion', answer)
    },
  }
}
