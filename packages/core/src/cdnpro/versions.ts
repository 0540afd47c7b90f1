import type { Client } from 'openapi-fetch'
import { expectData } from '../transport/answer.ts'
import type { Call } from '../transport/call.ts'
import type { CallOptions } from '../transport/options.ts'
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
      const answer = await call('getCertificateVersion', options, (init) =>
        api.GET('/cdn/certificates/{certificateId}/versions/{version}', {
          params: { path: { certificateId, version } },
          ...init,
        }),
      )
      return expectData('getCertificateVersion', answer)
    },
  }
}
