import type { Certificate, Issued, Order, OrderStatus } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { refuse } from '../errors.ts'
import { profileOf } from '../profiles.ts'
import { dayOf } from './dates.ts'
import { createIssuance, issue } from './issuance.ts'
import { withStatus } from './orders.ts'
import { orderEnd, primaryEnd } from './validity.ts'

/**
 * The first certificate of an order as it is once issued; nothing is stored yet.
 *
 * @throws Refusal `order_is_expired` when the day on which the order was to end has passed while it waited
 */
export function issuePrimary(world: DigicertWorld, order: Order, certificate: Certificate): Issued {
  const today = dayOf(world.clock.now())
  const end = orderEnd(order.validity, today)
  if (end < today) throw refuse('order-expired')
  const validity = { validFrom: today, validTill: primaryEnd(profileOf(world), end, today, certificate.validityWish) }
  return issue(world, certificate, createIssuance(world.random, validity, world.clock.now()))
}

/** The order with a certificate that has become its primary one; the first one sets when the order ends. */
export function withPrimary(order: Order, status: OrderStatus, { id, issuance }: Issued): Order {
  return {
    ...withStatus(order, status, issuance.issuedMs),
    primaryId: id,
    validTill: order.validTill ?? orderEnd(order.validity, issuance.validFrom),
  }
}
