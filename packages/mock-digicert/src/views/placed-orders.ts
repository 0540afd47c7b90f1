import type { OrderResponse } from '../api.generated.ts'
import { chainOf, isIssued } from '../domain/issuance.ts'
import type { PlacedOrder } from '../domain/placing.ts'
import type { DigicertWorld } from '../env.ts'
import { toChainView } from './certificates.ts'

/** The answer to an order; which members it has tells the state. */
export function toOrderResponse(world: DigicertWorld, { order, request, certificate }: PlacedOrder): OrderResponse {
  return {
    id: order.id,
    requests: [{ id: request.id, status: request.status }],
    ...(request.status === 'approved' && { certificate_id: certificate.id }),
    ...(isIssued(certificate) && { certificate_chain: toChainView(chainOf(world, certificate)) }),
  }
}
