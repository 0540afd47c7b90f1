// What can happen to an order, and what becomes of it then.
import type { Certificate, Order, OrderStatus } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { refuse } from '../errors.ts'
import type { RefusalReason } from '../refusals.ts'
import { mustGet } from '../state.ts'
import { dayOf } from './dates.ts'
import type { TransitionTable } from './transition-table.ts'

/** The status as others see it: an issued order expires by the clock. */
export type OrderState = OrderStatus | 'expired'

export type OrderEvent =
  /** The request that placed it, or that for a reissue, is approved: while the validation is current, or has lapsed. */
  | 'approve'
  | 'approveOnHold'
  | 'reject'
  /** The validation that it waited for is complete. */
  | 'validate'
  | 'cancel'
  | 'revoke'
  | 'requestDuplicate'
  /** A reissue that has to wait for an approval or a validation, and one that is there at once. */
  | 'awaitReissue'
  | 'reissue'

/** The rows of canceling, reissuing and waiting for approval are documented, the others are assumed. */
export const orderTransitions: TransitionTable<OrderEvent, OrderState, OrderStatus> = {
  approve: { needsApproval: 'issued', reissuePending: 'issued' },
  approveOnHold: { needsApproval: 'pending', reissuePending: 'reissuePending' },
  reject: { needsApproval: 'rejected', reissuePending: 'issued' },
  validate: { pending: 'issued', processing: 'issued', reissuePending: 'issued', issued: 'issued' },
  cancel: { pending: 'canceled', reissuePending: 'issued' },
  revoke: { issued: 'revoked' },
  requestDuplicate: { issued: 'issued' },
  awaitReissue: { issued: 'reissuePending' },
  reissue: { issued: 'issued' },
}

type Reasons = Readonly<Partial<Record<OrderState, RefusalReason>> & { otherwise: RefusalReason }>

const notIssued: Reasons = { revoked: 'order-revoked', expired: 'order-expired', otherwise: 'order-not-issued' }
const notWaiting: Reasons = { ...notIssued, otherwise: 'order-status-invalid' }

/** Why an event is refused that cannot happen; several are assumed. */
const reasons: Readonly<Record<OrderEvent, Reasons>> = {
  approve: notWaiting,
  approveOnHold: notWaiting,
  reject: notWaiting,
  validate: notWaiting,
  cancel: { otherwise: 'order-status-invalid' },
  revoke: { ...notIssued, revoked: 'order-already-revoked', reissuePending: 'reissue-pending' },
  requestDuplicate: notIssued,
  awaitReissue: notIssued,
  reissue: notIssued,
}

/** An issued order has expired on the day after the last one of its primary certificate. */
export function orderStateOf({ clock, state }: Pick<DigicertWorld, 'clock' | 'state'>, order: Order): OrderState {
  const { issuance }: Certificate = mustGet(state.certificates, order.primaryId)
  const hasEnded = issuance !== undefined && issuance.validTill < dayOf(clock.now())
  return order.status === 'issued' && hasEnded ? 'expired' : order.status
}

/** The status that an event leads to. @throws Refusal that says why it cannot happen */
export function orderStatusAfter(
  world: Pick<DigicertWorld, 'clock' | 'state'>,
  order: Order,
  event: OrderEvent,
): OrderStatus {
  const state = orderStateOf(world, order)
  const next = orderTransitions[event][state]
  if (next === undefined) throw refuse(reasons[event][state] ?? reasons[event].otherwise)
  return next
}
