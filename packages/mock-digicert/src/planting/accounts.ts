import { ControlError } from '@certtwin/mock-kit'
import type {
  SeedAccount,
  SeedApiKey,
  SeedContainer,
  SeedDomain,
  SeedMetadataField,
  SeedOrganization,
  SeedUser,
} from '../control.generated.ts'
import type { State } from '../state.ts'
import { dayMs, type Soil } from './certificates.ts'
import { requireNamed } from './contradiction.ts'

export function plantAccount({ accounts }: State, { id, alwaysNeedsApproval = false }: SeedAccount): void {
  accounts.set(id, { id, alwaysNeedsApproval })
}

/** @throws ControlError */
export function plantContainer({ accounts, containers }: State, seed: SeedContainer): void {
  const { id, accountId, name = `Container ${seed.id}`, approvesAtOnce = false, isValidated = true } = seed
  const subject = `Container ${id}`
  requireNamed(accounts, accountId, 'account', subject)
  requireSameAccount(containers.get(id), accountId, subject)
  containers.set(id, { id, accountId, name, approvesAtOnce, isValidated })
}

/** @throws ControlError */
export function plantUser({ accounts, users }: State, { nowMs }: Soil, seed: SeedUser): void {
  const { id, accountId, role, ...details } = seed
  const subject = `User ${id}`
  requireNamed(accounts, accountId, 'account', subject)
  requireSameAccount(users.get(id), accountId, subject)
  users.set(id, { id, accountId, role, ...exampleUser, ...details, lastLoginMs: nowMs - dayMs })
}

const exampleUser = {
  firstName: 'Example',
  lastName: 'User',
  email: 'user@example.com',
  jobTitle: 'Administrator',
  telephone: '555-555-5555',
}

/** @throws ControlError, which does not tell the key */
export function plantApiKey({ users, containers, apiKeys }: State, seed: SeedApiKey): void {
  const { apiKey, userId, restriction = 0, container } = seed
  const { accountId } = requireNamed(users, userId, 'user', 'An API key')
  if (container !== undefined && requireNamed(containers, container, 'container', 'An API key').accountId !== accountId)
    throw new ControlError(
      `An API key names container ${container} of another account: choose one of account ${accountId}.`,
    )
  apiKeys.set(apiKey, { apiKey, userId, restriction, ...(container !== undefined && { containerId: container }) })
}

/** @throws ControlError */
export function plantOrganization({ accounts, organizations }: State, seed: SeedOrganization): void {
  const { id, accounts: accountIds, name, assumedName, city = 'Springfield', state = 'Oregon', country = 'us' } = seed
  for (const accountId of accountIds) requireNamed(accounts, accountId, 'account', `Organization ${id}`)
  organizations.set(id, {
    id,
    accountIds,
    name,
    ...(assumedName !== undefined && { assumedName }),
    city,
    state,
    country,
  })
}

/** @throws ControlError */
export function plantDomain({ organizations, containers, domains }: State, { nowMs }: Soil, seed: SeedDomain): void {
  const { id, name, organization, container } = seed
  const { accountIds } = requireNamed(organizations, organization, 'organization', `Domain ${id}`)
  const { accountId } = requireNamed(containers, container, 'container', `Domain ${id}`)
  if (!accountIds.includes(accountId))
    throw new ControlError(
      `Domain ${id} names organization ${organization}, which account ${accountId} does not know: add the account to it.`,
    )
  domains.set(id, {
    id,
    name,
    organizationId: organization,
    containerId: container,
    createdMs: nowMs - domainAgeDays * dayMs,
  })
}

const domainAgeDays = 100

/** @throws ControlError */
export function plantMetadataField({ accounts, metadata }: State, { id, accountId, label }: SeedMetadataField): void {
  requireNamed(accounts, accountId, 'account', `Metadata field ${id}`)
  metadata.set(id, { id, accountId, label })
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
