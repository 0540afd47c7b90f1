// Which world a key belongs to, and who it is there, where accounts are open to everybody.
import { createHash } from 'node:crypto'
import { defaultWorld, isWorldName } from '@certtwin/mock-kit'
import type { ApiKey } from './entities.ts'
import type { DigicertWorld } from './env.ts'
import { apiKeys as seedKeys } from './seeds.ts'
import type { State } from './state.ts'

type Keys = Pick<State, 'apiKeys'>

/**
 * A key of the default world is at home there. With a suffix it opens the world of that name, as do the keys that this world has
 * of its own; any other key opens a world of its own.
 */
export function worldOfKey(apiKey: string, { apiKeys }: Keys, stateOf: (world: string) => Keys | undefined): string {
  if (apiKey === '' || apiKeys.has(apiKey)) return defaultWorld
  const dot = apiKey.lastIndexOf('.')
  const [base, suffix] = [apiKey.slice(0, dot), apiKey.slice(dot + 1)]
  const isOpening = dot > 0 && isWorldName(suffix) && (apiKeys.has(base) || stateOf(suffix)?.apiKeys.has(base))
  return isOpening ? suffix : ownWorld(apiKey)
}

/** The entry of a key in the world that it opened: its own, that of the name before the suffix, or the administrator's. */
export function findKey({ name, state: { apiKeys } }: DigicertWorld, apiKey: string): ApiKey | undefined {
  const key = apiKeys.get(apiKey)
  if (key !== undefined || name === defaultWorld) return key
  if (apiKey.endsWith(`.${name}`)) return apiKeys.get(apiKey.slice(0, -name.length - 1))
  return name === ownWorld(apiKey) ? apiKeys.get(seedKeys[0].apiKey) : undefined
}

/** Names of worlds are shown, so this one must not tell the key. */
function ownWorld(apiKey: string): string {
  return `key-${createHash('sha256').update(apiKey).digest('hex').slice(0, 16)}`
}
