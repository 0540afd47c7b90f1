// Which world a user belongs to where accounts are open to everybody: that of the suffix of a known user's name.
import { defaultWorld, isWorldName } from '@certtwin/mock-kit'
import type { State } from './state.ts'

type Users = Pick<State, 'users'>

/** A known user is at home in the default world; with a suffix the name opens the world that is called so. */
export function worldOfUser({ users }: Users, username: string): string {
  const dot = username.lastIndexOf('.')
  const suffix = username.slice(dot + 1)
  const isOpening = dot > 0 && !users.has(username) && users.has(username.slice(0, dot)) && isWorldName(suffix)
  return isOpening ? suffix : defaultWorld
}

/** The name by which a world knows a user: without the suffix that opened it. */
export function nameInWorld({ users }: Users, world: string, username: string): string {
  const isOpened = world !== defaultWorld && !users.has(username) && username.endsWith(`.${world}`)
  return isOpened ? username.slice(0, -world.length - 1) : username
}
