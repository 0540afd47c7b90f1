import type { Certificate, Order } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { byDate, byFlag, byId, byText, byWord, filterList, type Filters } from '../lists/filters.ts'
import { newestFirst, type SortKeys, sortList } from '../lists/order.ts'
import { productOf } from '../products.ts'
import { mustGet } from '../state.ts'
import type { Caller } from './callers.ts'
import { startOf } from './dates.ts'
import { normalizeHex } from './hex.ts'
import { allNames } from './names.ts'
import { type OrderState, orderStateOf } from './order-life.ts'
import { maySee, renewedOrders } from './orders.ts'

/** An order with what lists look at. */
export interface ListedOrder {
  readonly order: Order
  readonly primary: Certificate
  readonly state: OrderState
  /** All certificates of the order, the primary one among them. */
  readonly certificates: readonly Certificate[]
  /** Another order has taken over from it. */
  readonly isRenewed: boolean
  /** Who is told of it: the one who placed it, and whoever else was named. */
  readonly emails: readonly string[]
}

/** All names and kinds of values are documented, how they are read is one client's or assumed. */
const filters: Filters<ListedOrder> = {
  id: byId(({ order }) => order.id),
  status: byWord(({ state }, word) => {
    const matches = state.toLowerCase() === word
    return matches || (state === 'expired' && word === 'issued') // documented
  }),
  organization_id: byId(({ order }) => order.organizationId),
  product_name_id: byText(({ order }) => order.productId),
  valid_till: byDate(({ primary: { issuance } }) => issuance && startOf(issuance.validTill).getTime()),
  user_id: byId(({ order }) => order.requesterId),
  common_name: byText(({ primary }) => primary.commonName),
  domain_name: byText(({ primary }) => allNames(primary)),
  date_created: byDate(({ order }) => order.createdMs),
  container_id: byId(({ order }) => order.containerId),
  metadata_id: byId(({ order }) => order.options.customFields.map(({ metadataId }) => metadataId)),
  is_renewed: byFlag(({ isRenewed }) => isRenewed),
  disable_renewal_notifications: byFlag(({ order }) => order.options.disableRenewalNotifications),
  email: byText(({ emails }) => emails),
  certificate_id: byId(({ certificates }) => certificates.map(({ id }) => id)),
  serial_number: (text) => {
    const wanted = normalizeHex(text)
    return ({ certificates }) =>
      certificates.some(({ issuance }) => issuance && normalizeHex(issuance.serialNumber) === wanted)
  },
  search: byText(({ primary, emails }) => [primary.commonName, ...emails]),
}

const sortKeys: SortKeys<ListedOrder> = {
  order_id: ({ order }) => order.id,
  date_created: ({ order }) => order.createdMs,
  common_name: ({ primary }) => primary.commonName,
  status: ({ state }) => state,
  validity_years: ({ order }) => order.validity.years,
  product_name: ({ order }) => productOf(order).name,
  valid_till: ({ primary }) => primary.issuance?.validTill,
}

/**
 * The orders that the caller may see and that pass the filters of a query, in the order that it asks for.
 *
 * @throws Refusal `invalid_param:filters[<name>]`
 */
export function listOrders(world: DigicertWorld, caller: Caller, query: URLSearchParams): readonly ListedOrder[] {
  const renewed = renewedOrders(world.state)
  const visible = [...world.state.orders.values()].filter((order) => maySee(caller, order)).toSorted(newestFirst)
  const listed = visible.map((order) => toListed(world, order, renewed))
  return sortList(filterList(listed, query, filters), query, sortKeys)
}

function toListed(world: DigicertWorld, order: Order, renewed: ReadonlySet<number>): ListedOrder {
  const { certificates, users } = world.state
  return {
    order,
    primary: mustGet(certificates, order.primaryId),
    state: orderStateOf(world, order),
    certificates: certificates.group(order.id),
    isRenewed: renewed.has(order.id),
    emails: [mustGet(users, order.requesterId).email, ...order.options.additionalEmails],
  }
}
