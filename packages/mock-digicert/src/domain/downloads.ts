import type { Certificate } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { refuse } from '../errors.ts'
import { profileOf } from '../profiles.ts'
import { mustGet, type State } from '../state.ts'
import type { Caller } from './callers.ts'
import { chainOf, isIssued, toPem } from './issuance.ts'
import { parseId } from './orders.ts'

/** A certificate as a file. */
export interface Download {
  readonly content: string
  readonly contentType: string
  readonly fileName: string
}

/**
 * Packs an issued certificate, also a revoked one, with its chain: leaf first (observed).
 *
 * @throws Refusal for an unknown format, and for a certificate that is unknown, another account's, or not issued.
 */
export function download(world: DigicertWorld, caller: Caller, id: string, format: string): Download {
  const certificate = findCertificate(world.state, caller, id)
  if (!isIssued(certificate)) throw refuse('certificate-not-issued')
  if (format.toLowerCase() !== 'pem_all') throw refuse('param-invalid', 'format_type')
  return {
    content: chainOf(world, certificate)
      .map((each) => toPem(each, profileOf(world).downloadLineEnd))
      .join(''),
    contentType: 'application/x-pem-file',
    fileName: `${certificate.commonName.replaceAll(/[.*]/g, '_')}.pem`,
  }
}

function findCertificate({ certificates, orders }: State, { account }: Caller, pathValue: string): Certificate {
  const certificate = certificates.get(parseId(pathValue) ?? 0)
  if (certificate === undefined) throw refuse('certificate-unknown')
  if (mustGet(orders, certificate.orderId).accountId !== account.id) throw refuse('certificate-of-other-account')
  return certificate
}
