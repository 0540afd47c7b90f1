import { type Answer, unexpected } from '../transport/answer.ts'
import type { Call } from '../transport/call.ts'
import type { MessageOf } from '../transport/operation.ts'
import type { CallOptions } from '../transport/options.ts'
import type { operations, RevocationResponse } from './api.generated.ts'

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

/** @param path - names what is revoked */
export function revoke(
  call: Call<operations>,
  operation: 'revokeOrder' | 'revokeCertificate',
  path: { readonly order_id: number } | { readonly certificate_identifier: string },
  { comments, reason, skipApproval, ...options }: RevocationOptions = {},
): Promise<Revocation> {
  const body = { comments, revocation_reason: reason, skip_approval: skipApproval }
  return call(operation, { path, body } as MessageOf<operations[typeof operation]>, options, toRevocation)
}

/** @throws CerttwinError `unexpected_response` when the answer says nothing of what became of it */
function toRevocation({ data, response }: Answer<RevocationResponse | undefined>): Revocation {
  if (response.status === 204) return { state: 'revoked' }
  if (typeof data?.id === 'number') return { state: 'pending', request: data }
  throw unexpected('the answer says nothing of what became of it.')
}
