import type { Caller } from './domain/callers.ts'
import { mayCall } from './domain/permissions.ts'
import type { DigicertBindings, DigicertWorld } from './env.ts'
import { refuse } from './errors.ts'
import { findKey } from './open-accounts.ts'
import { mustGet } from './state.ts'

/** Below which path the API is. */
export const prefix = '/services/v2'

/** The header that carries the API key (documented). */
export const apiKeyHeader = 'X-DC-DEVKEY'

/**
 * Finds out who calls. A missing key is answered like an unknown one (assumed); the journal tells them apart.
 *
 * @throws Refusal `access_denied|access_denied_invalid_key`
 */
export function apiKeyAuth(env: DigicertBindings, { headers }: Request): void {
  const apiKey = headers.get(apiKeyHeader) ?? ''
  if (apiKey === '') throw refuse('key-missing')
  const caller = findCaller(env.world, apiKey)
  if (caller === undefined) throw refuse('key-unknown')
  env.exchange.account = String(caller.user.id)
  env.caller = caller
}

/** @throws Refusal `access_denied|missing_permission` when the key's restriction, or the role of its user, excludes the call. */
export function permission({ caller, exchange }: DigicertBindings, { method }: Request): void {
  if (!mayCall(caller, method, exchange.path.slice(prefix.length))) throw refuse('permission-missing')
}

function findCaller(world: DigicertWorld, apiKey: string): Caller | undefined {
  const { accounts, users } = world.state
  const key = findKey(world, apiKey)
  // A restored snapshot has no keys, and not necessarily the users of those that stayed.
  const user = key && users.get(key.userId)
  if (key === undefined || user === undefined) return undefined
  return { key, user, account: mustGet(accounts, user.accountId) }
}
