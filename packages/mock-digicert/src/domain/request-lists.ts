import type { Certificate, Order, RequestRecord, User } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { byId, byText, byWord, filterList, type Filters } from '../lists/filters.ts'
import { newestFirst, type SortKeys, sortList } from '../lists/order.ts'
import { mustGet, type State } from '../state.ts'
import type { Caller } from './callers.ts'
import { maySee } from './orders.ts'

/** A request with what lists look at. */
export interface ListedRequest {
  readonly request: RequestRecord
  readonly order: Order
  readonly certificate: Certificate
  readonly requester: User
}

/** The names are documented; how their values are read is assumed. */
const filters: Filters<ListedRequest> = {
  type: byWord(({ request }, word) => request.type.toLowerCase() === word),
  status: byWord(({ request }, word) => request.status === word),
  container_id: byId(({ order }) => order.containerId),
  metadata_id: byId(({ order }) => order.options.customFields.map(({ metadataId }) => metadataId)),
  metadata_value: byText(({ order }) => order.options.customFields.map(({ value }) => value)),
  search: byText(({ certificate, requester }) => [certificate.commonName, requester.email]),
}

/** That lists can be sorted is documented, by what is assumed. */
const sortKeys: SortKeys<ListedRequest> = {
  id: ({ request }) => request.id,
  date: ({ request }) => request.createdMs,
  type: ({ request }) => request.type,
  status: ({ request }) => request.status,
  order_id: ({ order }) => order.id,
  common_name: ({ certificate }) => certificate.commonName,
}

/**
 * The requests that the caller may see and that pass the filters of a query, in the order that it asks for.
 *
 * @throws Refusal `invalid_param:filters[<name>]`
 */
export function listRequests(
  { state }: DigicertWorld,
  caller: Caller,
  query: URLSearchParams,
): readonly ListedRequest[] {
  const listed = [...state.requests.values()].toSorted(newestFirst).map((request) => toListed(state, request))
  const visible = listed.filter(({ order }) => maySee(caller, order))
  return sortList(filterList(visible, query, filters), query, sortKeys)
}

/** A request with what belongs to it. */
export function toListed({ orders, certificates, users }: State, request: RequestRecord): ListedRequest {
  return {
    request,
    order: mustGet(orders, request.orderId),
    certificate: mustGet(certificates, request.certificateId),
    requester: mustGet(users, request.requesterId),
  }
}
