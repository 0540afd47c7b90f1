import { createHmac } from 'node:crypto'
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createDigicertMock } from '@certtwin/mock-digicert'
import { createManualClock } from '@certtwin/mock-kit'
import { type ApiDocument, asList, asNode, type Node, resolve } from './document.ts'

/** A state of something, and the ids of those in the seed data that are in it. */
export interface SeedState {
  readonly kind: string
  readonly state: string
  readonly ids: readonly (number | string)[]
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

/** Asks a fresh twin of the current generation, which has all of the seed data, what is where. */
export async function cdnProSeedStates(): Promise<SeedState[]> {
  const clock = createManualClock('2023-04-04T00:00:00Z')
  const mock = createCdnProMock({ clock, generation: 'current' })
  const { username, apiKey } = mock.accounts[0]
  const date = new Date(clock.now()).toUTCString()
  const password = createHmac('sha1', apiKey).update(date).digest('base64')
  const headers = { Date: date, Authorization: `Basic ${btoa(`${username}:${password}`)}` }
  const list = async (path: string, name: string): Promise<readonly unknown[]> => {
    const response = await mock.fetch(new Request(`https://open.chinanetcenter.com${path}`, { headers }))
    return asList(asNode(await response.json())[name])
  }
  const servers = await list('/cdn/certificates', 'certificates')
  const authorities = await list('/cdn/certificates?caOnly=true', 'certificates')
  const tasks = await list('/cdn/deploymentTasks', 'deploy')
  return inGroups([
    ...servers.map((each) => toSeedState('certificate', pictureOf(asNode(each), clock.now()), each, 'certificateId')),
    ...authorities.map((each) => toSeedState('certificate', 'CA only (current)', each, 'certificateId')),
    ...tasks.map((each) => toSeedState('deployment task', String(asNode(each)['status']), each, 'id')),
  ])
}

/** Where versions of a certificate are live. */
function pictureOf(certificate: Node, nowMs: number): string {
  const [production, staging] = [certificate['versionInProduction'], certificate['versionInStaging']]
  const expired = Date.parse(String(certificate['productionExpirationTime'])) < nowMs ? ' (expired)' : ''
  const places = [
    ...(production === undefined ? [] : [`in production${expired}`]),
    ...(staging === undefined ? [] : ['in staging']),
  ]
  if (places.length === 0) return 'not deployed'
  return `${places.join(' and ')}${places.length === 2 && production !== staging ? ', another version in each' : ''}`
}

function toSeedState(kind: string, state: string, value: unknown, idName: string): SeedState {
  return { kind, state, ids: [String(asNode(value)[idName])] }
}

function stateOf(kind: string, value: unknown): SeedState {
  const { id, status } = asNode(value)
  return { kind, state: String(status), ids: [Number(id)] }
}

function inGroups(states: readonly SeedState[]): SeedState[] {
  const groups = Map.groupBy(states, ({ kind, state }) => `${kind} ${state}`)
  const merged = [...groups.values()].map((group) => ({
    ...group[0]!,
    ids: group.flatMap(({ ids }) => ids).toSorted(compareIds),
  }))
  return merged.toSorted(
    (one, other) => one.kind.localeCompare(other.kind, 'en') || compareIds(one.ids[0]!, other.ids[0]!),
  )
}

function compareIds(one: number | string, other: number | string): number {
  return String(one).localeCompare(String(other), 'en', { numeric: true })
}
