import type { Person } from '../api.generated.ts'
import { mustGet, type State } from '../state.ts'

/** A user, as far as orders and requests name one. */
export function toPersonView({ users }: State, userId: number): Person {
  const { id, firstName, lastName, email } = mustGet(users, userId)
  return { id, first_name: firstName, last_name: lastName, email }
}
