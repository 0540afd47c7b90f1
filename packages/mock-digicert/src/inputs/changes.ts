import { bodyProblems } from '@certtwin/mock-kit'
import type { OrderStatusUpdate as OrderStatusBody, RevocationRequest } from '../api.generated.ts'
import type { OrderStatusUpdate } from '../domain/cancellation.ts'
import type { RevocationWish } from '../domain/revocations.ts'
import type { RevocationReason } from '../entities.ts'
import { refuseUnreadable } from './duplicates.ts'
import { type Json, readKindly } from './kindly.ts'
import { validateRevokeOrder, validateUpdateOrderStatus } from '../validators.generated.js'

/** By the vendor's names, without case and underscores. Any other word is taken and means nothing (assumed). */
const reasons: ReadonlyMap<string, RevocationReason> = new Map([
  ['keycompromise', 'keyCompromise'],
  ['affiliationchange', 'affiliationChanged'],
  ['superseded', 'superseded'],
  ['cessationofoperation', 'cessationOfOperation'],
])

/**
 * Reads the body of a revocation, of a certificate or an order.
 *
 * @throws Refusal with every member that cannot be read.
 */
export function parseRevocation(json: Json): RevocationWish {
  const body = readKindly(json)
  refuseUnreadable(bodyProblems(validateRevokeOrder, body))
  const { skip_approval, comments, revocation_reason = '' } = body as RevocationRequest
  return {
    reason: reasons.get(revocation_reason.toLowerCase().replaceAll('_', '')) ?? 'unspecified',
    skipApproval: skip_approval ?? false,
    comments,
  }
}

/**
 * Reads the body of a change of an order's status.
 *
 * @throws Refusal when a member is missing or cannot be read.
 */
export function parseOrderStatusUpdate(json: Json): OrderStatusUpdate {
  const body = readKindly(json)
  refuseUnreadable(bodyProblems(validateUpdateOrderStatus, body))
  const { status, note } = body as OrderStatusBody
  return { status, note }
}
