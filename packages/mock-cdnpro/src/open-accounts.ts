// Which world a caller belongs to where accounts are open to everybody: that of the suffix of a known name.
import { defaultWorld, isWorldName } from '@certtwin/mock-kit'
import type { State } from './state.ts'

type Callers = Pick<State, 'users' | 'credentials'>

/** Names of one kind by which callers are known. */
export type Directory = (callers: Callers, name: string) => boolean

export const usernames: Directory = ({ users }, name) => users.has(name)

export const accessKeys: Directory = ({ credentials }, name) => credentials.group(name).length > 0

/**
 * Who is known in the default world is at home there. With a suffix the name opens the world that is called so, as do the names
 * that this world has of its own.
 */
export function worldOfName(
  name: string,
  isKnown: Directory,
  home: Callers,
  stateOf: (world: string) => Callers | undefined,
): string {
  const dot = name.lastIndexOf('.')
  const [base, suffix] = [name.slice(0, dot), name.slice(dot + 1)]
  if (dot < 1 || isKnown(home, name) || !isWorldName(suffix)) return defaultWorld
  const state = isKnown(home, base) ? home : stateOf(suffix)
  return state !== undefined && isKnown(state, base) ? suffix : defaultWorld
}

/** The name by which a world knows a caller: without the suffix that opened it. */
export function nameInWorld(
  { name: world, state }: { readonly name: string; readonly state: Callers },
  isKnown: Directory,
  name: string,
): string {
  const isOpened = world !== defaultWorld && !isKnown(state, name) && name.endsWith(`.${world}`)
  return isOpened ? name.slice(0, -world.length - 1) : name
}
