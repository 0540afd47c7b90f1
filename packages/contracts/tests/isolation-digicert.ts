// A case of the isolation test at the DigiCert twin: random operations in a world of its own, and a model of what is to be there.
import { equal, partialDeepStrictEqual } from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createRandom } from '@certtwin/mock-kit'
import { pick, type Place, WorldModel } from './isolation-case.ts'

interface Duplicate {
  readonly id: number
  readonly request: number
  readonly createdMs: number
  status: 'pending' | 'approved' | 'rejected'
}

const dayMs = 86_400_000
const dayOf = (timeMs: number): number => Math.floor(timeMs / dayMs)

/** One order whose duplicates wait for an approval, and one whose are issued at once. */
const orders = [
  { id: 112233, name: 'example.com', isIssuedAtOnce: false },
  { id: 100001, name: 'single.example.net', isIssuedAtOnce: true },
] as const

/** The key of a case, and the world that it opens: by a suffix, or one of its own. */
export function digicertEntry(index: number): { readonly apiKey: string; readonly world: string } {
  if (index % 4 > 0) return { apiKey: `MOCKKEYADMIN.case-${index}`, world: `case-${index}` }
  const apiKey = `a key of case ${index}`
  return { apiKey, world: `key-${createHash('sha256').update(apiKey).digest('hex').slice(0, 16)}` }
}

/** @returns how many calls of the API were made */
export async function playDigicert(place: Place, apiKey: string, seed: string, steps: number): Promise<number> {
  const random = createRandom(seed)
  const model = new DigicertModel(place, apiKey)
  const operations = [
    () => model.request(pick(random, orders)),
    () => model.request(pick(random, orders)),
    () => model.list(pick(random, orders)),
    () => model.decide(pick(random, ['approved', 'rejected'])),
    () => model.world.advance(pick(random, [1000, 60_000, 26 * 3_600_000, 120 * dayMs])),
    () => model.world.fail(pick(random, ['listDuplicates', 'requestDuplicate']), pick(random, [1, 2, 3])),
  ]
  for (let step = 0; step < steps; step++) await (random.fraction() < 0.04 ? model.reset() : pick(random, operations)())
  for (const order of orders) await model.list(order)
  await model.world.verify()
  return model.world.calls
}

class DigicertModel {
  readonly world: WorldModel
  #ids = createIds()
  #duplicates = new Map<number, Duplicate[]>()
  #seededMs: number

  constructor(place: Place, apiKey: string) {
    this.world = new WorldModel(place, () => ({ 'X-DC-DEVKEY': apiKey }))
    this.#seededMs = place.startMs
  }

  async request({ id: order, name, isIssuedAtOnce }: (typeof orders)[number]): Promise<void> {
    const certificate = { common_name: name, csr: '<csr>', signature_hash: 'sha256' }
    const sent = { operation: 'requestDuplicate', path: pathOf(order), method: 'POST', body: { certificate } }
    const response = await this.world.call({ ...sent, status: this.#isExpired() ? 400 : 201 })
    if (response?.status !== 201) return
    const [id, request] = [this.#ids.certificate(), this.#ids.request(order)]
    const created = isIssuedAtOnce ? { certificate_id: id } : { requests: [{ id: request }] }
    partialDeepStrictEqual(await response.json(), { id: order, ...created })
    const status = isIssuedAtOnce ? 'approved' : 'pending'
    this.#duplicates.set(order, [...this.#of(order), { id, request, createdMs: this.world.nowMs, status }])
  }

  async list({ id: order }: (typeof orders)[number]): Promise<void> {
    const response = await this.world.call({ operation: 'listDuplicates', path: pathOf(order), status: 200 })
    if (response === undefined) return
    const { certificates = [] } = (await response.json()) as { certificates?: object[] }
    const newestFirst = this.#of(order).toSorted((one, other) => other.createdMs - one.createdMs || other.id - one.id)
    equal(certificates.length, newestFirst.length)
    partialDeepStrictEqual(
      certificates,
      newestFirst.map((duplicate) => this.#view(duplicate)),
    )
  }

  /** Decides on the oldest request that waits. */
  async decide(status: 'approved' | 'rejected'): Promise<void> {
    const waiting = this.#of(112233).find((duplicate) => duplicate.status === 'pending')
    const path = `/services/v2/request/${waiting?.request ?? 1}/status`
    const sent = { operation: 'updateRequestStatus', path, method: 'PUT', body: { status } }
    const isRefused = this.#isExpired() && status === 'approved'
    const known = isRefused ? 400 : 204
    const response = await this.world.call({ ...sent, status: waiting === undefined ? 404 : known })
    if (response?.status === 204) waiting!.status = status
  }

  async reset(): Promise<void> {
    await this.world.reset()
    this.#ids = createIds()
    this.#duplicates = new Map()
    this.#seededMs = this.world.nowMs
  }

  #of(order: number): Duplicate[] {
    return this.#duplicates.get(order) ?? []
  }

  #lastDay(): number {
    return dayOf(this.#seededMs) + 275
  }

  #isExpired(): boolean {
    return dayOf(this.world.nowMs) > this.#lastDay()
  }

  #view({ id, status, createdMs }: Duplicate): object {
    const daysRemaining = Math.max(0, this.#lastDay() - dayOf(this.world.nowMs))
    return {
      id,
      status,
      date_created: new Date(createdMs).toISOString().replace('.000Z', '+00:00'),
      ...(status === 'approved' && { days_remaining: daysRemaining }),
    }
  }
}

function pathOf(order: number): string {
  return `/services/v2/order/certificate/${order}/duplicate`
}

interface Ids {
  readonly certificate: () => number
  readonly request: (order: number) => number
}

/** The ids that come next in a new world; one is kept for the first request on the documented order. */
function createIds(): Ids {
  let [certificate, request, isKept] = [987654322, 332212, true]
  return {
    certificate: () => certificate++,
    request(order) {
      if (order !== 112233 || !isKept) return request++
      isKept = false
      return 332211
    },
  }
}
