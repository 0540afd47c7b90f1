import type { Client } from 'openapi-fetch'
import { expectData, expectList } from '../transport/answer.ts'
import type { Call } from '../transport/call.ts'
import { eachOfPages, type ListOptions } from '../transport/pages.ts'
import type { CallOptions } from '../transport/options.ts'
import type {
  Account as AccountInfo,
  ContainerReference,
  Domain,
  MetadataField,
  Organization,
  paths,
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

export function createAccount(api: Client<paths>, call: Call): Account {
  return { ...createRecords(api, call), ...createLists(api, call) }
}

type Lists = Pick<Account, 'users' | 'organizations' | 'domains' | 'containers' | 'metadata'>

function createRecords(api: Client<paths>, call: Call): Omit<Account, keyof Lists> {
  return {
    async get(options) {
      return expectData('getAccount', await call('getAccount', options, (init) => api.GET('/account', init)))
    },
    async me(options) {
      return expectData('getCurrentUser', await call('getCurrentUser', options, (init) => api.GET('/user/me', init)))
    },
    async user(userId, options) {
      const params = { path: { user_id: userId } }
      return expectData(
        'getUser',
        await call('getUser', options, (init) => api.GET('/user/{user_id}', { params, ...init })),
      )
    },
    async organization(organizationId, options) {
      const params = { path: { organization_id: organizationId } }
      const answer = await call('getOrganization', options, (init) =>
        api.GET('/organization/{organization_id}', { params, ...init }),
      )
      return expectData('getOrganization', answer)
    },
  }
}

function createLists(api: Client<paths>, call: Call): Lists {
  return {
    users: ({ pageSize, ...options } = {}) =>
      eachOfPages(call, {
        operation: 'listUsers',
        name: 'users',
        run: (query, init) => api.GET('/user', { params: { query }, ...init }),
        pageSize,
        options,
      }),
    organizations: ({ pageSize, ...options } = {}) =>
      eachOfPages(call, {
        operation: 'listOrganizations',
        name: 'organizations',
        run: (query, init) => api.GET('/organization', { params: { query }, ...init }),
        pageSize,
        options,
      }),
    domains: ({ pageSize, ...options } = {}) =>
      eachOfPages(call, {
        operation: 'listDomains',
        name: 'domains',
        run: (query, init) => api.GET('/domain', { params: { query }, ...init }),
        pageSize,
        options,
      }),
    containers: ({ pageSize, ...options } = {}) =>
      eachOfPages(call, {
        operation: 'listContainers',
        name: 'containers',
        run: (query, init) => api.GET('/container', { params: { query }, ...init }),
        pageSize,
        options,
      }),
    async metadata(options) {
      const answer = await call('listMetadata', options, (init) => api.GET('/account/metadata', init))
      return expectList('listMetadata', answer, 'metadata')
    },
  }
}
