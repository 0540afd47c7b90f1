import { toNothing } from '../transport/answer.ts'
import type { Call } from '../transport/call.ts'
import type { CallOptions } from '../transport/options.ts'
import type { CertificateVersion } from './api.generated.ts'
import type { Routes } from './routes.generated.ts'

/** Single versions of certificates. */
export interface Versions {
  /**
   * Reads one version of a certificate: names, validity, key, fingerprint, and where it is live. The word `latest` is taken by
   * generation `current` of the service, and refused by that of 2023.
   *
   * @example
   * ```ts
   * const { fingerprint, inProduction } = await cdnpro.versions.get('9fddeb2fea3ed5b52d89d81d', 1)
   * ```
   * @throws CerttwinError `not_found` when there is no such certificate or version
   * @see https://open.chinanetcenter.com/cdn/certificates/{certificateID}/versions/{version} (documented)
   */
  get(certificateId: string, version: number | 'latest', options?: CallOptions): Promise<CertificateVersion>
  /**
   * Deletes the latest version of a certificate, unless it is the only one or was ever live; the next one gets its number. Since 2025.
   *
   * @throws CerttwinError `invalid_request` when it is not the latest one, `conflict` when it was live
   */
  delete(certificateId: string, version: number, options?: CallOptions): Promise<void>
}

export function createVersions(call: Call<Routes>): Versions {
  return {
    get: (certificateId, version, options) =>
      call(
        'getCertificateVersion GET /cdn/certificates/{certificateId}/versions/{version}',
        { path: { certificateId, version } },
        options,
      ),
    delete: (certificateId, version, options) =>
      call(
        'deleteCertificateVersion DELETE /cdn/certificates/{certificateId}/versions/{version}',
        { path: { certificateId, version } },
        options,
        toNothing,
      ),
  }
}
