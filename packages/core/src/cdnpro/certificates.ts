import type { Client } from 'openapi-fetch'
import { expectData } from '../transport/answer.ts'
import type { Call } from '../transport/call.ts'
import type { CallOptions } from '../transport/options.ts'
import type { Certificate, CreateCertificate, paths, UpdateCertificate } from './api.generated.ts'
import { idInLocation } from './location.ts'
import { requireSendableVersion } from './private-key.ts'

export interface Certificates {
  /**
   * Stores a certificate with its first version. `newVersion.privateKey` is the key as PEM: it is encrypted before it
   * leaves. Never repeated after a lost answer.
   *
   * @returns the id of the new certificate
   * @throws CerttwinError `invalid_options` when the private key is none, or stands among the certificates
   */
  create(certificate: CreateCertificate, options?: CallOptions): Promise<string>
  /**
   * Changes settings, and adds a version where `newVersion` is given; the private key as in `create`.
   *
   * @returns the number of the new version, or undefined when only settings changed
   */
  update(certificateId: string, changes: UpdateCertificate, options?: CallOptions): Promise<number | undefined>
  /** A certificate with the list of its versions. */
  get(certificateId: string, options?: CallOptions): Promise<Certificate>
}

export function createCertificates(api: Client<paths>, call: Call): Certificates {
  return {
    async create(body, options = {}) {
      requireSendableVersion(body.newVersion)
      const answer = await call('createCertificate', options, (init) =>
        api.POST('/cdn/certificates', { body, ...init }),
      )
      return idInLocation('createCertificate', 'certificates', answer)
    },
    async update(certificateId, body, options = {}) {
      requireSendableVersion(body.newVersion)
      const answer = await call('updateCertificate', options, (init) =>
        api.PATCH('/cdn/certificates/{certificateId}', { params: { path: { certificateId } }, body, ...init }),
      )
      return body.newVersion === undefined
        ? undefined
        : Number(idInLocation('updateCertificate', 'versions', answer, /\d+/))
    },
    async get(certificateId, options = {}) {
      const answer = await call('getCertificate', options, (init) =>
        api.GET('/cdn/certificates/{certificateId}', { params: { path: { certificateId } }, ...init }),
      )
      return expectData('getCertificate', answer)
    },
  }
}
