import type { components } from '../control/control.generated.ts'

/** When a fault happens and which one, as data. */
export type FaultRule = components['schemas']['FaultRule']

export type FaultKind = FaultRule['kind']

/** A rule in force, with its counts. */
export type FaultStatus = FaultRule & {
  readonly id: string
  /** How many requests of its operations came since it was added. */
  readonly calls: number
  /** How often it acted. */
  readonly hits: number
}

/** What is known of a request when a fault is chosen: before anybody has looked at its credentials. */
export interface FaultedRequest {
  readonly operation: string | undefined
  readonly method: string
  readonly url: string
  readonly body: string
}

/** A rule as code may give it: with a condition of its own, beside those of the data. */
export type CodedFaultRule = FaultRule & { readonly when?: (request: FaultedRequest) => boolean }

/** What the journal keeps of a fault. */
export interface FaultHit {
  readonly rule: string
  readonly kind: FaultKind
  /** The answer, or its absence, is none of the twin's: it says nothing about what the twin covers. */
  readonly injected: boolean
}

/** A fault that was asked for and cannot be; the message is one sentence that says what to do. */
export class FaultError extends Error {
  override readonly name = 'FaultError'
}
