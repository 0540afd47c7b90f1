import type { AccessKeyDiagnosis } from './access-key-diagnosis.ts'
import type { PasswordDiagnosis } from './basic-diagnosis.ts'

/** Why a signature was refused: one reason for one mistake, each in the spelling of its scheme. */
export type SignatureDiagnosis = BasicDiagnosis | AccessKeyDiagnosis

/** Why Basic credentials were refused. */
export type BasicDiagnosis =
  | 'authorization-missing'
  | 'authorization-malformed'
  | 'date-missing'
  | 'date-unreadable'
  | 'date-skew'
  | 'user-unknown'
  /** The door takes Basic credentials alone. */
  | 'access-key-not-accepted'
  | PasswordDiagnosis

/** A signature that was refused. */
export interface SignatureFailure {
  readonly ok: false
  /** Whose mistake it is: doors word the two differently. */
  readonly scheme: 'basic' | 'access-key'
  readonly diagnosis: SignatureDiagnosis
  /** By how much the signed time is ahead of the clock, where that is the reason. */
  readonly skewSeconds?: number
}

export function basicRefused(diagnosis: BasicDiagnosis): SignatureFailure {
  return { ok: false, scheme: 'basic', diagnosis }
}

export function accessKeyRefused(diagnosis: AccessKeyDiagnosis): SignatureFailure {
  return { ok: false, scheme: 'access-key', diagnosis }
}

/** The diagnosis with its detail, as in `date-skew: +1200 s`. */
export function tellDiagnosis({ diagnosis, skewSeconds }: SignatureFailure): string {
  return skewSeconds === undefined ? diagnosis : `${diagnosis}: ${skewSeconds > 0 ? '+' : ''}${skewSeconds} s`
}

/** By how many seconds a signed time is outside a window around the clock; undefined within it, both ends included. */
export function skewOutside(windowMs: number, signedMs: number, nowMs: number): number | undefined {
  // What is signed has whole seconds, so the clock is read in whole seconds too.
  const skewMs = signedMs - Math.floor(nowMs / 1000) * 1000
  return Math.abs(skewMs) > windowMs ? Math.round(skewMs / 1000) : undefined
}
