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
  User,
} from './api.generated.ts'
import type { Routes } from './routes.generated.ts'

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

export function createAccount(call: Call<Routes>): Account {
  return {
    get: (options) => call('getAccount GET /account', {}, options),
    me: (options) => call('getCurrentUser GET /user/me', {}, options),
    user: (userId, options) => call('getUser GET /user/{user_id}', { path: { user_id: userId } }, options),
    users: (options) => eachOfPages(call, 'listUsers GET /user', 'users', options),
    organization: (organizationId, options) =>
      call(
        'getOrganization GET /organization/{organization_id}',
        { path: { organization_id: organizationId } },
        options,
      ),
    organizations: (options) => eachOfPages(call, 'listOrganizations GET /organization', 'organizations', options),
    domains: (options) => eachOfPages(call, 'listDomains GET /domain', 'domains', options),
    containers: (options) => eachOfPages(call, 'listContainers GET /container', 'containers', options),
    metadata: (options) => call('listMetadata GET /account/metadata', {}, options, listOf('metadata')),
  }
}
