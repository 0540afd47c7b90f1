import type { Seed } from '../control.generated.ts'
import { isIssued, withOrganization } from '../domain/issuance.ts'
import type { State } from '../state.ts'
import {
  plantAccount,
  plantApiKey,
  plantContainer,
  plantDomain,
  plantMetadataField,
  plantOrganization,
  plantUser,
} from './accounts.ts'
import type { Soil } from './certificates.ts'
import { requireOnce } from './contradiction.ts'
import { plantDuplicate } from './duplicates.ts'
import { plantOrder } from './orders.ts'

/**
 * Adds data to a state, each entity under its natural key, and replaces those that are there: the data that a world begins with,
 * and what somebody adds later.
 *
 * @throws ControlError when the data contradicts itself or the state; it may be there in part then
 */
export function plantSeed(state: State, soil: Soil, seed: Seed): void {
  const { accounts = [], organizations = [], containers = [], domains = [], metadata = [] } = seed
  const { users = [], apiKeys = [], orders = [], duplicates = [] } = seed
  const keys = {
    accounts: accounts.map(idOf),
    organizations: organizations.map(idOf),
    containers: containers.map(idOf),
    domains: domains.map(idOf),
    metadata: metadata.map(idOf),
    users: users.map(idOf),
    apiKeys: apiKeys.map(({ apiKey }) => apiKey),
    orders: orders.map(idOf),
    duplicates: duplicates.map(idOf).filter((id) => id !== undefined),
  }
  for (const [list, each] of Object.entries(keys)) requireOnce(each, list)
  for (const account of accounts) plantAccount(state, account)
  for (const organization of organizations) plantOrganization(state, organization)
  for (const container of containers) plantContainer(state, container)
  for (const domain of domains) plantDomain(state, soil, domain)
  for (const field of metadata) plantMetadataField(state, field)
  for (const user of users) plantUser(state, soil, user)
  for (const apiKey of apiKeys) plantApiKey(state, apiKey)
  for (const [index, order] of orders.entries()) plantOrder(state, soil, order, index)
  for (const duplicate of duplicates) plantDuplicate(state, soil, duplicate)
  nameOrganizations(state)
}

/** Lets what was just issued keep what its organization is called. */
function nameOrganizations(state: State): void {
  for (const certificate of state.certificates.values()) {
    if (!isIssued(certificate) || certificate.issuance.organization !== undefined) continue
    const issuance = withOrganization(state, certificate, certificate.issuance)
    if (issuance !== certificate.issuance) state.certificates.set(certificate.id, { ...certificate, issuance })
  }
}

function idOf<Id>({ id }: { readonly id?: Id }): Id | undefined {
  return id
}
