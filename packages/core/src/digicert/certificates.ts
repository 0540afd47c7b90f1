import type { Client } from 'openapi-fetch'
import { splitPem } from '../pem.ts'
import { type Answer, expectList, unexpected } from '../transport/answer.ts'
import type { Init } from '../transport/attempt.ts'
import type { Call } from '../transport/call.ts'
import type { CallOptions } from '../transport/options.ts'
import type { CertificateChainEntry, Intermediate, paths } from './api.generated.ts'
import { type Revocation, type RevocationOptions, toRevocation, toRevocationBody } from './revocation.ts'

/** How certificates are packed into a file; the vendor may know more. */
export type DownloadFormat =
  | 'pem_all'
  | 'pem_noroot'
  | 'pem_nointermediate'
  | 'p7b'
  | 'cer'
  | 'der'
  | 'default'
  | 'default_pem'
  | 'default_cer'
  | 'apache'
  | (string & {})

/** Which certificate of an order is wanted, and how. */
export interface OrderFileOptions extends CallOptions {
  /** As the server software wants it that the certificate was requested for, unless told. */
  readonly format?: DownloadFormat
  /** The place of a duplicate on the order, for instance `001`; the primary certificate unless told. */
  readonly subId?: string
}

/** What a file is to be fit for. */
export interface PlatformOptions extends CallOptions {
  /** The server software; that which the certificate was requested for unless told. */
  readonly platformId?: number
}

/** Issued certificates, primary ones and duplicates. All of it throws `not_found` while a certificate is not issued. */
export interface Certificates {
  /**
   * Downloads a certificate with its chain.
   *
   * @returns PEM texts: leaf, intermediate, root
   * @throws CerttwinError `not_found`, `unexpected_response` when the answer holds no PEM
   * @example
   * ```ts
   * const [leaf, ...chain] = await digicert.certificates.download(entry.id)
   * ```
   */
  download(certificateId: number, options?: CallOptions): Promise<readonly string[]>
  /** Downloads a certificate as a file. @throws CerttwinError `invalid_request` for a format that is not offered */
  file(certificateId: number, format: DownloadFormat, options?: CallOptions): Promise<Uint8Array>
  /** Downloads a certificate as a file that its server software takes. */
  fileForPlatform(certificateId: number, options?: PlatformOptions): Promise<Uint8Array>
  /** Downloads the primary certificate of an order, or one of its duplicates, as a file. */
  fileOfOrder(orderId: number, options?: OrderFileOptions): Promise<Uint8Array>
  /**
   * Revokes one certificate, by its id or its serial number; its order stays active. It is not repeated after a lost answer, unless
   * `retry.unsafe` allows it.
   *
   * @throws CerttwinError `not_found`, `forbidden`, `invalid_request` when it is revoked already
   */
  revoke(identifier: number | string, options?: RevocationOptions): Promise<Revocation>
  /** Hides a certificate in lists; primary ones cannot be. */
  archive(certificateId: number, options?: CallOptions): Promise<void>
  /** The certificate with its chain as an answer, leaf first. */
  chain(certificateId: number, options?: CallOptions): Promise<readonly CertificateChainEntry[]>
  /** The intermediates that can be named as `ca_cert_id`. */
  intermediates(options?: CallOptions): Promise<readonly Intermediate[]>
}

export function createCertificates(api: Client<paths>, call: Call): Certificates {
  return { ...createFiles(api, call), ...createChains(api, call), ...createChanges(api, call) }
}

type Files = Pick<Certificates, 'file' | 'fileForPlatform' | 'fileOfOrder'>
type Changes = Pick<Certificates, 'revoke' | 'archive'>

function createFiles(api: Client<paths>, call: Call): Files {
  const binary = { parseAs: 'arrayBuffer' } as const
  return {
    async file(certificateId, format, options) {
      const params = { path: { certificate_id: certificateId, format_type: format } }
      const operation = 'downloadCertificate'
      const answer = await call(operation, options, (init) =>
        api.GET('/certificate/{certificate_id}/download/format/{format_type}', { params, ...binary, ...init }),
      )
      return toBytes(operation, answer)
    },
    async fileForPlatform(certificateId, { platformId, ...options } = {}) {
      const path = { certificate_id: certificateId }
      if (platformId === undefined) {
        const operation = 'downloadCertificateForItsPlatform'
        const run = (init: Init) =>
          api.GET('/certificate/{certificate_id}/download/platform', { params: { path }, ...binary, ...init })
        return toBytes(operation, await call(operation, options, run))
      }
      const operation = 'downloadCertificateForPlatform'
      const params = { path: { ...path, platform_id: platformId } }
      const answer = await call(operation, options, (init) =>
        api.GET('/certificate/{certificate_id}/download/platform/{platform_id}', { params, ...binary, ...init }),
      )
      return toBytes(operation, answer)
    },
    async fileOfOrder(orderId, { format, subId, ...options } = {}) {
      const path = { order_id: orderId }
      const query = subId === undefined ? {} : { sub_id: subId }
      if (format === undefined) {
        const operation = 'downloadOrderCertificate'
        const params = { path, query }
        const run = (init: Init) => api.GET('/certificate/download/order/{order_id}', { params, ...binary, ...init })
        return toBytes(operation, await call(operation, options, run))
      }
      const operation = 'downloadOrderCertificateInFormat'
      const params = { path: { ...path, format_type: format }, query }
      const answer = await call(operation, options, (init) =>
        api.GET('/certificate/download/order/{order_id}/format/{format_type}', { params, ...binary, ...init }),
      )
      return toBytes(operation, answer)
    },
  }
}

function createChanges(api: Client<paths>, call: Call): Changes {
  return {
    async revoke(identifier, { comments, reason, skipApproval, ...options } = {}) {
      const params = { path: { certificate_identifier: String(identifier) } }
      const body = toRevocationBody({ comments, reason, skipApproval })
      const answer = await call('revokeCertificate', options, (init) =>
        api.PUT('/certificate/{certificate_identifier}/revoke', { params, body, ...init }),
      )
      return toRevocation('revokeCertificate', answer)
    },
    async archive(certificateId, options) {
      const params = { path: { certificate_id: certificateId } }
      await call('archiveCertificate', options, (init) =>
        api.PUT('/certificate/{certificate_id}/archive', { params, ...init }),
      )
    },
  }
}

function createChains(api: Client<paths>, call: Call): Omit<Certificates, keyof Files | keyof Changes> {
  return {
    async download(certificateId, options) {
      const operation = 'downloadCertificate'
      const params = { path: { certificate_id: certificateId, format_type: 'pem_all' } }
      const answer = await call(operation, options, (init) =>
        api.GET('/certificate/{certificate_id}/download/format/{format_type}', { params, parseAs: 'text', ...init }),
      )
      const chain = splitPem(answer.data ?? '')
      if (chain.length > 0) return chain
      throw unexpected(operation, 'the answer holds no PEM certificate.')
    },
    async chain(certificateId, options) {
      const params = { path: { certificate_id: certificateId } }
      const answer = await call('getCertificateChain', options, (init) =>
        api.GET('/certificate/{certificate_id}/chain', { params, ...init }),
      )
      return expectList('getCertificateChain', answer, 'intermediates')
    },
    async intermediates(options) {
      const answer = await call('listIntermediates', options, (init) => api.GET('/certificate/intermediates', init))
      return expectList('listIntermediates', answer, 'intermediates')
    },
  }
}

/** @throws CerttwinError `unexpected_response` for an empty file, or a web page */
function toBytes(operation: string, { data, response }: Answer<ArrayBuffer>): Uint8Array {
  // Some proxies answer with a page of their own, and that must not pass for a certificate.
  if (/^text\/html\b/i.test(response.headers.get('Content-Type') ?? ''))
    throw unexpected(operation, 'the answer is a web page.', response.status)
  if (data !== undefined && data.byteLength > 0) return new Uint8Array(data)
  throw unexpected(operation, 'the answer has no body that the contract knows.', response.status)
}
