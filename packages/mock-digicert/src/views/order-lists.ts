import type { OrderEntry, OrderEntryCertificate, OrderList, Page, StatusChangeList } from '../api.generated.ts'
import { dayOf, formatDay, formatTime } from '../domain/dates.ts'
import type { ListedOrder } from '../domain/order-lists.ts'
import type { StatusChange } from '../domain/status-changes.ts'
import type { Certificate } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { productOf } from '../products.ts'
import { profileOf } from '../profiles.ts'
import { isDuplicate, mustGet } from '../state.ts'
import { organizationOf } from './orders.ts'
import { orderValidityMembers, toValidityView } from './order-validity.ts'
import { toWireWord } from './words.ts'

/** What a year of any product costs. */
const yearlyPrice = 600

/** An empty list has no `orders` (observed). */
export function toOrderListView(world: DigicertWorld, orders: readonly ListedOrder[], page: Page): OrderList {
  return { ...(orders.length > 0 && { orders: orders.map((listed) => toOrderEntry(world, listed)) }), page }
}

/** The members stand in the order of the vendor's sample; the organization is an empty list where there is none (observed). */
function toOrderEntry(world: DigicertWorld, listed: ListedOrder): OrderEntry {
  const { order, primary, state } = listed
  const organization = organizationOf(world.state, order)
  const container = mustGet(world.state.containers, order.containerId)
  const product = productOf(order)
  const { years } = order.validity
  return {
    id: order.id,
    certificate: toEntryCertificate(world, primary),
    status: toWireWord(state),
    is_renewed: listed.isRenewed,
    date_created: formatTime(order.createdMs),
    organization: organization === undefined ? [] : { id: organization.id, name: organization.name },
    ...(years !== undefined && { validity_years: years }),
    disable_renewal_notifications: order.options.disableRenewalNotifications,
    container: { id: container.id, name: container.name, is_active: true },
    product: { name_id: product.nameId, name: product.name, type: product.type },
    ...countMembers(listed),
    price: yearlyPrice * (years ?? 1),
    product_name_id: product.nameId,
    ...(profileOf(world).readsLaterMembers && laterMembers(listed)),
  }
}

function toEntryCertificate(world: DigicertWorld, certificate: Certificate): OrderEntryCertificate {
  const { id, issuance, commonName, dnsNames, signatureHash } = certificate
  return {
    ...(issuance && { id, serial_number: issuance.serialNumber }),
    common_name: commonName,
    ...(dnsNames.length > 0 && { dns_names: [...dnsNames] }),
    ...(issuance && {
      valid_from: formatDay(issuance.validFrom),
      valid_till: formatDay(issuance.validTill),
      days_remaining: Math.max(0, issuance.validTill - dayOf(world.clock.now())),
    }),
    signature_hash: signatureHash,
  }
}

type Counts = Required<Pick<OrderEntry, 'duplicates_count' | 'has_duplicates' | 'reissues_count' | 'has_reissues'>>

/** What was issued beside the first certificate; what waits or was refused does not count (assumed). */
function countMembers({ certificates }: ListedOrder): Counts {
  const issued = certificates.filter(({ issuance }) => issuance !== undefined)
  const duplicates = issued.filter(isDuplicate).length
  const reissues = Math.max(0, issued.length - duplicates - 1)
  return {
    duplicates_count: duplicates,
    has_duplicates: duplicates > 0,
    reissues_count: reissues,
    has_reissues: reissues > 0,
  }
}

function laterMembers({ order, primary }: ListedOrder): Partial<OrderEntry> {
  const { validityWish, dnsNames } = primary
  const isAsked = Object.keys(validityWish).length > 0
  return {
    cert_validity: toValidityView(isAsked ? validityWish : order.validity),
    ...orderValidityMembers(order, primary),
    number_of_sans: dnsNames.length,
  }
}

/** An empty list has no `orders` (documented). */
export function toStatusChangeListView(changes: readonly StatusChange[]): StatusChangeList {
  if (changes.length === 0) return {}
  return {
    orders: changes.map(({ order, state }) => ({
      order_id: order.id,
      certificate_id: order.primaryId,
      status: toWireWord(state),
    })),
  }
}
