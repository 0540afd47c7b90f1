import { doorOf } from './doors.ts'
import { notAuthenticated, notPermitted } from './errors.ts'
import { checkSignature } from './signature/check.ts'
import type { CdnProBindings } from './world.ts'

/** Lets a request pass whose signature is right; the others get the answer of the door, the journal the exact reason. */
export function authenticate(env: CdnProBindings, request: Request): void {
  const { world, exchange } = env
  const check = checkSignature(request, exchange.body.text, world)
  if (!check.ok) {
    const { limits, refusals } = doorOf(world)
    limits.ofStranger(env)
    throw refusals.signature(check)
  }
  exchange.account = check.user.username
  env.account = check.user
}

/** Refuses accounts without the service, and changes by accounts that may only read. */
export function requirePermission({ account: { access } }: CdnProBindings, { method }: Request): void {
  if (access === 'none') throw notAuthenticated('account-not-provisioned')
  if (access === 'read-only' && method !== 'GET') throw notPermitted('account-read-only')
}
