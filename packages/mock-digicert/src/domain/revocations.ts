import type { Certificate, Order, RequestedRevocation, RequestRecord, RevocationReason } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { refuse } from '../errors.ts'
import { addRequest, mustGet, type State } from '../state.ts'
import { type Caller, needsApproval } from './callers.ts'
import { isRevocable, revoked } from './certificate-life.ts'
import { orderStatusAfter } from './order-life.ts'
import { withStatus } from './orders.ts'
import { isOpen } from './request-life.ts'
import { createRequest } from './request-records.ts'

/** What is to be revoked: one certificate, or its order with all that was issued on it. */
export interface RevocationTarget {
  readonly scope: RequestedRevocation['scope']
  readonly order: Order
  /** The primary one where the scope is the order. */
  readonly certificate: Certificate
}

export interface RevocationWish {
  readonly reason: RevocationReason
  readonly skipApproval: boolean
  readonly comments: string | undefined
}

/**
 * Revokes at once, or asks for it. Who asks again while that waits gets the first request again (assumed).
 *
 * @returns the request that waits; undefined when all is done, which leaves no record (documented)
 * @throws Refusal when there is nothing to revoke any more, or a reissue is pending
 */
export function requestRevocation(
  world: DigicertWorld,
  caller: Caller,
  target: RevocationTarget,
  wish: RevocationWish,
): RequestRecord | undefined {
  requireRevocable(world, target)
  const container = mustGet(world.state.containers, target.order.containerId)
  if (needsApproval(caller, container, wish.skipApproval))
    return findOpenRevocation(world.state, target) ?? recordRevocation(world, caller, target, wish)
  revoke(world, target, wish.reason)
  return undefined
}

/**
 * Revokes now. What waits for a decision on the order is left to it.
 *
 * @returns the ids of the certificates that are revoked by it
 * @throws Refusal when there is nothing to revoke any more, or a reissue is pending
 */
export function revoke(world: DigicertWorld, target: RevocationTarget, reason: RevocationReason): number[] {
  requireRevocable(world, target)
  const { state, clock } = world
  const { scope, order, certificate } = target
  if (scope === 'order')
    state.orders.set(order.id, withStatus(order, orderStatusAfter(world, order, 'revoke'), clock.now()))
  const covered = scope === 'order' ? state.certificates.group(order.id).filter(isRevocable) : [certificate]
  for (const each of covered) state.certificates.set(each.id, revoked(each, { atMs: clock.now(), reason }))
  return covered.map(({ id }) => id)
}

/** The target of a revocation of the whole order. */
export function wholeOrder({ certificates }: State, order: Order): RevocationTarget {
  return { scope: 'order', order, certificate: mustGet(certificates, order.primaryId) }
}

/** The target of a revocation of one certificate. */
export function oneCertificate({ orders }: State, certificate: Certificate): RevocationTarget {
  return { scope: 'certificate', order: mustGet(orders, certificate.orderId), certificate }
}

/** A certificate whose reissue is pending is protected (documented). */
function requireRevocable(world: DigicertWorld, { scope, order, certificate }: RevocationTarget): void {
  if (scope === 'order') {
    orderStatusAfter(world, order, 'revoke')
    return
  }
  if (certificate.status === 'revoked') throw refuse('certificate-already-revoked')
  if (!isRevocable(certificate)) throw refuse('certificate-not-issued')
  if (order.status === 'reissuePending' && order.primaryId === certificate.id) throw refuse('reissue-pending')
}

function findOpenRevocation(
  { requests }: State,
  { scope, order, certificate }: RevocationTarget,
): RequestRecord | undefined {
  return requests
    .group(order.id)
    .find(
      ({ status, revocation, certificateId }) =>
        isOpen(status) && revocation?.scope === scope && (scope === 'order' || certificateId === certificate.id),
    )
}

function recordRevocation(
  world: DigicertWorld,
  { user }: Caller,
  { scope, order, certificate }: RevocationTarget,
  { reason, comments }: RevocationWish,
): RequestRecord {
  const request = createRequest(world, {
    type: 'revoke',
    certificate,
    orderStatus: order.status,
    requesterId: user.id,
    isPending: true,
    comments,
    revocation: { scope, reason },
  })
  addRequest(world.state, request)
  return request
}
