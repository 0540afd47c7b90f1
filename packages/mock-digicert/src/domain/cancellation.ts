import type { Order, RequestRecord } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { refuse } from '../errors.ts'
import { mustGet } from '../state.ts'
import type { Caller } from './callers.ts'
import { rejected } from './certificate-life.ts'
import { orderStatusAfter } from './order-life.ts'
import { withStatus } from './orders.ts'
import { requestAfter } from './request-life.ts'

export interface OrderStatusUpdate {
  /** As the caller wrote it. */
  readonly status: string
  readonly note: string
}

/**
 * Cancels an order that was not issued yet; of one that waits for a reissue, the reissue is given up and the order stays.
 *
 * @throws Refusal when the status is none to set, or the order is in a state that forbids it
 */
export function updateOrderStatus(
  world: DigicertWorld,
  { user }: Caller,
  order: Order,
  update: OrderStatusUpdate,
): void {
  requireCanceling(update.status)
  const { state, clock } = world
  const status = orderStatusAfter(world, order, 'cancel')
  const dropped = state.requests.group(order.id).filter((request) => isOpenReissue(world, request))
  for (const request of dropped) {
    const certificate = mustGet(state.certificates, request.certificateId)
    state.certificates.set(certificate.id, rejected(certificate))
    const processing = { processorId: user.id, processedMs: clock.now(), comment: update.note }
    state.requests.set(request.id, requestAfter(request, 'drop', processing))
  }
  state.orders.set(order.id, withStatus(order, status, clock.now()))
}

/** Orders that were moved from another platform can be set to `renewed` and `not_renewed` (documented); there are none here. */
function requireCanceling(text: string): void {
  const wanted = text.toLowerCase().replaceAll('_', '')
  if (wanted === 'renewed' || wanted === 'notrenewed') throw refuse('order-status-invalid')
  if (wanted !== 'canceled') throw refuse('param-invalid', 'status')
}

/** Approved or not: the certificate is not there yet. */
function isOpenReissue({ state }: DigicertWorld, { type, certificateId }: RequestRecord): boolean {
  return type === 'reissue' && mustGet(state.certificates, certificateId).status === 'pending'
}
