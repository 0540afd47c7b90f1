import { type Answer, unexpected } from '../transport/answer.ts'
import type { Call } from '../transport/call.ts'
import type { MessageOf } from '../transport/operation.ts'
import type { CallOptions } from '../transport/options.ts'
import type { RevocationResponse } from './api.generated.ts'
import type { Routes } from './routes.generated.ts'

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

type RevocationRoute =
  | 'revokeOrder PUT /order/certificate/{order_id}/revoke'
  | 'revokeCertificate PUT /certificate/{certificate_identifier}/revoke'

/** @param path - names what is revoked */
export function revoke<Route extends RevocationRoute>(
  call: Call<Routes>,
  route: Route,
  path: MessageOf<Routes[Route]>['path'],
  { comments, reason, skipApproval, ...options }: RevocationOptions = {},
): Promise<Revocation> {
  const body = { comments, revocation_reason: reason, skip_approval: skipApproval }
  return call<RevocationRoute, Revocation>(
    route,
    { path, body } as MessageOf<Routes[RevocationRoute]>,
    options,
    toRevocation,
  )
}

/** @throws CerttwinError `unexpected_response` when the answer says nothing of what became of it */
function toRevocation({ data, response }: Answer<RevocationResponse | undefined>): Revocation {
  if (response.status === 204) return { state: 'revoked' }
  if (typeof data?.id === 'number') return { state: 'pending', request: data }
  throw unexpected('nothing of what became of it')
}
