import type { RateWindow } from '../transport/rate-limit.ts'

/** The front doors of the service: the vendor's API gateway, or the hosts of the service itself. */
export type DoorName = 'gateway' | 'native'

/** What a client has to know of a door. */
export interface Door {
  readonly baseUrl: string
  readonly requestIdHeader: string
  /** Whether `x-cnc-date` can stand in for `Date`. */
  readonly takesOtherDate?: boolean
  readonly takesAccessKeys?: boolean
  /** The statuses that a refused signature has. */
  readonly signatureRefused: readonly number[]
  /** Whether somebody who is not let in is told the same as for a wrong signature. */
  readonly hidesAccess?: boolean
  /** What it lets through. */
  readonly rateWindows: readonly RateWindow[]
  /** Whether each operation has windows of its own. */
  readonly limitsOperations?: boolean
}

export const doors: Readonly<Record<DoorName, Door>> = {
  gateway: {
    baseUrl: 'https://open.chinanetcenter.com',
    requestIdHeader: 'x-cnc-request-id',
    takesOtherDate: true,
    takesAccessKeys: true,
    signatureRefused: [401, 462],
    rateWindows: [{ limit: 300, windowMs: 300_000 }],
    limitsOperations: true,
  },
  native: {
    baseUrl: 'https://ngapi.cdnetworks.com',
    requestIdHeader: 'Qtl-Request-Id',
    signatureRefused: [403],
    hidesAccess: true,
    // A bucket of 60 that gets 30 a minute never lets less through than this.
    rateWindows: [{ limit: 60, windowMs: 120_000 }],
  },
}
