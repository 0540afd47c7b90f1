import { ControlError } from '@certtwin/mock-kit'
import type { SeedDuplicate } from '../control.generated.ts'
import { issued, revoked } from '../domain/certificate-life.ts'
import { dayOf } from '../domain/dates.ts'
import { createIssuance, createPublicId, isIssued } from '../domain/issuance.ts'
import { isOpen } from '../domain/request-life.ts'
import { validityOf } from '../domain/validity.ts'
import type { Duplicate, Issued, Order } from '../entities.ts'
import { productOf } from '../products.ts'
import { findServerPlatform, otherPlatformId } from '../server-platforms.ts'
import { duplicatesOf, mustGet, type State } from '../state.ts'
import { certificateDetails, copyOf, plantRequest, type Soil } from './certificates.ts'
import { claimId, requireNamed } from './contradiction.ts'
import { timeOnOrder } from './orders.ts'

/**
 * Plants a duplicate and the request for it. It is issued where it would be: approved, and the validation of its container current.
 *
 * @throws ControlError when its order is missing or can have none, or something else has its ids
 */
export function plantDuplicate(state: State, soil: Soil, seed: SeedDuplicate): void {
  const subject = seed.id === undefined ? `A duplicate of order ${seed.order}` : `Duplicate ${seed.id}`
  const order = requireNamed(state.orders, seed.order, 'order', subject)
  const primary = requirePrimary(state, order, subject)
  removeDuplicate(state, order, seed.id)
  const asked = createDuplicate(state, soil, seed, { order, primary, subject })
  const duplicate = decideOn(state, soil, order, primary, asked, seed.status ?? 'approved')
  state.certificates.set(duplicate.id, duplicate)
  state.orders.set(order.id, { ...order, lastSubId: Math.max(order.lastSubId, duplicate.subId) })
  plantRequest(state, seed.request, 'duplicate', duplicate, seed.status ?? 'approved')
}

function requirePrimary({ certificates }: State, order: Order, subject: string): Issued {
  if (!productOf(order).allowsDuplicates)
    throw new ControlError(`${subject} cannot be added: the product ${order.productId} has no duplicates.`)
  const primary = mustGet(certificates, order.primaryId)
  if (!isIssued(primary))
    throw new ControlError(`${subject} cannot be added: order ${order.id} was never issued, and has no duplicates.`)
  return primary
}

/** Takes the one out that the new one replaces; a certificate that is another one's place keeps it. */
function removeDuplicate(state: State, { id: orderId }: Order, id: number | undefined): void {
  const replaced = duplicatesOf(state, orderId).find((duplicate) => duplicate.id === id)
  if (replaced === undefined) return
  state.certificates.delete(replaced.id)
  for (const request of state.requests.values())
    if (request.certificateId === replaced.id) state.requests.delete(request.id)
}

interface Place {
  readonly order: Order
  readonly primary: Issued
  readonly subject: string
}

function createDuplicate(state: State, soil: Soil, seed: SeedDuplicate, { order, primary, subject }: Place): Duplicate {
  const { subId = order.lastSubId + 1, platform = otherPlatformId, ageDays = 0 } = seed
  if (findServerPlatform(platform) === undefined)
    throw new ControlError(`${subject} names server platform ${platform}, which does not exist: use -1 for any.`)
  if (duplicatesOf(state, order.id).some((other) => other.subId === subId))
    throw new ControlError(`${subject} has the subId ${subId} of another one: choose another, or leave it out.`)
  const createdMs = timeOnOrder(soil, primary, ageDays, subject)
  if (dayOf(createdMs) > primary.issuance.validTill)
    throw new ControlError(`${subject} is younger than order ${order.id}, which had ended: raise its ageDays.`)
  return {
    ...copyOf(primary, certificateDetails(productOf(order), seed.csr, subject)),
    id: claimId(state, 'certificates', seed.id),
    serverPlatformId: platform,
    createdMs,
    subId,
    publicId: createPublicId(soil.random),
  }
}

/** Unlike one that somebody asks for, its certificate is not made before somebody looks: planted data has to be there at once. */
function decideOn(
  { containers }: State,
  { nowMs, random, profile }: Soil,
  order: Order,
  primary: Issued,
  asked: Duplicate,
  decision: NonNullable<SeedDuplicate['status']>,
): Duplicate {
  if (decision === 'rejected') return { ...asked, status: 'rejected' }
  if (isOpen(decision) || !mustGet(containers, order.containerId).isValidated) return asked
  const validity = validityOf(profile, primary.issuance, dayOf(asked.createdMs), asked.validityWish)
  const duplicate = issued(asked, createIssuance(random, validity, asked.createdMs))
  return order.status === 'revoked' ? revoked(duplicate, { atMs: nowMs, reason: 'unspecified' }) : duplicate
}
