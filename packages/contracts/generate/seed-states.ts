import { createDigicertMock } from '@certtwin/mock-digicert'
import { type ApiDocument, asList, asNode, resolve } from './document.ts'

/** A state of something, and the ids of those in the seed data that are in it. */
export interface SeedState {
  readonly kind: string
  readonly state: string
  readonly ids: readonly number[]
}

/** Asks a fresh twin, over its API, what is in which state; states of orders that the document knows besides have no ids. */
export async function digicertSeedStates(document: ApiDocument): Promise<SeedState[]> {
  const mock = createDigicertMock({ rateLimits: false })
  const found: SeedState[] = []
  for (const apiKey of ['MOCKKEYADMIN', 'MOCKKEYAPPROVAL']) {
    const list = async (path: string, name: string): Promise<readonly unknown[]> => {
      const url = `https://www.digicert.com/services/v2${path}`
      const response = await mock.fetch(new Request(url, { headers: { 'X-DC-DEVKEY': apiKey } }))
      return asList(asNode(await response.json())[name])
    }
    const orders = await list('/order/certificate', 'orders')
    found.push(...orders.map((order) => stateOf('order', order)))
    const requests = await list('/request', 'requests')
    found.push(...requests.map((request) => stateOf(`request (${String(asNode(request)['type'])})`, request)))
    for (const order of orders) {
      const path = `/order/certificate/${String(asNode(order)['id'])}/duplicate`
      found.push(...(await list(path, 'certificates')).map((duplicate) => stateOf('duplicate', duplicate)))
    }
  }
  const order = resolve(document.root, { $ref: '#/components/schemas/Order' })
  const known = asList(asNode(asNode(order['properties'])['status'])['x-known-values']).map(String)
  const missing = known.filter((state) => !found.some((seen) => seen.kind === 'order' && seen.state === state))
  return [...inGroups(found), ...missing.map((state) => ({ kind: 'order', state, ids: [] }))]
}

function stateOf(kind: string, value: unknown): SeedState {
  const { id, status } = asNode(value)
  return { kind, state: String(status), ids: [Number(id)] }
}

function inGroups(states: readonly SeedState[]): SeedState[] {
  const groups = Map.groupBy(states, ({ kind, state }) => `${kind} ${state}`)
  const merged = [...groups.values()].map((group) => ({
    ...group[0]!,
    ids: group.flatMap(({ ids }) => ids).toSorted((one, other) => one - other),
  }))
  return merged.toSorted((one, other) => one.kind.localeCompare(other.kind, 'en') || one.ids[0]! - other.ids[0]!)
}
