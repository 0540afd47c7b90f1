import type { DuplicateEntry, DuplicateList, DuplicateResponse } from '../api.generated.ts'
import { dayOf, formatDay, formatTime } from '../domain/dates.ts'
import { chainOf, isIssued, thumbprintOf } from '../domain/issuance.ts'
import type { RequestOutcome } from '../domain/outcomes.ts'
import type { Certificate, Duplicate } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { mustGet } from '../state.ts'
import { toChainView } from './certificates.ts'
import { toServerPlatformView } from './server-platforms.ts'

/** The answer to a duplicate request; which members it has tells the state. */
export function toDuplicateResponse(outcome: RequestOutcome): DuplicateResponse {
  const { state, orderId: id } = outcome
  if (state === 'needs-approval') return { id, requests: [{ id: outcome.requestId }] }
  if (state === 'processing') return { id, certificate_id: outcome.certificateId }
  return { id, certificate_id: outcome.certificateId, certificate_chain: toChainView(outcome.chain) }
}

/** An empty list has no `certificates`. */
export function toDuplicateListView(world: DigicertWorld, duplicates: readonly Duplicate[]): DuplicateList {
  if (duplicates.length === 0) return {}
  return { certificates: duplicates.map((duplicate) => toDuplicateView(world, duplicate)) }
}

/** The members stand in the order of the vendor's sample; those of the issued certificate come with it. */
function toDuplicateView(world: DigicertWorld, duplicate: Duplicate): DuplicateEntry {
  const { issuance, serverPlatformId, requesterId } = duplicate
  const { firstName, lastName } = mustGet(world.state.users, requesterId)
  return {
    id: duplicate.id,
    ...(isIssued(duplicate) && { thumbprint: thumbprintOf(chainOf(world, duplicate)) }),
    ...(issuance && { serial_number: issuance.serialNumber }),
    common_name: duplicate.commonName,
    ...(duplicate.dnsNames.length > 0 && { dns_names: [...duplicate.dnsNames] }),
    status: listStatuses[duplicate.status],
    date_created: formatTime(duplicate.createdMs),
    ...(issuance && {
      valid_from: formatDay(issuance.validFrom),
      valid_till: formatDay(issuance.validTill),
      days_remaining: Math.max(0, issuance.validTill - dayOf(world.clock.now())),
    }),
    csr: duplicate.csr,
    server_platform: toServerPlatformView(serverPlatformId),
    signature_hash: duplicate.signatureHash,
    key_size: duplicate.keyBits,
    ca_cert_id: duplicate.caCertId,
    sub_id: String(duplicate.subId).padStart(3, '0'),
    public_id: duplicate.publicId,
    archived: duplicate.isArchived ? '1' : '0',
    user_id: requesterId,
    firstname: firstName,
    lastname: lastName,
  }
}

/** The vendor's list has no word for revoked, and says `approved` of every issued duplicate in its samples. */
const listStatuses: Readonly<Record<Certificate['status'], string>> = {
  pending: 'pending',
  issued: 'approved',
  revoked: 'approved',
  rejected: 'rejected',
}
