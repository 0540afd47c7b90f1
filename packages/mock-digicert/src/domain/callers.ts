import type { Account, ApiKey, Container, User } from '../entities.ts'

/** Who makes a request: a key, the user it belongs to, the account of both. */
export interface Caller {
  readonly key: ApiKey
  readonly user: User
  readonly account: Account
}

/** Whether the key's restriction allows a call to orders, requests and certificates (documented). */
export function mayCall({ key }: Caller, method: string): boolean {
  if (key.restriction === 103) return false
  return key.restriction !== 102 || method === 'GET' || method === 'HEAD'
}

/** Whether the user may decide on requests, their own included (documented; own ones: one client). */
export function mayApprove({ user }: Caller): boolean {
  return user.role === 'administrator' || user.role === 'manager'
}

/**
 * Whether a request waits for an approval.
 *
 * By default it does (documented); a container may do without, and an administrator may skip it. Wishes of others are ignored
 * silently, because programs send them always and then cope with a pending request (assumed).
 */
export function needsApproval(caller: Caller, container: Container, wantsToSkip: boolean): boolean {
  if (caller.user.role === 'standard' || caller.account.alwaysNeedsApproval) return true
  if (container.approvesAtOnce) return false
  return !(wantsToSkip && caller.user.role === 'administrator')
}
