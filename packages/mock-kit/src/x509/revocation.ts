/** Why a certificate was revoked, with the numbers of RFC 5280 §5.3.1. */
export const revocationReasons = {
  unspecified: 0,
  keyCompromise: 1,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
} as const

export type RevocationReason = keyof typeof revocationReasons

/** When and why a certificate was revoked. */
export interface Revocation {
  readonly revokedAt: Date
  readonly reason: RevocationReason
}

/** For how long an answer about revocations counts. */
export interface StatusPeriod {
  readonly thisUpdate: Date
  readonly nextUpdate: Date
}
