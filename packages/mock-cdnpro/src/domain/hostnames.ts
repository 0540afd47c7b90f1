import type { Environment, StoredProperty, User } from '../entities.ts'
import type { State } from '../state.ts'
import { liveVersionOf } from './properties.ts'

/** The customer's property that serves a host name in an environment; letter case does not count. */
export function findServing(
  state: State,
  { customerId }: User,
  hostname: string,
  target: Environment,
): StoredProperty | undefined {
  const wanted = hostname.toLowerCase()
  return [...state.properties.values()].find(
    (property) =>
      property.customerId === customerId &&
      liveVersionOf(property, target)?.hostnames.some((name) => name.toLowerCase() === wanted),
  )
}
