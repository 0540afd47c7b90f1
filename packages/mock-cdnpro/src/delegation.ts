import type { Context } from 'hono'
import { doorOf } from './doors.ts'
import type { User } from './entities.ts'
import { serviceError } from './errors.ts'
import type { CdnProBindings, CdnProEnv } from './world.ts'

const reportRanges: readonly string[] = ['self-only', 'self+children', 'children-only']

/**
 * Reads for whom a reseller calls, and of whom a list shall tell; the gateway knows no resellers and ignores it. The twin has no
 * children of a customer, so one can call for oneself alone (assumed).
 *
 * @throws Refusal `InvalidImpersonation`, or for a list `InvalidReportRange`
 */
export function readDelegation({ world, exchange, account }: CdnProBindings, { headers }: Request): void {
  if (!doorOf(world).knowsResellers) return
  const customer = headers.get('on-behalf-of')
  if (customer !== null && customer !== String(account.customerId))
    throw serviceError(400, 'InvalidImpersonation', 'The value of On-Behalf-Of is invalid.')
  const range = headers.get('report-range')
  if (range === null || reportRanges.includes(range) || exchange.operation?.startsWith('list') !== true) return
  const only = "Only 'self-only', 'children-only' and 'self+children' are supported."
  throw serviceError(400, 'InvalidReportRange', `The value '${range}' is invalid for Report-Range header. ${only}`)
}

/** No customer has it. */
const nobodysId = 0

/** The user whose customer's entries a list holds: the caller, or with `children-only` somebody who has none. */
export function reportedUser({ env: { world, account }, req }: Context<CdnProEnv>): User {
  const isOther = doorOf(world).knowsResellers && req.header('report-range') === 'children-only'
  return isOther ? { ...account, customerId: nobodysId } : account
}
