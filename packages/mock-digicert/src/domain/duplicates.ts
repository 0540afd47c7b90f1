import type { Certificate, Duplicate, Issued, Order } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { refuse } from '../errors.ts'
import { newestFirst } from '../lists/order.ts'
import { productOf } from '../products.ts'
import { profileOf } from '../profiles.ts'
import { addDuplicate, addRequest, duplicatesOf, mustGet, peekId } from '../state.ts'
import { type Caller, needsApproval } from './callers.ts'
import { dayOf } from './dates.ts'
import { createIssuance, createPublicId, issue } from './issuance.ts'
import { endOfOrder, requireIssued } from './orders.ts'
import { outcomeOf, type RequestOutcome } from './outcomes.ts'
import { createRequest } from './request-records.ts'
import { type DuplicateWish, specify } from './specification.ts'
import { validityOf } from './validity.ts'

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
): RequestOutcome {
  const original = requireIssued(world, order)
  if (!productOf(order).allowsDuplicates) throw refuse('duplicates-not-allowed')
  const asked = createDuplicate(world, caller, order, original, wish)
  const container = mustGet(world.state.containers, order.containerId)
  const isPending = needsApproval(caller, container, wish.skipApproval)
  const request = createRequest(world, {
    type: 'duplicate',
    certificate: asked,
    orderStatus: order.status, // a duplicate never changes it
    requesterId: caller.user.id,
    isPending,
    comments: wish.comments,
  })
  // Everything that can fail comes before the first change.
  const duplicate = isPending || !container.isValidated ? asked : issueDuplicate(world, order, asked, original)
  addDuplicate(world.state, order, duplicate)
  addRequest(world.state, request)
  return outcomeOf(world, order, request, duplicate)
}

/**
 * The duplicate as it is once issued; nothing is stored yet.
 *
 * @throws Refusal when its validity cannot be as wished any more
 */
export function issueDuplicate<Kind extends Certificate>(
  world: DigicertWorld,
  order: Order,
  duplicate: Kind,
  original: Issued,
): Issued<Kind> {
  const today = dayOf(world.clock.now())
  const orderTill = endOfOrder(world.state, order)
  const validity = validityOf(profileOf(world), original.issuance, today, duplicate.validityWish, orderTill)
  return issue(world, duplicate, createIssuance(world.random, validity, world.clock.now()))
}

export function listDuplicates({ state }: DigicertWorld, { id }: Order, showsArchived: boolean): Duplicate[] {
  return duplicatesOf(state, id)
    .filter(({ isArchived }) => showsArchived || !isArchived)
    .toSorted(newestFirst)
}

function createDuplicate(
  { clock, random, state }: DigicertWorld,
  { user }: Caller,
  order: Order,
  original: Issued,
  wish: DuplicateWish,
): Duplicate {
  const longest = { validFrom: dayOf(clock.now()), validTill: endOfOrder(state, order) }
  return {
    id: peekId(state, 'certificates', order.id),
    orderId: order.id,
    ...specify(productOf(order), original, wish, longest),
    requesterId: user.id,
    createdMs: clock.now(),
    status: 'pending',
    subId: order.lastSubId + 1,
    publicId: createPublicId(random),
  }
}
