import type { Table } from '@certtwin/mock-kit'
import type {
  Account,
  ApiKey,
  Certificate,
  Container,
  Domain,
  Duplicate,
  MetadataField,
  Order,
  Organization,
  RequestRecord,
  Sequence,
  User,
} from './entities.ts'

/** Everything that the twin remembers between requests. */
export type State = Readonly<{
  accounts: Table<number, Account>
  containers: Table<number, Container>
  organizations: Table<number, Organization>
  domains: Table<number, Domain>
  metadata: Table<number, MetadataField>
  users: Table<number, User>
  /** Secret: the keys' texts are nowhere else. */
  apiKeys: Table<string, ApiKey>
  orders: Table<number, Order>
  /** Grouped by order. */
  certificates: Table<number, Certificate | Duplicate>
  /** Grouped by order. */
  requests: Table<number, RequestRecord>
  sequences: Table<SequenceName, Sequence>
}>

/** What has ids of its own. */
export type SequenceName = 'orders' | 'certificates' | 'requests'

/** The id that a new entity will get, on an order perhaps one that is kept for it; asking does not take it. */
export function peekId(state: State, name: SequenceName, orderId?: number): number {
  const kept = orderId === undefined ? undefined : mustGet(state.sequences, name).reserved[orderId]
  return kept === undefined || state[name].has(kept) ? nextFreeId(state, name) : kept
}

/** Takes the next id for an entity that was not asked for through the API; those that are kept stay kept. */
export function takeNextId(state: State, name: SequenceName): number {
  const id = nextFreeId(state, name)
  state.sequences.set(name, { ...mustGet(state.sequences, name), next: id + 1 })
  return id
}

/** Planted entities may have ids that are yet to come. */
function nextFreeId(state: State, name: SequenceName): number {
  let { next } = mustGet(state.sequences, name)
  while (state[name].has(next)) next++
  return next
}

function consumeId({ sequences }: State, name: SequenceName, orderId: number, id: number): void {
  const { next, reserved } = mustGet(sequences, name)
  if (reserved[orderId] !== id) {
    sequences.set(name, { next: id + 1, reserved })
    return
  }
  const { [orderId]: _used, ...others } = reserved
  sequences.set(name, { next, reserved: others })
}

/** Remembers an order that carries the id that was to be next. */
export function addOrder(state: State, order: Order): void {
  consumeId(state, 'orders', order.id, order.id)
  state.orders.set(order.id, order)
}

/** Remembers a certificate that carries the id that was to be next. */
export function addCertificate(state: State, certificate: Certificate | Duplicate): void {
  consumeId(state, 'certificates', certificate.orderId, certificate.id)
  state.certificates.set(certificate.id, certificate)
}

/** Remembers a duplicate that carries the id its order was to get next. */
export function addDuplicate(state: State, order: Order, duplicate: Duplicate): void {
  addCertificate(state, duplicate)
  state.orders.set(order.id, { ...order, lastSubId: duplicate.subId })
}

/** Remembers a request that carries the id its order was to get next. */
export function addRequest(state: State, request: RequestRecord): void {
  consumeId(state, 'requests', request.orderId, request.id)
  state.requests.set(request.id, request)
}

/** The duplicates of an order, in the order of their creation. */
export function duplicatesOf({ certificates }: State, orderId: number): Duplicate[] {
  return certificates.group(orderId).filter(isDuplicate)
}

export function isDuplicate(certificate: Certificate | Duplicate): certificate is Duplicate {
  return 'subId' in certificate
}

/** The requests on an order, in the order of their creation. */
export function requestsOf({ requests }: State, orderId: number): RequestRecord[] {
  return requests.group(orderId)
}

/** A lookup that cannot fail, because the seeds are complete; a gap in them is a bug of the twin. */
export function mustGet<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = map.get(key)
  if (value === undefined) throw new Error(`The seeds name ${String(key)} but do not define it.`)
  return value
}
