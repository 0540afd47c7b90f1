import { ControlError } from '@certtwin/mock-kit'
import type { SeedAccount, SeedApiKey, SeedContainer, SeedUser } from '../control.generated.ts'
import type { State } from '../state.ts'
import { requireNamed } from './contradiction.ts'

export function plantAccount({ accounts }: State, { id, alwaysNeedsApproval = false }: SeedAccount): void {
  accounts.set(id, { id, alwaysNeedsApproval })
}

/** @throws ControlError */
export function plantContainer({ accounts, containers }: State, seed: SeedContainer): void {
  const { id, accountId, approvesAtOnce = false, isValidated = true } = seed
  const subject = `Container ${id}`
  requireNamed(accounts, accountId, 'account', subject)
  requireSameAccount(containers.get(id), accountId, subject)
  containers.set(id, { id, accountId, approvesAtOnce, isValidated })
}

/** @throws ControlError */
export function plantUser({ accounts, users }: State, seed: SeedUser): void {
  const { id, accountId, role, firstName = 'Example', lastName = 'User' } = seed
  const subject = `User ${id}`
  requireNamed(accounts, accountId, 'account', subject)
  requireSameAccount(users.get(id), accountId, subject)
  users.set(id, { id, accountId, role, firstName, lastName })
}

/** @throws ControlError, which does not tell the key */
export function plantApiKey({ users, apiKeys }: State, { apiKey, userId, restriction = 0 }: SeedApiKey): void {
  requireNamed(users, userId, 'user', 'An API key')
  apiKeys.set(apiKey, { apiKey, userId, restriction })
}

/** What hangs on it, such as orders, would be in two accounts otherwise. */
function requireSameAccount(
  existing: { readonly accountId: number } | undefined,
  accountId: number,
  subject: string,
): void {
  if (existing !== undefined && existing.accountId !== accountId)
    throw new ControlError(`${subject} is in account ${existing.accountId} already: keep it there, or take another id.`)
}
