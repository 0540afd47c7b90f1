import type { DigicertWorld } from '../env.ts'
import { isIssued, isSeen } from './issuance.ts'
import { type PublishedWorld, withAddress } from './publication.ts'

/** Lets certificates carry the address of their world that nobody has seen without it. What somebody has seen never changes. */
export function publishUnseen(world: PublishedWorld & Pick<DigicertWorld, 'state'>): void {
  const { certificates } = world.state
  for (const certificate of certificates.values()) {
    if (world.publicUrl === undefined || !isIssued(certificate)) continue
    const { issuance } = certificate
    if (issuance.published === undefined && !isSeen(issuance))
      certificates.set(certificate.id, { ...certificate, issuance: withAddress(world, issuance) })
  }
}
