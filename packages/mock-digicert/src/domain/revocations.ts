import type { Order } from '../entities.ts'
import type { State } from '../state.ts'
import { isIssued } from './issuance.ts'

/** Revokes an order with everything that was issued on it (documented); what waits for a decision is left to it. */
export function revokeOrder(state: State, order: Order): number[] {
  const issued = state.certificates.group(order.id).filter(isIssued)
  for (const certificate of issued) state.certificates.set(certificate.id, { ...certificate, status: 'revoked' })
  state.orders.set(order.id, { ...order, status: 'revoked' })
  return issued.map(({ id }) => id)
}
