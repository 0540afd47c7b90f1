// What can happen to a duplicate, and to every other certificate.
import type { Certificate, Issuance, Issued, Revocation } from '../entities.ts'
import { nextState, type TransitionTable } from './transition-table.ts'

export type CertificateEvent = 'issue' | 'reject' | 'revoke'

/** All rows are assumed. While an approval or a validation is missing, nothing happens. */
export const certificateTransitions: TransitionTable<CertificateEvent, Certificate['status']> = {
  issue: { pending: 'issued' },
  reject: { pending: 'rejected' },
  revoke: { issued: 'revoked' },
}

export function issued<Kind extends Certificate>(certificate: Kind, issuance: Issuance): Issued<Kind> {
  return { ...certificate, status: nextState(certificateTransitions, certificate.status, 'issue'), issuance }
}

export function rejected<Kind extends Certificate>(certificate: Kind): Kind {
  return { ...certificate, status: nextState(certificateTransitions, certificate.status, 'reject') }
}

export function revoked<Kind extends Certificate>(certificate: Kind, revocation: Revocation): Kind {
  return { ...certificate, status: nextState(certificateTransitions, certificate.status, 'revoke'), revocation }
}

/** Whether the certificate can be revoked: it is issued, and was not revoked before. */
export function isRevocable({ status }: Certificate): boolean {
  return certificateTransitions.revoke[status] !== undefined
}
