import { listOf } from '../transport/answer.ts'
import type { Call } from '../transport/call.ts'
import { eachOfPages, type ListOptions } from '../transport/pages.ts'
import type { CallOptions } from '../transport/options.ts'
import type {
  Account as AccountInfo,
  ContainerReference,
  Domain,
  MetadataField,
  Organization,
  operations,
  User,
} from './api.generated.ts'

/** The account of the key, and who and what is in it. */
export interface Account {
  /** The account itself. The key must be allowed to do everything, or to read. */
  get(options?: CallOptions): Promise<AccountInfo>
  /** The user that the key belongs to; every valid key may ask. */
  me(options?: CallOptions): Promise<User>
  /** A user of the account. @throws CerttwinError `not_found` */
  user(userId: number, options?: CallOptions): Promise<User>
  /** The users of the account, page after page. */
  users(options?: ListOptions): AsyncIterable<User>
  /** An organization that the account can order for. @throws CerttwinError `not_found` */
  organization(organizationId: number, options?: CallOptions): Promise<Organization>
  /** The organizations that the account can order for, page after page. */
  organizations(options?: ListOptions): AsyncIterable<Organization>
  /** The domains that the account has submitted for validation. */
  domains(options?: ListOptions): AsyncIterable<Domain>
  /** The containers that the account is divided into, page after page. */
  containers(options?: ListOptions): AsyncIterable<ContainerReference>
  /** The custom fields of the account's orders; empty when there are none. */
  metadata(options?: CallOptions): Promise<readonly MetadataField[]>
}

export function createAccount(call: Call<operations>): Account {
  return {
    get: (options) => call('getAccount', {}, options),
    me: (options) => call('getCurrentUser', {}, options),
    user: (userId, options) => call('getUser', { path: { user_id: userId } }, options),
    users: (options) => eachOfPages(call, 'listUsers', 'users', options),
    organization: (organizationId, options) =>
      call('getOrganization', { path: { organization_id: organizationId } }, options),
    organizations: (options) => eachOfPages(call, 'listOrganizations', 'organizations', options),
    domains: (options) => eachOfPages(call, 'listDomains', 'domains', options),
    containers: (options) => eachOfPages(call, 'listContainers', 'containers', options),
    metadata: (options) => call('listMetadata', {}, options, listOf('metadata')),
  }
}
