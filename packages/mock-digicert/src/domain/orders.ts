import type { Day, Issued, Order, OrderStatus } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { refuse } from '../errors.ts'
import { mustGet, type State } from '../state.ts'
import type { Caller } from './callers.ts'
import { endOf } from './dates.ts'
import { normalizeHex } from './hex.ts'
import { chainOf, isIssued, type IssuingWorld, thumbprintOf } from './issuance.ts'
import { orderStateOf, orderStatusAfter } from './order-life.ts'

/** What there is, and when. */
type Sight = Pick<DigicertWorld, 'clock' | 'state'>

/** An id in a path; undefined for anything but a positive integer. */
export function parseId(text: string): number | undefined {
  const id = /^\d{1,16}$/.test(text) ? Number(text) : 0
  return id > 0 && Number.isSafeInteger(id) ? id : undefined
}

/**
 * @throws Refusal `not_found|order` for an unknown order, for one of another account, and for one that the caller may not see
 * alike.
 */
export function findOrder(state: State, caller: Caller, pathValue: string): Order {
  return requireVisible(caller, state.orders.get(parseId(pathValue) ?? 0))
}

/**
 * The order by its id, or by thumbprint or serial number of its primary certificate (documented).
 *
 * @throws Refusal as `findOrder` does
 */
export function findOrderByAnyName(world: IssuingWorld, caller: Caller, pathValue: string): Order {
  const { orders, certificates } = world.state
  const order = orders.get(parseId(pathValue) ?? 0)
  if (order !== undefined || !isHex(pathValue)) return requireVisible(caller, order)
  const wanted = normalizeHex(pathValue)
  const found = [...orders.values()].find(({ primaryId }) => {
    const primary = mustGet(certificates, primaryId)
    if (!isIssued(primary)) return false
    if (normalizeHex(primary.issuance.serialNumber) === wanted) return true
    return wanted.length > shortestThumbprint && normalizeHex(thumbprintOf(chainOf(world, primary))) === wanted
  })
  return requireVisible(caller, found)
}

/** Thumbprints have 40 digits, serial numbers 32 at most; certificates need not be made to see that one is meant. */
const shortestThumbprint = 32

function isHex(text: string): boolean {
  return /^[\da-f:]+$/i.test(text)
}

function requireVisible(caller: Caller, order: Order | undefined): Order {
  if (order === undefined) throw refuse('order-unknown')
  if (order.accountId !== caller.account.id) throw refuse('order-of-other-account')
  if (!maySee(caller, order)) throw refuse('order-of-other-user')
  return order
}

/** A Limited user sees orders of their own alone (documented). */
export function maySee({ account, user }: Caller, { accountId, requesterId }: Order): boolean {
  return accountId === account.id && (user.role !== 'limited' || requesterId === user.id)
}

/** The ids of the orders that others have taken over from. */
export function renewedOrders({ orders }: State): ReadonlySet<number> {
  return new Set([...orders.values()].flatMap(({ renewedOrderId }) => renewedOrderId ?? []))
}

/** When the order got the status that it has. */
export function stateChangedMs(sight: Sight, order: Order): number {
  if (orderStateOf(sight, order) !== 'expired') return order.statusChangedMs
  const { issuance } = mustGet(sight.state.certificates, order.primaryId)
  return endOf(issuance!.validTill).getTime() + 1000
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

/** The last day of an order that was issued, which may last longer than its primary certificate. */
export function endOfOrder(state: State, order: Order): Day {
  return order.validTill ?? primaryOf(state, order).issuance.validTill
}
