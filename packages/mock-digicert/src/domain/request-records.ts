import type { Certificate, OrderStatus, RequestedRevocation, RequestRecord } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { peekId } from '../state.ts'

/** What a record says beside who asked, and when. */
export interface RecordDetails {
  readonly type: RequestRecord['type']
  /** What is to be issued, or revoked. */
  readonly certificate: Pick<Certificate, 'id' | 'orderId'>
  /** What the order is once the request is made. */
  readonly orderStatus: OrderStatus
  readonly requesterId: number
  /** Otherwise it is approved by the one who asks. */
  readonly isPending: boolean
  readonly comments: string | undefined
  readonly revocation?: RequestedRevocation
}

/** A record of what somebody asks for now, with the id that its order is to get next; nothing is stored yet. */
export function createRequest({ clock, state }: DigicertWorld, details: RecordDetails): RequestRecord {
  const { type, certificate, orderStatus, requesterId, isPending, comments, revocation } = details
  const createdMs = clock.now()
  return {
    id: peekId(state, 'requests', certificate.orderId),
    orderId: certificate.orderId,
    type,
    certificateId: certificate.id,
    orderStatus,
    ...(revocation && { revocation }),
    requesterId,
    createdMs,
    ...(comments === undefined ? {} : { comments }),
    ...(isPending
      ? { status: 'pending' }
      : { status: 'approved', processing: { processorId: requesterId, processedMs: createdMs } }),
  }
}
