import type { Client } from 'openapi-fetch'
import { expectData, expectList } from '../transport/answer.ts'
import type { Init } from '../transport/attempt.ts'
import type { Call } from '../transport/call.ts'
import { eachOfPages, type ListOptions, type PageQuery } from '../transport/pages.ts'
import type { CallOptions } from '../transport/options.ts'
import type {
  Certificate,
  CertificateEntry,
  CertificateSigningRequest,
  CreateCertificate,
  NewVersion,
  operations,
  paths,
  UpdateCertificate,
} from './api.generated.ts'
import { idInLocation } from './location.ts'
import { isKeyWord, requireSendableVersion } from './private-key.ts'

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
   * @throws CerttwinError `invalid_options` when the private key is none, or stands among the certificates; `conflict` when
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
   * @throws CerttwinError `not_found`; `invalid_options` when the private key is none, or stands among the certificates
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

export function createCertificates(api: Client<paths>, call: Call): Certificates {
  return { ...createReads(api, call), ...createChanges(api, call) }
}

type Reads = Pick<Certificates, 'list' | 'page' | 'get' | 'downloadCsr'>

function createReads(api: Client<paths>, call: Call): Reads {
  const operation = 'listCertificates'
  const list = ({ filters, sortBy, sortOrder }: CertificateQuery, page: PageQuery, init: Init) => {
    const query: Query = { ...filters, ...page, ...(sortBy && { sortBy }), ...(sortOrder && { sortOrder }) }
    return api.GET('/cdn/certificates', { params: { query }, ...init })
  }
  return {
    list: (query = {}) =>
      eachOfPages(call, {
        operation,
        name: 'certificates',
        run: (page, init) => list(query, page, init),
        pageSize: query.pageSize,
        options: query,
      }),
    async page({ offset, ...options } = {}) {
      const page = {
        ...(offset !== undefined && { offset }),
        ...(options.pageSize !== undefined && { limit: options.pageSize }),
      }
      const answer = await call(operation, options, (init) => list(options, page, init))
      return { certificates: expectList(operation, answer, 'certificates'), count: expectData(operation, answer).count }
    },
    async get(certificateId, options) {
      const params = { path: { certificateId } }
      const answer = await call('getCertificate', options, (init) =>
        api.GET('/cdn/certificates/{certificateId}', { params, ...init }),
      )
      return expectData('getCertificate', answer)
    },
    async downloadCsr(certificateId, { dcv, ...options } = {}) {
      const params = { path: { certificateId }, query: dcv === undefined ? {} : { dcv } }
      const answer = await call('downloadCsr', options, (init) =>
        api.GET('/cdn/certificates/{certificateId}/csr', { params, ...init }),
      )
      return expectData('downloadCsr', answer)
    },
  }
}

function createChanges(api: Client<paths>, call: Call): Omit<Certificates, keyof Reads> {
  return {
    async create(body, options) {
      requireSendableVersion(body.newVersion)
      const answer = await call('createCertificate', { ...options, secrets: secretsOf(body.newVersion) }, (init) =>
        api.POST('/cdn/certificates', { body, ...init }),
      )
      return idInLocation('createCertificate', 'certificates', answer)
    },
    async update(certificateId, body, options) {
      requireSendableVersion(body.newVersion)
      const params = { path: { certificateId } }
      const answer = await call('updateCertificate', { ...options, secrets: secretsOf(body.newVersion) }, (init) =>
        api.PATCH('/cdn/certificates/{certificateId}', { params, body, ...init }),
      )
      return body.newVersion === undefined
        ? undefined
        : Number(idInLocation('updateCertificate', 'versions', answer, /\d+/))
    },
    async delete(certificateId, options) {
      const params = { path: { certificateId } }
      await call('deleteCertificate', options, (init) =>
        api.DELETE('/cdn/certificates/{certificateId}', { params, ...init }),
      )
    },
  }
}

function secretsOf(version: NewVersion | undefined): string[] {
  return version?.privateKey === undefined || isKeyWord(version.privateKey) ? [] : [version.privateKey]
}
