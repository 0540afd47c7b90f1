import type { Certificate, Order, RequestRecord } from '../entities.ts'
import { type Chain, chainOf, type IssuingWorld, isIssued } from './issuance.ts'

/** The three states that a new duplicate or reissue can be in. */
export type RequestOutcome =
  | { readonly state: 'needs-approval'; readonly orderId: number; readonly requestId: number }
  | { readonly state: 'processing'; readonly orderId: number; readonly certificateId: number }
  | { readonly state: 'issued'; readonly orderId: number; readonly certificateId: number; readonly chain: Chain }

/** What came of a request for a certificate. */
export function outcomeOf(
  world: IssuingWorld,
  { id: orderId }: Order,
  request: RequestRecord,
  certificate: Certificate,
): RequestOutcome {
  if (request.status === 'pending') return { state: 'needs-approval', orderId, requestId: request.id }
  const created = { orderId, certificateId: certificate.id }
  if (!isIssued(certificate)) return { state: 'processing', ...created }
  return { state: 'issued', ...created, chain: chainOf(world, certificate) }
}
