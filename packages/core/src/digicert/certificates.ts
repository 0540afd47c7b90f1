import { splitPem } from '../pem.ts'
import { type Answer, listOf, type Read, toNothing, unexpected } from '../transport/answer.ts'
import type { Call } from '../transport/call.ts'
import type { CallOptions } from '../transport/options.ts'
import type { CertificateChainEntry, Intermediate } from './api.generated.ts'
import { revoke, type Revocation, type RevocationOptions } from './revocation.ts'
import type { Routes } from './routes.generated.ts'

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

export function createCertificates(call: Call<Routes>): Certificates {
  return {
    ...createFiles(call),
    revoke: (identifier, options) => {
      const path = { certificate_identifier: identifier }
      return revoke(call, 'revokeCertificate PUT /certificate/{certificate_identifier}/revoke', path, options)
    },
    archive: (certificate_id, options) =>
      call(
        'archiveCertificate PUT /certificate/{certificate_id}/archive',
        { path: { certificate_id } },
        options,
        toNothing,
      ),
    chain: (certificate_id, options) => {
      const message = { path: { certificate_id } }
      return call(
        'getCertificateChain GET /certificate/{certificate_id}/chain',
        message,
        options,
        listOf('intermediates'),
      )
    },
    intermediates: (options) =>
      call('listIntermediates GET /certificate/intermediates', {}, options, listOf('intermediates')),
  }
}

type Files = Pick<Certificates, 'download' | 'file' | 'fileForPlatform' | 'fileOfOrder'>

function createFiles(call: Call<Routes>): Files {
  const as = 'arrayBuffer'
  const get = <Value>(read: Read<unknown, Value>, id: number, format_type: string, options?: CallOptions) => {
    const message = { path: { certificate_id: id, format_type }, as } as const
    const route = 'downloadCertificate GET /certificate/{certificate_id}/download/format/{format_type}'
    return call(route, message, options, read)
  }
  return {
    download: (certificateId, options) => get(toChain, certificateId, 'pem_all', options),
    file: (certificateId, format, options) => get(toFile, certificateId, format, options),
    fileForPlatform(certificate_id, { platformId, ...options } = {}) {
      const route =
        platformId === undefined
          ? 'downloadCertificateForItsPlatform GET /certificate/{certificate_id}/download/platform'
          : 'downloadCertificateForPlatform GET /certificate/{certificate_id}/download/platform/{platform_id}'
      return call(route, { path: { certificate_id, platform_id: platformId! }, as }, options, toFile)
    },
    fileOfOrder(order_id, { format, subId, ...options } = {}) {
      const route =
        format === undefined
          ? 'downloadOrderCertificate GET /certificate/download/order/{order_id}'
          : 'downloadOrderCertificateInFormat GET /certificate/download/order/{order_id}/format/{format_type}'
      return call(route, { path: { order_id, format_type: format! }, query: { sub_id: subId }, as }, options, toFile)
    },
  }
}

/** @throws CerttwinError `unexpected_response` when there is none in the file */
function toChain(answer: Answer<unknown>): readonly string[] {
  const chain = splitPem(new TextDecoder().decode(toFile(answer)))
  if (chain.length > 0) return chain
  throw unexpected('no PEM certificate')
}

/** @throws CerttwinError `unexpected_response` for an empty file, or a web page */
function toFile({ data, response }: Answer<unknown>): Uint8Array {
  // Some proxies answer with a page of their own, and that must not pass for a certificate.
  if (/^text\/html\b/i.test(response.headers.get('Content-Type') ?? '')) throw unexpected('a web page')
  if (data instanceof ArrayBuffer && data.byteLength > 0) return new Uint8Array(data)
  throw unexpected('an empty file')
}
