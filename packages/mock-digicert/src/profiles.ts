import type { RateWindow } from '@certtwin/mock-kit'
import type { DigicertSettings } from './env.ts'

/** A generation of the vendor's API. */
export type ProfileName = '2019' | '2020' | '2024'

/** What differs between the generations; all of it is documented but the line ends. */
export interface Profile {
  readonly rateWindows: readonly RateWindow[]
  /** A duplicate's validity: that of the original to the day, or from the day of issue for at most 397 days. */
  readonly validity: 'as-original' | 'capped'
  /** Whether `cert_validity` and `ca_cert_id` mean something; they are ignored otherwise. */
  readonly readsLaterMembers: boolean
  /** What an order is told to lack that does not say how long it is to last. */
  readonly validityMember: 'validity_years' | 'order_validity'
  readonly downloadLineEnd: '\n' | '\r\n'
}

export const profiles: Readonly<Record<ProfileName, Profile>> = {
  '2019': {
    rateWindows: [
      { limit: 1300, windowMs: 3_600_000 },
      { limit: 100, windowMs: 10_000 },
    ],
    validity: 'as-original',
    readsLaterMembers: false,
    validityMember: 'validity_years',
    downloadLineEnd: '\r\n',
  },
  '2020': {
    rateWindows: [
      { limit: 1000, windowMs: 300_000 },
      { limit: 100, windowMs: 5000 },
    ],
    validity: 'capped',
    readsLaterMembers: false,
    validityMember: 'order_validity',
    downloadLineEnd: '\r\n',
  },
  '2024': {
    rateWindows: [
      { limit: 1000, windowMs: 180_000 },
      { limit: 100, windowMs: 5000 },
    ],
    validity: 'capped',
    readsLaterMembers: true,
    validityMember: 'order_validity',
    downloadLineEnd: '\n',
  },
}

/** The generation that a world is in. */
export function profileOf({ settings }: { readonly settings: DigicertSettings }): Profile {
  return profiles[settings.profile]
}

/** The windows that count in a world. */
export function rateWindowsOf(settings: DigicertSettings): readonly RateWindow[] {
  if (typeof settings.rateLimits !== 'boolean') return settings.rateLimits
  return settings.rateLimits ? profiles[settings.profile].rateWindows : []
}
