// Which world a user belongs to where accounts are open to everybody: that of the suffix of a known user's name.
import { defaultWorld, isWorldName } from '@certtwin/mock-kit'
import type { State } from './state.ts'

type Users = Pick<State, 'users'>

/**
 * A user of the default world is at home there. With a suffix the name opens the world that is called so, as do the names of
 * the users that this world has of its own.
 */
export function worldOfUser(username: string, { users }: Users, stateOf: (world: string) => Users | undefined): string {
  const dot = username.lastIndexOf('.')
  const [base, suffix] = [username.slice(0, dot), username.slice(dot + 1)]
  if (dot < 1 || users.has(username) || !isWorldName(suffix)) return defaultWorld
  return users.has(base) || stateOf(suffix)?.users.has(base) ? suffix : defaultWorld
}

/** The name by which a world knows a user: without the suffix that opened it. */
export function nameInWorld({ users }: Users, world: string, username: string): string {
  const isOpened = world !== defaultWorld && !users.has(username) && username.endsWith(`.${world}`)
  return isOpened ? username.slice(0, -world.length - 1) : username
}
