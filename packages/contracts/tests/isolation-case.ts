// What every case of the isolation test does at a twin: calls with a model beside it that says what has to come back, and steers its
// own world through the control plane.
import { deepEqual, equal } from 'node:assert/strict'
import type { Random } from '@certtwin/mock-kit'

/** A twin on a port, and the world of one case in it. */
export interface Place {
  readonly url: string
  readonly world: string
  /** What the twin's clocks begin with. */
  readonly startMs: number
}

/** A call of the vendor's API; what its answer has to be if no fault is in the way. */
export interface ExpectedCall {
  readonly operation: string
  readonly path: string
  readonly method?: string
  readonly body?: unknown
  readonly status: number
}

type Headers = Readonly<Record<string, string>>

/** The part of a model that is the same for both twins: its time, its faults, its journal. */
export class WorldModel {
  readonly #place: Place
  readonly #headersAt: (nowMs: number) => Headers
  #nowMs: number
  #calls = 0
  #journal: string[] = []
  #fault: { readonly operation: string; left: number } | undefined

  /** @param headersAt - the headers that a call carries at a time */
  constructor(place: Place, headersAt: (nowMs: number) => Headers) {
    this.#place = place
    this.#headersAt = headersAt
    this.#nowMs = place.startMs
  }

  get nowMs(): number {
    return this.#nowMs
  }

  /** How many calls of the API were made. */
  get calls(): number {
    return this.#calls
  }

  /** Sends a call and checks status and date; undefined where the fault of the world had to answer, and did. */
  async call({ operation, path, method = 'GET', body, status }: ExpectedCall): Promise<Response | undefined> {
    const isFailing = this.#isFailing(operation)
    const wanted = isFailing ? 503 : status
    this.#calls += 1
    this.#journal.push(`${operation} ${wanted}`)
    const { headers, ...json } = toJson(body)
    const all = { ...this.#headersAt(this.#nowMs), ...headers }
    const response = await fetch(`${this.#place.url}${path}`, { method, headers: all, ...json })
    deepEqual([operation, response.status], [operation, wanted])
    equal(response.headers.get('date'), new Date(this.#nowMs).toUTCString())
    if (!isFailing) return response
    await response.arrayBuffer()
    return undefined
  }

  async advance(ms: number): Promise<void> {
    this.#nowMs += ms
    const response = await this.#steer('POST', 'clock/advance', { by: ms })
    deepEqual(await response.json(), { now: new Date(this.#nowMs).toISOString(), running: false })
  }

  /** From now on so many calls of the operation fail. */
  async fail(operation: string, first: number): Promise<void> {
    this.#fault = { operation, left: first }
    await this.#steer('DELETE', 'faults')
    await this.#steer('POST', 'faults', { kind: 'error', status: 503, operation, first })
  }

  async reset(): Promise<void> {
    this.#journal = []
    this.#fault = undefined
    await this.#steer('POST', 'reset')
  }

  /** Compares clock, faults and journal of the world with the model. */
  async verify(): Promise<void> {
    const { requests } = (await (await this.#steer('GET', 'requests')).json()) as { requests: JournalLine[] }
    deepEqual(
      requests.map(({ operation, status }) => `${operation} ${status}`),
      this.#journal,
    )
    deepEqual(
      requests.filter(({ world }) => world !== this.#place.world),
      [],
    )
    const { faults } = (await (await this.#steer('GET', 'faults')).json()) as { faults: { operation: string }[] }
    deepEqual(
      faults.map(({ operation }) => operation),
      this.#fault === undefined ? [] : [this.#fault.operation],
    )
    const clock = await (await this.#steer('GET', 'clock')).json()
    deepEqual(clock, { now: new Date(this.#nowMs).toISOString(), running: false })
  }

  #isFailing(operation: string): boolean {
    if (this.#fault?.operation !== operation || this.#fault.left === 0) return false
    this.#fault.left -= 1
    return true
  }

  async #steer(method: string, path: string, body?: object): Promise<Response> {
    const { url, world } = this.#place
    const response = await fetch(`${url}/__mock/${path}?world=${world}`, { method, ...toJson(body) })
    equal(response.ok, true)
    return response
  }
}

interface JournalLine {
  readonly operation: string
  readonly status: number
  readonly world: string
}

function toJson(body: unknown): { readonly headers?: Headers; readonly body?: string } {
  return body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
}

/** One of a list, by chance. */
export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[Math.floor(random.fraction() * items.length)]!
}
