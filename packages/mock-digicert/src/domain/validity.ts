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
 * @throws Refusal when the wish cannot be met on this day
 */
export function validityOf(profile: Profile, original: Validity, today: Day, wish: ValidityWish): Validity {
  if (profile.validity === 'as-original') return { validFrom: original.validFrom, validTill: original.validTill }
  refuseIfAny(validityProblems(original, today, wish))
  const limits = [original.validTill, today + maxDays, lastDayOf(wish, today) ?? Number.POSITIVE_INFINITY]
  return { validFrom: today, validTill: Math.min(...limits) }
}

/** The last day that a wish asks for, undefined when it asks for nothing. */
function lastDayOf({ lastDay, days, years }: ValidityWish, today: Day): Day | undefined {
  if (lastDay !== undefined) return lastDay
  if (days !== undefined) return today + clamp(days, maxYears * 366)
  return years === undefined ? undefined : addYears(today, clamp(years, maxYears))
}

/** A wish may shorten the validity (documented), not extend it beyond the order, and not end in the past (assumed). */
export function validityProblems(original: Validity, today: Day, wish: ValidityWish): Problem[] {
  const requestedTill = lastDayOf(wish, today)
  if (requestedTill === undefined) return []
  if (requestedTill > original.validTill) return [{ reason: 'validity-exceeds-order' }]
  return requestedTill < today ? [{ reason: 'param-invalid', detail: 'certificate.cert_validity' }] : []
}

function clamp(value: number, limit: number): number {
  return Math.max(-limit, Math.min(value, limit))
}
