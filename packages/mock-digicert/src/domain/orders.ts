import type { Issued, Order, OrderStatus } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { refuse } from '../errors.ts'
import { mustGet, type State } from '../state.ts'
import type { Caller } from './callers.ts'
import { isIssued } from './issuance.ts'
import { orderStatusAfter } from './order-life.ts'

/** An id in a path; undefined for anything but a positive integer. */
export function parseId(text: string): number | undefined {
  const id = /^\d{1,16}$/.test(text) ? Number(text) : 0
  return id > 0 && Number.isSafeInteger(id) ? id : undefined
}

/** @throws Refusal `not_found|order` for an unknown order and for one of another account alike. */
export function findOrder(state: State, { account }: Caller, pathValue: string): Order {
  const order = state.orders.get(parseId(pathValue) ?? 0)
  if (order === undefined) throw refuse('order-unknown')
  if (order.accountId !== account.id) throw refuse('order-of-other-account')
  return order
}

/**
 * The primary certificate, when the order may have duplicates.
 *
 * @throws Refusal when the order is not issued, revoked or expired, or its primary certificate is revoked.
 */
export function requireIssued(world: Pick<DigicertWorld, 'clock' | 'state'>, order: Order): Issued {
  orderStatusAfter(world, order, 'requestDuplicate')
  const primary = primaryOf(world.state, order)
  if (primary.status === 'revoked') throw refuse('certificate-revoked')
  return primary
}

/** The order with a status that it has from now on. */
export function withStatus(order: Order, status: OrderStatus, nowMs: number): Order {
  return { ...order, status, statusChangedMs: nowMs }
}

/** The primary certificate of an order that was issued. @throws Refusal `order_not_issued` */
export function primaryOf({ certificates }: State, { primaryId }: Order): Issued {
  const primary = mustGet(certificates, primaryId)
  if (!isIssued(primary)) throw refuse('order-not-issued')
  return primary
}
