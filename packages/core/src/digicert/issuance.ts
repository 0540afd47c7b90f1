import { type Answer, isRecord, toData, unexpected } from '../transport/answer.ts'
import type { CertificateChainEntry, RequestReference } from './api.generated.ts'

/**
 * What became of a certificate that was asked for, a duplicate, a reissue or a new order: it waits for an approver, it waits for
 * validation, or the certificate is there, as a chain that starts with the leaf. `id` is the order.
 */
export type Issuance =
  | { readonly state: 'pending'; readonly id: number; readonly requests: readonly RequestReference[] }
  | { readonly state: 'processing'; readonly id: number; readonly certificate_id: number }
  | {
      readonly state: 'issued'
      readonly id: number
      readonly certificate_id: number
      readonly certificate_chain: readonly CertificateChainEntry[]
    }

/** The signing request in a body. Callers without types may have left out either; the vendor says so then. */
export function csrOf(body?: { readonly certificate?: { readonly csr: string } }): string {
  return body?.certificate?.csr ?? ''
}

/** What the answers to such requests have in common. */
interface IssuanceResponse {
  readonly id?: number
  readonly requests?: readonly RequestReference[]
  readonly certificate_id?: number
  readonly certificate_chain?: readonly CertificateChainEntry[]
}

/**
 * The members decide, since an answer may carry requests and a certificate at once.
 *
 * @throws CerttwinError `unexpected_response` when the answer says nothing of what became of it
 */
export function toIssuance(answer: Answer<IssuanceResponse>): Issuance {
  const { id, requests, certificate_id, certificate_chain } = toData(answer)
  if (typeof id === 'number') {
    if (typeof certificate_id === 'number')
      return isFilled(certificate_chain)
        ? { state: 'issued', id, certificate_id, certificate_chain }
        : { state: 'processing', id, certificate_id }
    if (isFilled(requests)) return { state: 'pending', id, requests }
  }
  throw unexpected('nothing of what became of it')
}

function isFilled<Item>(list: readonly Item[] | undefined): list is readonly Item[] {
  return Array.isArray(list) && list.length > 0 && list.every(isRecord)
}
