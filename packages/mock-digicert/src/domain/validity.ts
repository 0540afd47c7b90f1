import type { Day, ValidityWish } from '../entities.ts'
import { type Problem, refuseIfAny } from '../errors.ts'
import type { Profile } from '../profiles.ts'
import { addYears } from './dates.ts'

/** First and last day of a certificate. */
export interface Validity {
  readonly validFrom: Day
  readonly validTill: Day
}

const maxDays = 397
/** Wishes beyond a century are cut to it, in both directions: they are wrong anyhow, and dates stay countable. */
const maxYears = 100

/**
 * When a duplicate is valid (documented): as long as the original; later generations let it begin on the day of issue, for
 * at most 397 days, and end earlier on request.
 *
 * @param orderTill - the last day of the order, which may last longer than the original
 * @throws Refusal when the wish cannot be met on this day
 */
export function validityOf(
  profile: Profile,
  original: Validity,
  today: Day,
  wish: ValidityWish,
  orderTill: Day = original.validTill,
): Validity {
  if (profile.validity === 'as-original') return { validFrom: original.validFrom, validTill: original.validTill }
  refuseIfAny(validityProblems(orderTill, today, wish))
  const limits = [original.validTill, today + maxDays, lastDayOf(wish, today) ?? Number.POSITIVE_INFINITY]
  return { validFrom: today, validTill: Math.min(...limits) }
}

/** The last day of an order whose first certificate is issued today: a year later unless something else was asked for. */
export function orderEnd(wish: ValidityWish, today: Day): Day {
  return lastDayOf(wish, today) ?? addYears(today, 1)
}

/**
 * The last day of a primary certificate that is issued today: that of its order; later generations let it last for at most 397
 * days, and end earlier on request (assumed, as for duplicates).
 */
export function primaryEnd(profile: Profile, end: Day, today: Day, wish: ValidityWish): Day {
  if (profile.validity === 'as-original') return end
  return Math.min(end, today + maxDays, Math.max(today, lastDayOf(wish, today) ?? end))
}

/** What is wrong with the validity that an order asks for, and with that of its first certificate within it. */
export function orderValidityProblems(order: AskedValidity, certificate: ValidityWish, today: Day): Problem[] {
  const end = orderEnd(order.wish, today)
  if (end < today) return [{ reason: 'param-invalid', detail: order.path }]
  return validityProblems(end, today, certificate)
}

/** A validity with the member that asked for it. */
export interface AskedValidity {
  readonly wish: ValidityWish
  readonly path: string
}

/** The last day that a wish asks for, undefined when it asks for nothing. */
function lastDayOf({ lastDay, days, years }: ValidityWish, today: Day): Day | undefined {
  if (lastDay !== undefined) return lastDay
  if (days !== undefined) return today + clamp(days, maxYears * 366)
  return years === undefined ? undefined : addYears(today, clamp(years, maxYears))
}

/** A wish may shorten the validity (documented), not extend it beyond the order, and not end in the past (assumed). */
export function validityProblems(orderTill: Day, today: Day, wish: ValidityWish): Problem[] {
  const requestedTill = lastDayOf(wish, today)
  if (requestedTill === undefined) return []
  if (requestedTill > orderTill) return [{ reason: 'validity-exceeds-order' }]
  return requestedTill < today ? [{ reason: 'param-invalid', detail: 'certificate.cert_validity' }] : []
}

function clamp(value: number, limit: number): number {
  return Math.max(-limit, Math.min(value, limit))
}
