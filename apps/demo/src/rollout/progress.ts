import type { Receipt } from './receipt.ts'
import type { Target } from './verification.ts'

export type Step = 'duplicate' | 'approval' | 'upload' | `deploy-${Target}` | `verify-${Target}`

/** What a run tells while it goes on. */
export interface RolloutEvent {
  readonly step: Step
  readonly state: 'started' | 'waiting' | 'done'
  /** One sentence for a person. */
  readonly text: string
  /** What has been done so far. */
  readonly receipt: Receipt
}

/** Keeps what has been done and tells those who watch. */
export interface Progress {
  readonly receipt: Receipt
  /** Tells of a step, after adding to the receipt what it did. */
  tell(step: Step, state: RolloutEvent['state'], text: string, done?: Partial<Receipt>): void
}

/** @param known - what an earlier run did, to go on from */
export function createProgress(known: Receipt, report: (event: RolloutEvent) => void): Progress {
  let receipt = known
  return {
    get receipt() {
      return receipt
    },
    tell(step, state, text, done = {}) {
      receipt = { ...receipt, ...done }
      report({ step, state, text, receipt })
    },
  }
}
