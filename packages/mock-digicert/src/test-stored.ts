// Looks into the state of a twin, for what no operation shows.
import type { Certificate, Order, RequestRecord } from './entities.ts'
import type { DigicertMock } from './mock.ts'

interface Stored {
  readonly orders: Order
  readonly certificates: Certificate
  readonly requests: RequestRecord
}

/** An entity as it is stored, undefined when there is none. */
export function stored<Name extends keyof Stored>(
  mock: DigicertMock,
  name: Name,
  id: number,
): Stored[Name] | undefined {
  const row = mock.snapshot().tables[name]!.find(([key]) => key === id)
  return row?.[1] as Stored[Name] | undefined
}
