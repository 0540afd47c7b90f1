import { CerttwinError } from '../errors.ts'
import { parsePublicKeyOfCsr } from '../pkcs10.ts'
import { listOf } from '../transport/answer.ts'
import type { Call } from '../transport/call.ts'
import { poll, type WaitOptions } from '../transport/poll.ts'
import { type CallOptions, invalid } from '../transport/options.ts'
import type { DuplicateEntry, DuplicateRequest, operations } from './api.generated.ts'
import { type Issuance, toIssuance } from './issuance.ts'
import { createRecovering, type RecoveryOptions, type RecoverySteps } from './recovery.ts'

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

export function createDuplicates(call: Call<operations>, others: Omit<RecoverySteps, 'findAllByKey'>): Duplicates {
  const path = (orderId: number) => ({ order_id: orderId })
  const list = (orderId: number, options?: CallOptions, secrets: string[] = []) =>
    call('listDuplicates', { path: path(orderId), secrets }, options, listOf('certificates'))
  const findAllByKey = async (orderId: number, csr: string, options?: CallOptions): Promise<DuplicateEntry[]> => {
    const key = requireKey(csr)
    const entries = await list(orderId, options, [csr])
    return entries.filter(({ csr: sent }) => typeof sent === 'string' && parsePublicKeyOfCsr(sent) === key)
  }
  return {
    async create(orderId, body, { recover = false, settleMs, ...options } = {}) {
      const { csr } = body.certificate
      const ask = (how: CallOptions): Promise<Duplicate> =>
        call('requestDuplicate', { path: path(orderId), body, secrets: [csr] }, how, toIssuance)
      if (!recover) return ask(options)
      requireKey(csr)
      // A blind repeat would come before the search, and make another one.
      const once = (limits: CallOptions): Promise<Duplicate> =>
        ask({ ...limits, retry: { ...options.retry, unsafe: false } })
      return createRecovering(call, { findAllByKey, ...others }, once, { orderId, csr }, { settleMs, ...options })
    },
    list: (orderId, options) => list(orderId, options),
    findByKey: async (...request) => (await findAllByKey(...request))[0],
    waitForIssued: (orderId, csr, options = {}) =>
      poll(
        call,
        `The duplicate of order ${orderId}`,
        async (limits) => issuedOnly(await findAllByKey(orderId, csr, limits)),
        options,
      ),
  }
}

/** @throws CerttwinError `invalid_options` */
function requireKey(csr: string): string {
  const key = parsePublicKeyOfCsr(csr)
  if (key !== undefined) return key
  throw invalid('The CSR cannot be parsed.')
}

/** The vendor lists an issued duplicate as `approved`; `issued` is in its list of values all the same. */
function issuedOnly(entries: readonly DuplicateEntry[]): DuplicateEntry | undefined {
  const entry = entries.find(({ status }) => status !== 'rejected') ?? entries[0]
  if (entry?.status === 'rejected') {
    const message = `The duplicate ${entry.id} was rejected by an approver.`
    throw new CerttwinError({ code: 'rejected', message })
  }
  return entry?.status === 'approved' || entry?.status === 'issued' ? entry : undefined
}
