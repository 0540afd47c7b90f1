import type { Certificate, Duplicate, Issuance, Order, RequestRecord } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { refuse } from '../errors.ts'
import { addDuplicate, addRequest, mustGet, peekId } from '../state.ts'
import { type Caller, needsApproval } from './callers.ts'
import { dayOf } from './dates.ts'
import { type Chain, chainOf, createIssuance, createPublicId } from './issuance.ts'
import { requireIssued } from './orders.ts'
import { type DuplicateWish, specify } from './specification.ts'
import { validityOf } from './validity.ts'

/** The three states that a new duplicate can be in. */
export type DuplicateOutcome =
  | { readonly state: 'needs-approval'; readonly orderId: number; readonly requestId: number }
  | { readonly state: 'processing'; readonly orderId: number; readonly certificateId: number }
  | { readonly state: 'issued'; readonly orderId: number; readonly certificateId: number; readonly chain: Chain }

/**
 * Requests a duplicate: it waits for approval, or for validation, or is issued at once.
 *
 * @throws Refusal when the order's state, its product, or a value forbids it; nothing is changed then.
 */
export function requestDuplicate(
  world: DigicertWorld,
  caller: Caller,
  order: Order,
  wish: DuplicateWish,
): DuplicateOutcome {
  const original = requireIssued(world, order)
  if (!order.product.allowsDuplicates) throw refuse('duplicates-not-allowed')
  const duplicate = createDuplicate(world, caller, order, original, wish)
  const container = mustGet(world.state.containers, order.containerId)
  const isPending = needsApproval(caller, container, wish.skipApproval)
  const request = createRequest(world, caller, duplicate, isPending, wish.comments)
  const isIssued = !isPending && container.isValidated
  // Everything that can fail comes before the first change.
  const chain = isIssued ? issueDuplicate(world, order, duplicate, original) : undefined
  addDuplicate(world.state, order, duplicate)
  addRequest(world.state, request)
  if (isPending) return { state: 'needs-approval', orderId: order.id, requestId: request.id }
  const created = { orderId: order.id, certificateId: duplicate.id }
  return chain === undefined ? { state: 'processing', ...created } : { state: 'issued', ...created, chain }
}

/**
 * Issues a duplicate and returns its chain. The duplicate changes last, so that a failure leaves it as it was.
 *
 * @throws Refusal when its validity cannot be as wished any more
 */
export function issueDuplicate(
  { clock, profile, random }: DigicertWorld,
  order: Order,
  duplicate: Certificate,
  original: Issuance,
): Chain {
  const today = dayOf(clock.now())
  const issuance = createIssuance(random, validityOf(profile, original, today, duplicate.validityWish))
  const chain = chainOf(duplicate, issuance, order.product)
  duplicate.issuance = issuance
  duplicate.status = 'issued'
  return chain
}

/** Newest first; of the same moment, the higher id first. */
export function listDuplicates({ duplicates }: Order): Duplicate[] {
  return duplicates.toSorted((one, other) => other.createdMs - one.createdMs || other.id - one.id)
}

function createDuplicate(
  { clock, random, state }: DigicertWorld,
  { user }: Caller,
  order: Order,
  original: Issuance,
  wish: DuplicateWish,
): Duplicate {
  return {
    id: peekId(state.certificateIds, order.id),
    orderId: order.id,
    ...specify(order, original, wish, dayOf(clock.now())),
    requesterId: user.id,
    createdMs: clock.now(),
    status: 'pending',
    subId: Math.max(0, ...order.duplicates.map(({ subId }) => subId)) + 1,
    publicId: createPublicId(random),
  }
}

function createRequest(
  { state }: DigicertWorld,
  { user }: Caller,
  duplicate: Duplicate,
  isPending: boolean,
  comments: string | undefined,
): RequestRecord {
  return {
    id: peekId(state.requestIds, duplicate.orderId),
    orderId: duplicate.orderId,
    type: 'duplicate',
    certificate: duplicate,
    requesterId: user.id,
    createdMs: duplicate.createdMs,
    ...(comments === undefined ? {} : { comments }),
    ...(isPending
      ? { status: 'pending' }
      : { status: 'approved', processing: { processorId: user.id, processedMs: duplicate.createdMs } }),
  }
}
