import type { Table } from '@certtwin/mock-kit'
import type {
  Account,
  ApiKey,
  Certificate,
  Container,
  Duplicate,
  Order,
  RequestRecord,
  Sequence,
  User,
} from './entities.ts'

/** Everything that the twin remembers between requests. */
export type State = Readonly<{
  accounts: Table<number, Account>
  containers: Table<number, Container>
  users: Table<number, User>
  /** Secret: the keys' texts are nowhere else. */
  apiKeys: Table<string, ApiKey>
  orders: Table<number, Order>
  /** Grouped by order. */
  certificates: Table<number, Certificate | Duplicate>
  requests: Table<number, RequestRecord>
  sequences: Table<SequenceName, Sequence>
}>

/** What has ids of its own. */
export type SequenceName = 'certificates' | 'requests'

/** The id that a new entity on the order will get; asking does not take it. */
export function peekId({ sequences }: State, name: SequenceName, orderId: number): number {
  const { next, reserved } = mustGet(sequences, name)
  return reserved[orderId] ?? next
}

function takeId({ sequences }: State, name: SequenceName, orderId: number): void {
  const { next, reserved } = mustGet(sequences, name)
  const { [orderId]: kept, ...others } = reserved
  sequences.set(name, kept === undefined ? { next: next + 1, reserved } : { next, reserved: others })
}

/** Remembers a duplicate that carries the id its order was to get next. */
export function addDuplicate(state: State, order: Order, duplicate: Duplicate): void {
  takeId(state, 'certificates', order.id)
  state.certificates.set(duplicate.id, duplicate)
  state.orders.set(order.id, { ...order, lastSubId: duplicate.subId })
}

/** Remembers a request that carries the id its order was to get next. */
export function addRequest(state: State, request: RequestRecord): void {
  takeId(state, 'requests', request.orderId)
  state.requests.set(request.id, request)
}

/** The duplicates of an order, in the order of their creation. */
export function duplicatesOf({ certificates }: State, orderId: number): Duplicate[] {
  return certificates.group(orderId).filter(isDuplicate)
}

function isDuplicate(certificate: Certificate | Duplicate): certificate is Duplicate {
  return 'subId' in certificate
}

/** A lookup that cannot fail, because the seeds are complete; a gap in them is a bug of the twin. */
export function mustGet<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = map.get(key)
  if (value === undefined) throw new Error(`The seeds name ${String(key)} but do not define it.`)
  return value
}
