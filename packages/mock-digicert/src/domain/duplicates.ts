import type { Certificate, Duplicate, Issued, Order, RequestRecord } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { refuse } from '../errors.ts'
import { productOf } from '../products.ts'
import { profileOf } from '../profiles.ts'
import { addDuplicate, addRequest, duplicatesOf, mustGet, peekId } from '../state.ts'
import { type Caller, needsApproval } from './callers.ts'
import { dayOf } from './dates.ts'
import { type Chain, chainOf, createIssuance, createPublicId, isIssued, issue } from './issuance.ts'
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
  if (!productOf(order).allowsDuplicates) throw refuse('duplicates-not-allowed')
  const asked = createDuplicate(world, caller, order, original, wish)
  const container = mustGet(world.state.containers, order.containerId)
  const isPending = needsApproval(caller, container, wish.skipApproval)
  const request = createRequest(world, caller, asked, isPending, wish.comments)
  // Everything that can fail comes before the first change.
  const duplicate = isPending || !container.isValidated ? asked : issueDuplicate(world, asked, original)
  addDuplicate(world.state, order, duplicate)
  addRequest(world.state, request)
  if (isPending) return { state: 'needs-approval', orderId: order.id, requestId: request.id }
  const created = { orderId: order.id, certificateId: duplicate.id }
  if (!isIssued(duplicate)) return { state: 'processing', ...created }
  return { state: 'issued', ...created, chain: chainOf(world, duplicate) }
}

/**
 * The duplicate as it is once issued; nothing is stored yet.
 *
 * @throws Refusal when its validity cannot be as wished any more
 */
export function issueDuplicate<Kind extends Certificate>(
  world: DigicertWorld,
  duplicate: Kind,
  original: Issued,
): Issued<Kind> {
  const validity = validityOf(profileOf(world), original.issuance, dayOf(world.clock.now()), duplicate.validityWish)
  return issue(world, duplicate, createIssuance(world.random, validity, world.clock.now()))
}

/** Newest first; of the same moment, the higher id first. */
export function listDuplicates({ state }: DigicertWorld, { id }: Order): Duplicate[] {
  return duplicatesOf(state, id).toSorted((one, other) => other.createdMs - one.createdMs || other.id - one.id)
}

function createDuplicate(
  { clock, random, state }: DigicertWorld,
  { user }: Caller,
  order: Order,
  original: Issued,
  wish: DuplicateWish,
): Duplicate {
  return {
    id: peekId(state, 'certificates', order.id),
    orderId: order.id,
    ...specify(productOf(order), original, wish, dayOf(clock.now())),
    requesterId: user.id,
    createdMs: clock.now(),
    status: 'pending',
    subId: order.lastSubId + 1,
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
    id: peekId(state, 'requests', duplicate.orderId),
    orderId: duplicate.orderId,
    type: 'duplicate',
    certificateId: duplicate.id,
    requesterId: user.id,
    createdMs: duplicate.createdMs,
    ...(comments === undefined ? {} : { comments }),
    ...(isPending
      ? { status: 'pending' }
      : { status: 'approved', processing: { processorId: user.id, processedMs: duplicate.createdMs } }),
  }
}
