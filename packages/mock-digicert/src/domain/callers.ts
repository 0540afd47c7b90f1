import type { Account, ApiKey, Container, User } from '../entities.ts'
import type { Product } from '../products.ts'

/** Who makes a request: a key, the user it belongs to, the account of both. */
export interface Caller {
  readonly key: ApiKey
  readonly user: User
  readonly account: Account
}

/**
 * Whether the user may decide on requests for a product, their own included: administrators and managers, and for EV and code
 * signing whoever is verified (documented; own ones: one client).
 */
export function mayApprove({ user }: Caller, { validation, isCodeSigning }: Product): boolean {
  if (decidesAlone(user)) return true
  return user.isVerified === true && (validation === 'EV' || isCodeSigning)
}

/**
 * Whether a request waits for an approval.
 *
 * By default it does (documented); a container may do without, and an administrator may skip it. Wishes of others are ignored
 * silently, because programs send them always and then cope with a pending request (assumed).
 */
export function needsApproval(caller: Caller, container: Container, wantsToSkip: boolean): boolean {
  if (!decidesAlone(caller.user) || caller.account.alwaysNeedsApproval) return true
  if (container.approvesAtOnce) return false
  return !(wantsToSkip && caller.user.role === 'administrator')
}

/** A Standard user's changes always wait (documented); so do those of Limited users and Finance managers (assumed). */
function decidesAlone({ role }: User): boolean {
  return role === 'administrator' || role === 'manager'
}
