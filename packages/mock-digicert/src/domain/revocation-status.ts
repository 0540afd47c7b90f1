import type { CertificateStatus, RevocationList, StatusPeriod } from '@certtwin/mock-kit/x509'
import type { Certificate, Issued } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { authorityOf, type CaCertId } from '../intermediates.ts'
import { findBySerial } from './certificates.ts'
import { isIssued } from './issuance.ts'

const periodMs = 7 * 86_400_000

/** The list of what was revoked of an intermediate's certificates in this world, as DER. */
export function revocationListOf(world: DigicertWorld, caCertId: CaCertId): Uint8Array<ArrayBuffer> {
  const revoked = [...world.state.certificates.values()]
    .filter((certificate) => certificate.caCertId === caCertId)
    .flatMap(toRevoked)
  const number = numberOf(world.clock.now(), revoked.length)
  return new Uint8Array(authorityOf(world).revocationList(caCertId, { ...periodOf(world), number, revoked }))
}

/** Answers a request of OCSP about certificates of this world; both are DER. */
export function ocspAnswerOf(world: DigicertWorld, request: Uint8Array): Uint8Array<ArrayBuffer> {
  const statusOf = (caCertId: CaCertId, serialNumber: string): CertificateStatus => {
    const certificate = findBySerial(world.state, serialNumber)
    return certificate?.caCertId === caCertId ? toStatus(certificate) : 'unknown'
  }
  return new Uint8Array(authorityOf(world).answerOcsp(request, periodOf(world), statusOf))
}

function periodOf({ clock }: DigicertWorld): StatusPeriod {
  return { thisUpdate: new Date(clock.now()), nextUpdate: new Date(clock.now() + periodMs) }
}

/**
 * The number of a list rises with the time, and within a second with what is on it, so that nothing has to be counted when somebody
 * reads: eight octets, of which the last 20 bits are how many are revoked.
 */
function numberOf(nowMs: number, revokedCount: number): Uint8Array {
  const seconds = BigInt(Math.max(0, Math.floor(nowMs / 1000)))
  const octets = Buffer.alloc(8)
  octets.writeBigUInt64BE((seconds << 20n) | BigInt(revokedCount))
  return octets
}

function toRevoked(certificate: Certificate): RevocationList['revoked'] {
  const { revocation } = certificate
  if (revocation === undefined || !isIssued(certificate)) return []
  const { issuance }: Issued = certificate
  const { atMs, reason } = revocation
  return [{ serialNumber: Buffer.from(issuance.serialNumber, 'hex'), revokedAt: new Date(atMs), reason }]
}

function toStatus({ revocation }: Certificate): CertificateStatus {
  return revocation === undefined ? 'good' : { revokedAt: new Date(revocation.atMs), reason: revocation.reason }
}
