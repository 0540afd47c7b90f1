// Which world a key belongs to, and who it is there, where accounts are open to everybody.
import { createHash } from 'node:crypto'
import { defaultWorld, isWorldName } from '@certtwin/mock-kit'
import type { ApiKey } from './entities.ts'
import type { DigicertWorld } from './env.ts'
import { apiKeys as seedKeys } from './seeds.ts'
import type { State } from './state.ts'

/** A known key is at home in the default world; with a suffix it opens the world of that name, any other key one of its own. */
export function worldOfKey({ apiKeys }: State, apiKey: string): string {
  if (apiKey === '' || apiKeys.has(apiKey)) return defaultWorld
  const dot = apiKey.lastIndexOf('.')
  const suffix = apiKey.slice(dot + 1)
  return dot > 0 && apiKeys.has(apiKey.slice(0, dot)) && isWorldName(suffix) ? suffix : ownWorld(apiKey)
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
