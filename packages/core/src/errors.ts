/**
 * What went wrong, in one word. The list is closed: a `switch` over it can be complete.
 *
 * - `invalid_options`: the client or the call was set up wrongly; nothing was sent
 * - `unauthorized`: the vendor does not know the key or refuses the signature
 * - `forbidden`: the key is known and may not do this
 * - `not_found`: there is no such thing in this account
 * - `invalid_request`: the vendor refuses what was asked; `vendorErrors` says why
 * - `conflict`: the state of the resource does not allow it
 * - `rate_limited`: too many calls, also after the repeats, or the client's own limit would pass the deadline
 * - `server_error`: the vendor failed (5xx)
 * - `network`: no answer came
 * - `timeout`: no answer came in time, or a wait ended before what was waited for
 * - `aborted`: the caller's signal ended the call
 * - `unexpected_response`: an answer came that the contract does not know
 * - `unsupported_runtime`: this platform lacks something that the call needs
 * - `rejected`: a request for approval was turned down
 * - `deployment_failed`: a deployment task ended without success, or something else is live than what it deployed
 * - `validation_failed`: a check of a version of a property ended without success
 */
export type ErrorCode =
  | 'invalid_options'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'invalid_request'
  | 'conflict'
  | 'rate_limited'
  | 'server_error'
  | 'network'
  | 'timeout'
  | 'aborted'
  | 'unexpected_response'
  | 'unsupported_runtime'
  | 'rejected'
  | 'deployment_failed'
  | 'validation_failed'

/**
 * What is known about the effect of a call that failed: `not_sent`, nothing left; `none`, the vendor did not act on it; `unknown`, it
 * may have.
 */
export type Outcome = 'not_sent' | 'none' | 'unknown'

/** An error as the vendor words it. `code` is empty where the vendor sends text alone. */
export interface VendorError {
  /** The vendor's word for it. */
  readonly code: string
  /** The vendor's sentence, with what is secret blotted out. */
  readonly message: string
}

/** What an error is made of; what is left out is as `CerttwinError` says. */
export interface CerttwinErrorDetails {
  readonly code: ErrorCode
  readonly message: string
  readonly operation?: string | undefined
  readonly outcome?: Outcome | undefined
  readonly status?: number | undefined
  readonly vendorErrors?: readonly VendorError[] | undefined
  readonly requestId?: string | undefined
  readonly taskId?: string | undefined
  readonly attempts?: number | undefined
  readonly elapsedMs?: number | undefined
}

const brand = Symbol.for('@certtwin/core/error')

/** The one error of this package. Neither its message nor any member holds a key, a password or a request body. */
export class CerttwinError extends Error {
  /** The same in every copy of this package. */
  override readonly name = 'CerttwinError'
  /** What went wrong, in one word of a closed list. */
  declare readonly code: ErrorCode
  /** The operation of the OpenAPI document, for instance `requestDuplicate`. */
  declare readonly operation: string | undefined
  /** What is known about the effect of the call: whether it is safe to ask again. */
  declare readonly outcome: Outcome
  /** The HTTP status, where an answer came. */
  declare readonly status: number | undefined
  /** All errors of the answer in the vendor's words; empty where there are none. */
  declare readonly vendorErrors: readonly VendorError[]
  /** The vendor's id of the call, for a question to its support. */
  declare readonly requestId: string | undefined
  /** The deployment task that was waited for. */
  declare readonly taskId: string | undefined
  /** How often the request was sent. */
  declare readonly attempts: number
  /** How long the call took with all its attempts and pauses, in milliseconds. */
  declare readonly elapsedMs: number

  constructor(details: CerttwinErrorDetails) {
    super(details.message)
    const outcome = details.outcome ?? 'none'
    Object.assign(this, { vendorErrors: [], attempts: 0, elapsedMs: 0, ...details, outcome })
    Object.defineProperty(this, brand, { value: true })
  }
}

/**
 * Whether a value is an error of this package, also one of another copy of it or from another realm.
 *
 * @example
 * ```ts
 * try {
 *   await digicert.orders.get(1234567)
 * } catch (error) {
 *   if (!isCerttwinError(error) || error.code !== 'not_found') throw error
 * }
 * ```
 */
export function isCerttwinError(value: unknown): value is CerttwinError {
  return typeof value === 'object' && value !== null && brand in value
}

/** An error of that kind. @param outcome - `none` unless told otherwise */
export function fail(code: ErrorCode, message: string, outcome?: Outcome): CerttwinError {
  return new CerttwinError({ code, message, outcome })
}

/** An error that says more, or something else, than another one. */
export function amend(error: CerttwinError, details: Partial<CerttwinErrorDetails>): CerttwinError {
  return new CerttwinError(Object.assign({ message: error.message }, error, details))
}
