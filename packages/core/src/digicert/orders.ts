import type { Client } from 'openapi-fetch'
import { type Call, expectList } from '../transport/call.ts'
import type { CallOptions } from '../transport/transport.ts'
import type { paths, ReissueEntry, ReissueRequest } from './api.generated.ts'
import { type Issuance, toIssuance } from './issuance.ts'
import { type Revocation, type RevocationOptions, toRevocation, toRevocationBody } from './revocation.ts'

export interface Orders {
  /**
   * Replaces the primary certificate of an order. It is never repeated after a lost answer: then the error's `outcome` is
   * `unknown`, and `reissues()` tells.
   *
   * @throws CerttwinError
   */
  reissue(orderId: number, request: ReissueRequest, options?: CallOptions): Promise<Issuance>
  /** The reissues of an order, newest first; empty when there are none. */
  reissues(orderId: number, options?: CallOptions): Promise<readonly ReissueEntry[]>
  /** Revokes an order with all its certificates. */
  revoke(orderId: number, options?: RevocationOptions): Promise<Revocation>
  /**
   * Cancels an order that is not issued yet, or the reissue that it waits for.
   *
   * @throws CerttwinError `invalid_request` when the status of the order does not allow it
   */
  cancel(orderId: number, note: string, options?: CallOptions): Promise<void>
}

export function createOrders(api: Client<paths>, call: Call): Orders {
  return {
    async reissue(orderId, body, options) {
      const params = { path: { order_id: orderId } }
      const answer = await call('reissueOrder', () =>
        api.POST('/order/certificate/{order_id}/reissue', { params, body, ...options }),
      )
      return toIssuance('reissueOrder', answer)
    },
    async reissues(orderId, options) {
      const params = { path: { order_id: orderId } }
      const answer = await call('listReissues', () =>
        api.GET('/order/certificate/{order_id}/reissue', { params, ...options }),
      )
      return expectList('listReissues', answer, 'certificates')
    },
    async revoke(orderId, { comments, reason, skipApproval, ...options } = {}) {
      const params = { path: { order_id: orderId } }
      const body = toRevocationBody({ comments, reason, skipApproval })
      const answer = await call('revokeOrder', () =>
        api.PUT('/order/certificate/{order_id}/revoke', { params, body, ...options }),
      )
      return toRevocation('revokeOrder', answer)
    },
    async cancel(orderId, note, options) {
      const params = { path: { order_id: orderId } }
      const body = { status: 'canceled', note }
      await call('updateOrderStatus', () =>
        api.PUT('/order/certificate/{order_id}/status', { params, body, ...options }),
      )
    },
  }
}
