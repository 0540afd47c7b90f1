import type { CdnProClient, DigicertClient } from '@certtwin/core'
import type { KeyPair } from './key-pair.ts'
import type { Progress } from './progress.ts'
import type { Target } from './verification.ts'

/** What is wanted: a duplicate of an order's certificate, live in these targets. */
export interface RolloutPlan {
  readonly orderId: number
  readonly commonName: string
  /** Omitted: the names of the original certificate. */
  readonly dnsNames: readonly string[] | undefined
  readonly signatureHash: string
  readonly serverPlatformId: number | undefined
  /** The certificate at CDN Pro that gets a new version; without one a new certificate is made. */
  readonly certificateId: string | undefined
  readonly targets: readonly Target[]
}

/** What an approver, or whoever stands in for one, decides about a waiting request. */
export type Approval = 'approve' | 'wait' | 'stop'

/** Everything that a run needs from around it. */
export interface RolloutContext {
  readonly digicert: DigicertClient
  readonly cdnpro: CdnProClient
  readonly keyPair: KeyPair
  readonly progress: Progress
  /** The pause between two looks at something unfinished, in milliseconds. */
  readonly pollMs: number
  /** Ends the run while it waits for something. */
  readonly signal?: AbortSignal
  /** How long to wait for an approval or for validation, in milliseconds. */
  readonly issuanceDeadlineMs: number
  /** Asked when a duplicate waits; the request is unknown where an earlier run made it and left no receipt. */
  readonly approval: (requestId: number | undefined) => Promise<Approval>
}
