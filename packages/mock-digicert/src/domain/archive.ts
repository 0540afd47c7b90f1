import type { Certificate } from '../entities.ts'
import { refuse } from '../errors.ts'
import { mustGet, type State } from '../state.ts'

/** Takes a certificate out of the lists. @throws Refusal `cannot_archive_primary_certificate` */
export function archiveCertificate({ certificates, orders }: State, certificate: Certificate): void {
  if (mustGet(orders, certificate.orderId).primaryId === certificate.id) throw refuse('primary-not-archivable')
  certificates.set(certificate.id, { ...certificate, isArchived: true })
}
