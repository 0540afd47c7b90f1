import type { Receipt } from './receipt.ts'

/** A run that ended early, with what is known to have happened until then. */
export class RolloutError extends Error {
  override readonly name: string = 'RolloutError'
  readonly receipt: Receipt

  constructor(message: string, receipt: Receipt, cause?: unknown) {
    super(message, { cause })
    this.receipt = receipt
  }
}

/** The duplicate still waits, for an approval or for validation; the run can be repeated later. */
export class NotIssuedError extends RolloutError {
  override readonly name = 'NotIssuedError'
}
