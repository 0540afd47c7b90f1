import type { Answer } from '../transport/answer.ts'
import { unexpected } from '../transport/answer.ts'
import type { CallOptions } from '../transport/options.ts'
import type { RevocationRequest, RevocationResponse } from './api.generated.ts'

/** Why a certificate is revoked; the vendor may know more. */
export type RevocationReason =
  | 'unspecified'
  | 'key_compromise'
  | 'affiliation_change'
  | 'superseded'
  | 'cessation_of_operation'
  | (string & {})

/** What is said with a revocation. */
export interface RevocationOptions extends CallOptions {
  /** A remark for the approver. */
  readonly comments?: string
  /** Why; nothing is said of it unless told. */
  readonly reason?: RevocationReason
  /** Asks to revoke without an approval, which an administrator's key may. */
  readonly skipApproval?: boolean
}

/** What became of a revocation: it waits for an approver, or it is done. */
export type Revocation =
  | { readonly state: 'pending'; readonly request: RevocationResponse }
  | { readonly state: 'revoked' }

/** What of the options goes into a body. */
type Wish = {
  readonly [Name in Exclude<keyof RevocationOptions, keyof CallOptions>]: RevocationOptions[Name] | undefined
}

export function toRevocationBody({ comments, reason, skipApproval }: Wish): RevocationRequest {
  return {
    ...(comments !== undefined && { comments }),
    ...(reason !== undefined && { revocation_reason: reason }),
    ...(skipApproval !== undefined && { skip_approval: skipApproval }),
  }
}

/** @throws CerttwinError `unexpected_response` when the answer says nothing of what became of it */
export function toRevocation(
  operation: string,
  { data, response }: Answer<RevocationResponse | undefined>,
): Revocation {
  if (response.status === 204) return { state: 'revoked' }
  if (typeof data?.id === 'number') return { state: 'pending', request: data }
  throw unexpected(operation, 'the answer says nothing of what became of it.', response.status)
}
