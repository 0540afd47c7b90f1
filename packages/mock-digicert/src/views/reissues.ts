import type { ReissueEntry, ReissueList } from '../api.generated.ts'
import { dayOf, formatDay, formatTime } from '../domain/dates.ts'
import { chainOf, isIssued, thumbprintOf } from '../domain/issuance.ts'
import { allNames } from '../domain/names.ts'
import type { Certificate, Issued } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { mustGet } from '../state.ts'

/** The list has no word for revoked either. */
const listStatuses: Readonly<Record<Certificate['status'], string>> = {
  pending: 'pending',
  issued: 'issued',
  revoked: 'issued',
  rejected: 'rejected',
}

/** An empty list has no `certificates`. */
export function toReissueListView(world: DigicertWorld, reissues: readonly Certificate[]): ReissueList {
  if (reissues.length === 0) return {}
  return { certificates: reissues.map((reissue) => toReissueView(world, reissue)) }
}

/** The members stand in the order of the vendor's table; those of the issued certificate come with it. */
function toReissueView(world: DigicertWorld, reissue: Certificate): ReissueEntry {
  const { firstName, lastName, email } = mustGet(world.state.users, reissue.requesterId)
  const names = allNames(reissue)
  const wildcards = names.filter((name) => name.startsWith('*.'))
  return {
    id: reissue.id,
    ...(isIssued(reissue) && {
      thumbprint: thumbprintOf(chainOf(world, reissue)),
      serial_number: reissue.issuance.serialNumber,
    }),
    common_name: reissue.commonName,
    ...(reissue.dnsNames.length > 0 && { dns_names: [...reissue.dnsNames] }),
    status: listStatuses[reissue.status],
    date_created: formatTime(reissue.createdMs),
    ...(isIssued(reissue) && toDates(world, reissue)),
    csr: reissue.csr,
    key_size: reissue.keyBits,
    archived: reissue.isArchived ? 1 : 0,
    user_id: reissue.requesterId,
    email,
    firstname: firstName,
    lastname: lastName,
    purchased_dns_names: String(names.length - wildcards.length),
    purchased_wildcard_names: String(wildcards.length),
  }
}

function toDates(
  { clock }: DigicertWorld,
  { issuance }: Issued,
): Pick<ReissueEntry, 'date_issued' | 'valid_till' | 'days_remaining'> {
  return {
    date_issued: formatTime(issuance.issuedMs),
    valid_till: formatDay(issuance.validTill),
    days_remaining: Math.max(0, issuance.validTill - dayOf(clock.now())),
  }
}
