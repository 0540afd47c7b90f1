import { fail } from '../errors.ts'
import { parsePublicKeyOfCsr } from '../pkcs10.ts'
import { listOf } from '../transport/answer.ts'
import type { Call } from '../transport/call.ts'
import { poll, type WaitOptions } from '../transport/poll.ts'
import { type CallOptions, invalid } from '../transport/options.ts'
import type { DuplicateEntry, DuplicateRequest } from './api.generated.ts'
import type { Certificates } from './certificates.ts'
import { type Issuance, csrOf, toIssuance } from './issuance.ts'
import { askAndRecover, type RecoveryOptions } from './recovery.ts'
import type { Requests } from './requests.ts'
import type { Routes } from './routes.generated.ts'

/** What became of a request for a duplicate. */
export type Duplicate = Issuance

/** How a duplicate is asked for. */
export interface DuplicateOptions extends RecoveryOptions {
  /** Looks for the duplicate after a lost answer, as long as `deadlineMs` lasts; `false` unless told otherwise. */
  readonly recover?: boolean
}

/** The duplicates of orders: further certificates, each with a key of its own. */
export interface Duplicates {
  /**
   * Requests a duplicate of an order's certificate. Every call that arrives makes a new one, so it is never repeated
   * after a lost answer: then the error's `outcome` is `unknown`, and `list()` tells. With `recover: true` the client looks for the
   * duplicate itself, by the public key of the CSR, and asks again only when it did not come about: give each duplicate a key of its
   * own then.
   *
   * @example
   * ```ts
   * const certificate = { common_name: 'www.example.com', csr, signature_hash: 'sha256' }
   * const duplicate = await digicert.duplicates.create(1234567, { certificate }, { recover: true })
   * ```
   * @throws CerttwinError `invalid_request` when the vendor refuses it, `not_found` when there is no such order, `invalid_options` when
   *   `recover` is asked for and the CSR cannot be read
   * @see https://dev.digicert.com/en/certcentral-apis/services-api/orders/duplicate-certificate.html
   */
  create(orderId: number, request: DuplicateRequest, options?: DuplicateOptions): Promise<Duplicate>
  /**
   * The duplicates of an order, newest first; empty when there are none.
   *
   * @throws CerttwinError `not_found`
   * @see https://dev.digicert.com/en/certcentral-apis/services-api/orders/list-duplicates.html
   */
  list(orderId: number, options?: CallOptions): Promise<readonly DuplicateEntry[]>
  /**
   * The newest duplicate whose CSR has the same public key as the given CSR, in whatever state, or undefined.
   *
   * @throws CerttwinError `not_found`, `invalid_options` when the CSR cannot be read
   */
  findByKey(orderId: number, csr: string, options?: CallOptions): Promise<DuplicateEntry | undefined>
  /**
   * Waits until the duplicate with the public key of the given CSR is issued: where there are several, the newest that was not
   * turned down. A service that fails for a while does not end the wait.
   *
   * @example
   * ```ts
   * const { id } = await digicert.duplicates.waitForIssued(1234567, csr, { deadlineMs: 3_600_000 })
   * ```
   * @throws CerttwinError `rejected` when all of them were turned down, `timeout` when the deadline passes
   */
  waitForIssued(orderId: number, csr: string, options?: WaitOptions): Promise<DuplicateEntry>
}

/** Where else it is read what became of a duplicate. */
interface Others {
  readonly certificates: Pick<Certificates, 'chain'>
  readonly requests: Pick<Requests, 'list' | 'get'>
}

export function createDuplicates(call: Call<Routes>, others: Others): Duplicates {
  const { list, findAllByKey, find } = createSearch(call, others)
  return {
    async create(order_id, body, { recover = false, settleMs, ...options } = {}) {
      const csr = csrOf(body)
      const message = { path: { order_id }, body, secrets: [csr] }
      const ask = (how: CallOptions): Promise<Duplicate> =>
        call('requestDuplicate POST /order/certificate/{order_id}/duplicate', message, how, toIssuance)
      if (!recover) return ask(options)
      requireKey(csr)
      // A blind repeat would come before the search, and make another one.
      const once = (limits: CallOptions): Promise<Duplicate> =>
        ask({ ...limits, retry: { ...options.retry, unsafe: false } })
      return askAndRecover(call.settings, once, (limits) => find(order_id, csr, limits), { settleMs, ...options })
    },
    list: (orderId, options) => list(orderId, options),
    findByKey: async (...request) => (await findAllByKey(...request))[0],
    waitForIssued: (orderId, csr, options = {}) =>
      poll(
        call.settings,
        `The duplicate of order ${orderId}`,
        async (limits) => issuedOnly(await findAllByKey(orderId, csr, limits)),
        options,
      ),
  }
}

/** The duplicates of an order, all of them or by their keys. */
interface Search {
  readonly list: (orderId: number, options?: CallOptions, secrets?: string[]) => Promise<readonly DuplicateEntry[]>
  /** Newest first, in whatever state. */
  readonly findAllByKey: (orderId: number, csr: string, options?: CallOptions) => Promise<DuplicateEntry[]>
  /** What became of the newest one that was not turned down; undefined when there is none. */
  readonly find: (orderId: number, csr: string, options: CallOptions) => Promise<Duplicate | undefined>
}

function createSearch(call: Call<Routes>, { certificates, requests }: Others): Search {
  const list: Search['list'] = (order_id, options, secrets = []) => {
    const message = { path: { order_id }, secrets }
    return call('listDuplicates GET /order/certificate/{order_id}/duplicate', message, options, listOf('certificates'))
  }

  const findAllByKey: Search['findAllByKey'] = async (orderId, csr, options) => {
    const key = requireKey(csr)
    const entries = await list(orderId, options, [csr])
    return entries.filter(({ csr: sent }) => typeof sent === 'string' && parsePublicKeyOfCsr(sent) === key)
  }

  /** The requests for approval that are about the key; the list does not show it, each single one does. */
  const findRequests = async (orderId: number, csr: string, options: CallOptions): Promise<{ id: number }[]> => {
    const found: { id: number }[] = []
    for await (const { id, order } of requests.list({
      ...options,
      filters: { type: 'duplicate', status: 'pending' },
    })) {
      if (order.id !== orderId) continue
      const { certificate } = (await requests.get(id, options)).order
      if (parsePublicKeyOfCsr(certificate.csr ?? '') === requireKey(csr)) found.push({ id })
    }
    return found
  }

  return {
    list,
    findAllByKey,
    async find(id, csr, options) {
      const entry = (await findAllByKey(id, csr, options)).find(isAlive)
      if (entry === undefined) return undefined
      const { status, id: certificate_id } = entry
      if (status === 'pending') return { state: 'pending', id, requests: await findRequests(id, csr, options) }
      if (!isIssued(entry)) return { state: 'processing', id, certificate_id }
      const certificate_chain = await certificates.chain(certificate_id, options)
      return { state: 'issued', id, certificate_id, certificate_chain }
    },
  }
}

/** @throws CerttwinError `invalid_options` */
function requireKey(csr: string): string {
  const key = parsePublicKeyOfCsr(csr)
  if (key !== undefined) return key
  throw invalid('The CSR cannot be parsed.')
}

function isAlive({ status }: DuplicateEntry): boolean {
  return status !== 'rejected'
}

/** The vendor lists an issued duplicate as `approved`; `issued` is in its list of values all the same. */
function isIssued({ status }: DuplicateEntry): boolean {
  return status === 'approved' || status === 'issued'
}

function issuedOnly(entries: readonly DuplicateEntry[]): DuplicateEntry | undefined {
  const entry = entries.find(isAlive)
  if (entry === undefined && entries.length > 0)
    throw fail('rejected', `The duplicate ${entries[0]!.id} was rejected by an approver.`)
  return entry && isIssued(entry) ? entry : undefined
}
