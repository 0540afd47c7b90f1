import type { Container, Domain, Organization, User } from '../entities.ts'
import { refuse } from '../errors.ts'
import type { State } from '../state.ts'
import type { Caller } from './callers.ts'
import { parseId } from './orders.ts'

/** By their ids. */
export function containersOf({ containers }: State, { account }: Caller): Container[] {
  return [...containers.values()].filter(({ accountId }) => accountId === account.id).toSorted(byId)
}

/** The first container of an account, which stands for the account itself. */
export function rootContainerOf(state: State, caller: Caller): Container {
  const [root] = containersOf(state, caller)
  if (root === undefined) throw new Error(`Account ${caller.account.id} has no container.`)
  return root
}

/** By their ids. */
export function usersOf({ users }: State, { account }: Caller): User[] {
  return [...users.values()].filter(({ accountId }) => accountId === account.id).toSorted(byId)
}

/** @throws Refusal `not_found|user` for an unknown user and for one of another account alike */
export function findUser(state: State, caller: Caller, pathValue: string): User {
  const user = state.users.get(parseId(pathValue) ?? 0)
  if (user === undefined) throw refuse('user-unknown')
  if (user.accountId !== caller.account.id) throw refuse('user-of-other-account')
  return user
}

/** By their ids. */
export function organizationsOf({ organizations }: State, { account }: Caller): Organization[] {
  return [...organizations.values()].filter(({ accountIds }) => accountIds.includes(account.id)).toSorted(byId)
}

/** @throws Refusal `not_found|organization` for an unknown organization and for one of another account alike */
export function findOrganization(state: State, caller: Caller, pathValue: string): Organization {
  const organization = state.organizations.get(parseId(pathValue) ?? 0)
  if (organization === undefined) throw refuse('organization-unknown')
  if (!organization.accountIds.includes(caller.account.id)) throw refuse('organization-of-other-account')
  return organization
}

/** By their ids. */
export function domainsOf(state: State, caller: Caller): Domain[] {
  const containers = new Set(containersOf(state, caller).map(({ id }) => id))
  return [...state.domains.values()].filter(({ containerId }) => containers.has(containerId)).toSorted(byId)
}

function byId(one: { readonly id: number }, other: { readonly id: number }): number {
  return one.id - other.id
}
