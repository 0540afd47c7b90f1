import type { Client } from 'openapi-fetch'
import { splitPem } from '../pem.ts'
import { type Call, expectData, unexpected } from '../transport/call.ts'
import type { CallOptions } from '../transport/transport.ts'
import type { paths } from './api.generated.ts'

export interface Certificates {
  /**
   * Downloads a certificate with its chain.
   *
   * @returns PEM texts: leaf, intermediate, root
   * @throws CerttwinError `not_found` while the certificate is not issued
   */
  download(certificateId: number, options?: CallOptions): Promise<readonly string[]>
}

export function createCertificates(api: Client<paths>, call: Call): Certificates {
  return {
    async download(certificateId, options = {}) {
      const operation = 'downloadCertificate'
      const path = { certificate_id: certificateId, format_type: 'pem_all' }
      const answer = await call(operation, () =>
        api.GET('/certificate/{certificate_id}/download/format/{format_type}', {
          params: { path },
          parseAs: 'text',
          ...options,
        }),
      )
      const chain = splitPem(expectData(operation, answer))
      if (chain.length > 0) return chain
      throw unexpected(operation, 'the answer holds no PEM certificate.')
    },
  }
}
