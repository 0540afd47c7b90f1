import type { Certificate, Issued, Order } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { refuse, refuseIfAny } from '../errors.ts'
import { newestFirst } from '../lists/order.ts'
import { productOf } from '../products.ts'
import { profileOf } from '../profiles.ts'
import { addCertificate, addRequest, mustGet, peekId } from '../state.ts'
import { type Caller, needsApproval } from './callers.ts'
import { dayOf } from './dates.ts'
import { createIssuance, isIssued, issue } from './issuance.ts'
import { orderStatusAfter } from './order-life.ts'
import { endOfOrder, primaryOf, withStatus } from './orders.ts'
import { outcomeOf, type RequestOutcome } from './outcomes.ts'
import { withPrimary } from './primaries.ts'
import { createRequest } from './request-records.ts'
import { type DuplicateWish, specifyReissue } from './specification.ts'
import { primaryEnd, validityProblems } from './validity.ts'

/**
 * Requests a certificate in the place of the primary one, with whatever names. The primary one stays until the new one is
 * issued, and is valid also after that.
 *
 * @throws Refusal when the order's state or a value forbids it; nothing is changed then.
 */
export function requestReissue(
  world: DigicertWorld,
  caller: Caller,
  order: Order,
  wish: DuplicateWish,
): RequestOutcome {
  const { state, clock } = world
  orderStatusAfter(world, order, 'reissue')
  const asked = createReissue(world, caller, order, wish)
  const container = mustGet(state.containers, order.containerId)
  const isPending = needsApproval(caller, container, wish.skipApproval)
  const mustWait = isPending || !container.isValidated
  const status = orderStatusAfter(world, order, mustWait ? 'awaitReissue' : 'reissue')
  const request = createRequest(world, {
    type: 'reissue',
    certificate: asked,
    orderStatus: status,
    requesterId: caller.user.id,
    isPending,
    comments: wish.comments,
  })
  // Everything that can fail comes before the first change.
  const reissue = mustWait ? asked : issueReissue(world, order, asked)
  addCertificate(state, reissue)
  addRequest(state, request)
  const changed = isIssued(reissue) ? withPrimary(order, status, reissue) : withStatus(order, status, clock.now())
  state.orders.set(order.id, changed)
  return outcomeOf(world, order, request, reissue)
}

/**
 * The reissue as it is once issued; nothing is stored yet. It begins today and ends with the order, unless a wish or the
 * generation of the API has it end earlier (assumed).
 *
 * @throws Refusal when the order has ended while the reissue waited, or its validity cannot be as wished any more
 */
export function issueReissue(world: DigicertWorld, order: Order, reissue: Certificate): Issued {
  const today = dayOf(world.clock.now())
  const end = endOfOrder(world.state, order)
  if (end < today) throw refuse('order-expired')
  refuseIfAny(validityProblems(end, today, reissue.validityWish))
  const validity = { validFrom: today, validTill: primaryEnd(profileOf(world), end, today, reissue.validityWish) }
  // It becomes the primary certificate, which cannot be archived.
  const { isArchived: _, ...listed } = reissue
  return issue(world, listed, createIssuance(world.random, validity, world.clock.now()))
}

/** The certificates that were made to replace the primary one, the present primary one included. */
export function listReissues({ state }: DigicertWorld, { id }: Order, showsArchived: boolean): Certificate[] {
  return state.requests
    .group(id)
    .filter(({ type }) => type === 'reissue')
    .map(({ certificateId }) => mustGet(state.certificates, certificateId))
    .filter(({ isArchived }) => showsArchived || !isArchived)
    .toSorted(newestFirst)
}

function createReissue(
  { clock, state }: DigicertWorld,
  { user }: Caller,
  order: Order,
  wish: DuplicateWish,
): Certificate {
  const today = dayOf(clock.now())
  const validity = { validFrom: today, validTill: endOfOrder(state, order) }
  return {
    // The id that is kept for an order is for its first duplicate.
    id: peekId(state, 'certificates'),
    orderId: order.id,
    ...specifyReissue(productOf(order), primaryOf(state, order), wish, validity),
    requesterId: user.id,
    createdMs: clock.now(),
    status: 'pending',
  }
}
