import type { Certificate } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { isIssued, isSeen } from './issuance.ts'
import { type PublishedWorld, withAddress } from './publication.ts'

/**
 * Lets certificates that nobody has seen carry the address of their world. What somebody has seen never changes.
 *
 * @param isMeant - those to look at; who saw one in another process is not known here
 */
export function publishUnseen(
  world: PublishedWorld & Pick<DigicertWorld, 'state'>,
  isMeant: (certificate: Certificate) => boolean = () => true,
): void {
  const { certificates } = world.state
  if (world.publicUrl === undefined) return
  for (const certificate of certificates.values()) {
    if (!isIssued(certificate) || !isMeant(certificate)) continue
    const { issuance } = certificate
    if (!isSeen(issuance)) certificates.set(certificate.id, { ...certificate, issuance: withAddress(world, issuance) })
  }
}
