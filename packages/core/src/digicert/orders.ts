import { listOf, toNothing } from '../transport/answer.ts'
import type { Call } from '../transport/call.ts'
import { eachOfPages, type ListOptions } from '../transport/pages.ts'
import type { CallOptions } from '../transport/options.ts'
import type {
  Order,
  OrderEntry,
  OrderFilters,
  OrderPlacement,
  ReissueEntry,
  ReissueRequest,
  StatusChange,
} from './api.generated.ts'
import { type Issuance, csrOf, toIssuance } from './issuance.ts'
import { revoke, type Revocation, type RevocationOptions } from './revocation.ts'
import type { Routes } from './routes.generated.ts'

/** What a list of orders is narrowed down to, and sorted by. */
export interface OrderQuery extends ListOptions {
  /** Only orders that fit all of them. */
  readonly filters?: OrderFilters
  /** For instance `-date_created,common_name`; newest first unless told. */
  readonly sort?: string
}

/** The time that a list of changes is about; one of them. */
export type ChangePeriod =
  | { readonly minutes: number }
  | { readonly seconds: number }
  /** Both days included, as YYYY-MM-DD. */
  | { readonly from: string; readonly to: string }

/** The orders of an account. */
export interface Orders {
  /** An order by its id, or by the serial number or thumbprint of its primary certificate. @throws CerttwinError `not_found` */
  get(identifier: number | string, options?: CallOptions): Promise<Order>
  /**
   * The orders of the account. Read them all before you change any: what leaves the list meanwhile moves the rest, and a page skips it.
   *
   * @example
   * ```ts
   * for await (const order of digicert.orders.list({ filters: { status: 'issued' } })) console.log(order.id)
   * ```
   */
  list(query?: OrderQuery): AsyncIterable<OrderEntry>
  /** The orders whose status changed lately; empty when there are none. */
  statusChanges(period: ChangePeriod, options?: CallOptions): Promise<readonly StatusChange[]>
  /**
   * Places an order for a product, for instance `ssl_basic`. Every call that arrives makes a new order, so it is never repeated
   * after a lost answer: then the error's `outcome` is `unknown`, and `list()` tells.
   *
   * @throws CerttwinError `invalid_request` when the vendor refuses it, `not_found` for an unknown product
   */
  place(productNameId: string, order: OrderPlacement, options?: CallOptions): Promise<Issuance>
  /**
   * Replaces the primary certificate of an order. It is never repeated after a lost answer: then the error's `outcome` is
   * `unknown`, and `reissues()` tells.
   *
   * @throws CerttwinError `invalid_request` when the vendor refuses it, `not_found` when there is no such order
   */
  reissue(orderId: number, request: ReissueRequest, options?: CallOptions): Promise<Issuance>
  /** The reissues of an order, newest first; empty when there are none. */
  reissues(orderId: number, options?: CallOptions): Promise<readonly ReissueEntry[]>
  /**
   * Revokes an order with all its certificates. It is not repeated after a lost answer, unless `retry.unsafe` allows it.
   *
   * @throws CerttwinError `not_found`, `forbidden`, `invalid_request` when it is revoked already
   */
  revoke(orderId: number, options?: RevocationOptions): Promise<Revocation>
  /**
   * Cancels an order that is not issued yet, or the reissue that it waits for.
   *
   * @throws CerttwinError `invalid_request` when the status of the order does not allow it
   */
  cancel(orderId: number, note: string, options?: CallOptions): Promise<void>
}

export function createOrders(call: Call<Routes>): Orders {
  const one = (orderId: number) => ({ path: { order_id: orderId } })
  return {
    get: (identifier, options) =>
      call('getOrder GET /order/certificate/{order_or_product}', { path: { order_or_product: identifier } }, options),
    list: ({ filters, sort, ...options } = {}) =>
      eachOfPages(call, 'listOrders GET /order/certificate', 'orders', options, { filters, sort }),
    statusChanges(period, options) {
      const query = 'from' in period ? { filters: { status_last_updated: `${period.from}...${period.to}` } } : period
      return call('listStatusChanges GET /order/certificate/status-changes', { query }, options, listOf('orders'))
    },
    place(productNameId, body, options) {
      const message = { path: { order_or_product: productNameId }, body, secrets: [csrOf(body)] }
      return call('placeOrder POST /order/certificate/{order_or_product}', message, options, toIssuance)
    },
    reissue(orderId, body, options) {
      const message = { ...one(orderId), body, secrets: [csrOf(body)] }
      return call('reissueOrder POST /order/certificate/{order_id}/reissue', message, options, toIssuance)
    },
    reissues: (orderId, options) =>
      call('listReissues GET /order/certificate/{order_id}/reissue', one(orderId), options, listOf('certificates')),
    revoke: (orderId, options) =>
      revoke(call, 'revokeOrder PUT /order/certificate/{order_id}/revoke', { order_id: orderId }, options),
    cancel(orderId, note, options) {
      const message = { ...one(orderId), body: { status: 'canceled', note } }
      return call('updateOrderStatus PUT /order/certificate/{order_id}/status', message, options, toNothing)
    },
  }
}
