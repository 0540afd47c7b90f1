import { describe, expect, it } from 'vitest'
import type { CdnProClient } from '../cdnpro/client.ts'
import type { DigicertClient } from '../digicert/client.ts'
import type { Fetch } from '../fetch.ts'
import { cdnpro, digicert, errorOf, firstOf } from '../test-client.ts'
import type { ListOptions } from './pages.ts'

/** Clients of a service whose lists are empty, and what it was asked. */
function setup() {
  const queries: string[] = []
  const fetch: Fetch = async ({ url }) => {
    queries.push(new URL(url).search)
    return Response.json({ count: 7, ...(url.includes('/services/') && { page: { total: 0 } }) })
  }
  return { clients: { digicert: digicert(fetch), cdnpro: cdnpro(fetch) }, queries }
}

interface Clients {
  readonly digicert: DigicertClient
  readonly cdnpro: CdnProClient
}

const lists: Readonly<Record<string, (clients: Clients, options: ListOptions) => AsyncIterable<unknown>>> = {
  orders: (clients, options) => clients.digicert.orders.list(options),
  requests: (clients, options) => clients.digicert.requests.list(options),
  users: (clients, options) => clients.digicert.account.users(options),
  organizations: (clients, options) => clients.digicert.account.organizations(options),
  domains: (clients, options) => clients.digicert.account.domains(options),
  containers: (clients, options) => clients.digicert.account.containers(options),
  certificates: (clients, options) => clients.cdnpro.certificates.list(options),
  tasks: (clients, options) => clients.cdnpro.deployments.list(options),
}

describe('the size of a page', () => {
  const rows = Object.keys(lists).flatMap((name) => [0, -1, 1.5, NaN].map((pageSize) => [name, pageSize] as const))

  it.each(rows)('of %s cannot be %d, which shows at the first entry', async (name, pageSize) => {
    const { clients, queries } = setup()
    const list = lists[name]!(clients, { pageSize })
    expect(await errorOf(firstOf(list))).toMatchObject({
      code: 'invalid_options',
      outcome: 'not_sent',
      message: 'pageSize must be a whole number from 1.',
    })
    expect(queries).toEqual([])
  })

  it.each(Object.keys(lists))('of %s can be 1', async (name) => {
    const { clients, queries } = setup()
    await firstOf(lists[name]!(clients, { pageSize: 1 }))
    expect(queries).toEqual(['?limit=1'])
  })

  it('may be 0 where one page is asked for, which gives the number of entries alone', async () => {
    const { clients, queries } = setup()
    expect(await clients.cdnpro.certificates.page({ pageSize: 0 })).toEqual({ certificates: [], count: 7 })
    expect(await clients.cdnpro.deployments.page({ pageSize: 0 })).toEqual({ tasks: [], count: 7 })
    expect(queries).toEqual(['?limit=0', '?limit=0'])
  })
})
