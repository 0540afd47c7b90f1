import type { Day } from '../entities.ts'
import type { Problem } from '../errors.ts'
import type { Profile } from '../profiles.ts'
import { addYears } from './dates.ts'

/** First and last day of a certificate. */
export interface Validity {
  readonly validFrom: Day
  readonly validTill: Day
}

/** How long a duplicate shall be valid; the most exact member counts. */
export interface ValidityWish {
  readonly years?: number
  readonly days?: number
  readonly lastDay?: Day
}

const maxDays = 397
/** Wishes beyond a century are cut to it, in both directions: they are wrong anyhow, and dates stay countable. */
const maxYears = 100

/**
 * When a duplicate is valid (documented): as long as the original; later generations let it begin on the day of issue, for
 * at most 397 days, and end earlier on request.
 */
export function validityOf(profile: Profile, original: Validity, today: Day, requestedTill?: Day): Validity {
  if (profile.validity === 'as-original') return { validFrom: original.validFrom, validTill: original.validTill }
  return {
    validFrom: today,
    validTill: Math.min(original.validTill, today + maxDays, requestedTill ?? Number.POSITIVE_INFINITY),
  }
}

/** The last day that a wish asks for, undefined when it asks for nothing. */
export function lastDayOf({ lastDay, days, years }: ValidityWish, today: Day): Day | undefined {
  if (lastDay !== undefined) return lastDay
  if (days !== undefined) return today + clamp(days, maxYears * 366)
  return years === undefined ? undefined : addYears(today, clamp(years, maxYears))
}

/** A wish may shorten the validity (documented), not extend it beyond the order, and not end in the past (assumed). */
export function validityProblems(original: Validity, today: Day, requestedTill: Day | undefined): Problem[] {
  if (requestedTill === undefined) return []
  if (requestedTill > original.validTill) return [{ reason: 'validity-exceeds-order' }]
  return requestedTill < today ? [{ reason: 'param-invalid', detail: 'certificate.cert_validity' }] : []
}

function clamp(value: number, limit: number): number {
  return Math.max(-limit, Math.min(value, limit))
}
