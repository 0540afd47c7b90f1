import { toNothing } from '../transport/answer.ts'
import type { Call } from '../transport/call.ts'
import type { ListOptions, PageQuery } from '../transport/pages.ts'
import type { CallOptions } from '../transport/options.ts'
import type {
  Certificate,
  CertificateEntry,
  CertificateSigningRequest,
  CreateCertificate,
  operations,
  UpdateCertificate,
} from './api.generated.ts'
import { createList } from './lists.ts'
import { idInLocation, numberInLocation } from './location.ts'
import { secretsOf } from './private-key.ts'
import type { Routes } from './routes.generated.ts'

type Query = NonNullable<operations['listCertificates']['parameters']['query']>

/** What a list of certificates is narrowed down to, and sorted by. */
export interface CertificateQuery extends ListOptions {
  /** `search` is part of a name in any case. */
  readonly filters?: Omit<Query, keyof PageQuery | 'sortBy' | 'sortOrder'>
  /** `lastUpdateTime` unless told; certificates without such a time come last. */
  readonly sortBy?: NonNullable<Query['sortBy']>
  /** `desc` unless told. */
  readonly sortOrder?: 'asc' | 'desc'
}

/** One page of certificates, and how many there are in all. */
export interface CertificatePage {
  /** Those of the page, in the order that was asked for. */
  readonly certificates: readonly CertificateEntry[]
  /** How many the whole list has. */
  readonly count: number
}

/** What comes with a signing request. */
export interface CsrOptions extends CallOptions {
  /** Asks also for the file that proves to this authority who controls the host names. */
  readonly dcv?: 'sectigo'
}

/** The certificates of a customer: names, each with versions. */
export interface Certificates {
  /**
   * Stores a certificate with its first version. `newVersion.privateKey` is the key as PEM: it is encrypted before it
   * leaves. Never repeated after a lost answer.
   *
   * @returns the id of the new certificate
   * @example
   * ```ts
   * const id = await cdnpro.certificates.create({ name: 'shop', newVersion: { certificate, chainCert, privateKey } })
   * ```
   * @throws CerttwinError `invalid_options` when the private key is none, or stands somewhere else; `conflict` when
   *   the name is taken
   */
  create(certificate: CreateCertificate, options?: CallOptions): Promise<string>
  /** The certificates of the customer, page after page. One that is changed meanwhile moves the others. */
  list(query?: CertificateQuery): AsyncIterable<CertificateEntry>
  /** One page of that list. */
  page(query?: CertificateQuery & { readonly offset?: number }): Promise<CertificatePage>
  /** A certificate with the list of its versions. @throws CerttwinError `not_found` */
  get(certificateId: string, options?: CallOptions): Promise<Certificate>
  /**
   * Changes settings, and adds a version where `newVersion` is given; the private key as in `create`. What the version lacks comes
   * from the latest one, so that a renewed certificate needs no key.
   *
   * @returns the number of the new version, or undefined when only settings changed
   * @throws CerttwinError `not_found`; `invalid_options` when the private key is none, or stands somewhere else
   */
  update(certificateId: string, changes: UpdateCertificate, options?: CallOptions): Promise<number | undefined>
  /**
   * Deletes a certificate with all its versions.
   *
   * @throws CerttwinError `conflict` while a version of it is live somewhere
   */
  delete(certificateId: string, options?: CallOptions): Promise<void>
  /**
   * A signing request for the latest version, signed with its key: what an authority issues for it can be uploaded by `update()`
   * without a key.
   *
   * @example
   * ```ts
   * const { csr } = await cdnpro.certificates.downloadCsr(id)
   * ```
   */
  downloadCsr(certificateId: string, options?: CsrOptions): Promise<CertificateSigningRequest>
}

export function createCertificates(call: Call<Routes>): Certificates {
  const list = createList(call, 'listCertificates GET /cdn/certificates', 'certificates')
  return {
    async create(body, options) {
      const message = { body, secrets: secretsOf(body) }
      return call('createCertificate POST /cdn/certificates', message, options, idInLocation('certificates'))
    },
    list: list.each,
    async page(query) {
      const { entries, total } = await list.page(query)
      return { certificates: entries, count: total }
    },
    get: (certificateId, options) =>
      call('getCertificate GET /cdn/certificates/{certificateId}', { path: { certificateId } }, options),
    async update(certificateId, body, options) {
      const message = { path: { certificateId }, body, secrets: secretsOf(body) }
      return call(
        'updateCertificate PATCH /cdn/certificates/{certificateId}',
        message,
        options,
        (answer) => body.newVersion && numberInLocation(answer),
      )
    },
    delete: (certificateId, options) =>
      call(
        'deleteCertificate DELETE /cdn/certificates/{certificateId}',
        { path: { certificateId } },
        options,
        toNothing,
      ),
    downloadCsr: (certificateId, { dcv, ...options } = {}) =>
      call(
        'downloadCsr GET /cdn/certificates/{certificateId}/csr',
        { path: { certificateId }, query: { dcv } },
        options,
      ),
  }
}
