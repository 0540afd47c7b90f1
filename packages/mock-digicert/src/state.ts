import type { Account, ApiKey, Certificate, Container, Duplicate, Order, RequestRecord, User } from './entities.ts'

/** Everything that the twin remembers between requests. */
export interface State {
  readonly accounts: ReadonlyMap<number, Account>
  readonly containers: ReadonlyMap<number, Container>
  readonly users: ReadonlyMap<number, User>
  readonly apiKeys: ReadonlyMap<string, ApiKey>
  readonly orders: Map<number, Order>
  readonly certificates: Map<number, Certificate>
  readonly requests: Map<number, RequestRecord>
  readonly certificateIds: IdSequence
  readonly requestIds: IdSequence
}

/** Ids for new entities: the next number, or the one that is kept for the first entity on an order. */
export interface IdSequence {
  next: number
  readonly reserved: Map<number, number>
}

/** The id that a new entity on the order will get; asking does not take it. */
export function peekId({ next, reserved }: IdSequence, orderId: number): number {
  return reserved.get(orderId) ?? next
}

function takeId(sequence: IdSequence, orderId: number): void {
  if (!sequence.reserved.delete(orderId)) sequence.next += 1
}

/** Remembers a duplicate that carries the id its order was to get next. */
export function addDuplicate(state: State, order: Order, duplicate: Duplicate): void {
  takeId(state.certificateIds, order.id)
  state.certificates.set(duplicate.id, duplicate)
  order.duplicates.push(duplicate)
}

/** Remembers a request that carries the id its order was to get next. */
export function addRequest(state: State, request: RequestRecord): void {
  takeId(state.requestIds, request.orderId)
  state.requests.set(request.id, request)
}

/** A lookup that cannot fail, because the seeds are complete; a gap in them is a bug of the twin. */
export function mustGet<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = map.get(key)
  if (value === undefined) throw new Error(`The seeds name ${String(key)} but do not define it.`)
  return value
}
