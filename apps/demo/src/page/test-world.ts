import type { Fetch } from '@certtwin/core'
import { startTwins } from '../twins.ts'
import { createPage, type Page, type PageOptions } from './app.ts'
import { seedOrders } from './choices.ts'
import type { RunEvent, RunView } from './run.ts'
import type { Services } from './services.ts'

type Headers = Readonly<Record<string, string>>

/** What a run is asked for; the rest has defaults. */
export interface OrderedRun {
  readonly orderId: number
  readonly commonName: string
  readonly dnsNames?: readonly string[]
  readonly targets?: readonly string[]
}

/** The page with twins in process, for tests. */
export interface TestWorld {
  readonly page: Page
  readonly services: Services
  /** All that went to the twins, byte for byte, headers too. */
  readonly sent: readonly string[]
  readonly get: (path: string, headers?: Headers) => Promise<Response>
  readonly post: (path: string, body: unknown, headers?: Headers) => Promise<Response>
  /** Starts a run on an order. */
  readonly start: (order: OrderedRun) => Promise<RunView>
  /** All events of a run, or those until the given one. */
  readonly watch: (runId: number, until?: (event: RunEvent) => boolean) => Promise<RunEvent[]>
}

const origin = 'http://127.0.0.1:4000'
const host = { Host: '127.0.0.1:4000' }

export const immediate: OrderedRun = { orderId: 1234567, commonName: 'www.digicert.com' }
export const approvable: OrderedRun = { orderId: 112233, commonName: 'example.com', dnsNames: ['sub.example.com'] }
export const unvalidated: OrderedRun = { orderId: 100009, commonName: 'hold.example.net' }

export const isWaiting = (event: RunEvent): boolean => event.kind === 'run' && event.run.state === 'waiting'

export function setup(options: Partial<PageOptions> = {}): TestWorld {
  const sent: string[] = []
  const services = options.services ?? startTwins(false)
  const page = createPage({
    hostNames: [],
    orders: seedOrders,
    pollMs: 1,
    issuanceDeadlineMs: 5,
    ...options,
    services: recordAll(services, sent),
  })
  const get: TestWorld['get'] = async (path, headers = {}) =>
    page.fetch(new Request(`${origin}${path}`, { headers: { ...host, ...headers } }))
  const post: TestWorld['post'] = async (path, body, headers = {}) => {
    const all = { ...host, 'Content-Type': 'application/json', ...headers }
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return page.fetch(new Request(`${origin}${path}`, { method: 'POST', headers: all, body: text }))
  }
  const defaults = { dnsNames: [], signatureHash: 'sha256', targets: ['staging', 'production'] }
  return {
    page,
    services,
    sent,
    get,
    post,
    start: async (order) => (await (await post('/api/runs', { ...defaults, ...order })).json()) as RunView,
    watch: async (runId, until) => readEvents(await get(`/api/runs/${runId}/events`), until),
  }
}

function recordAll({ digicert, cdnpro }: Services, sent: string[]): Services {
  const recording = (fetch: Fetch | undefined): Fetch => {
    return async (request) => {
      sent.push(JSON.stringify([...request.headers]), await request.clone().text())
      return fetch!(request)
    }
  }
  return {
    digicert: { ...digicert, fetch: recording(digicert.fetch) },
    cdnpro: { ...cdnpro, fetch: recording(cdnpro.fetch) },
  }
}

/** Reads server-sent events until the last one, or until the wanted one, after which the connection is given up. */
async function readEvents(response: Response, until: (event: RunEvent) => boolean = () => false): Promise<RunEvent[]> {
  const events: RunEvent[] = []
  let text = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = `${text}${chunk}`.split('\n\n')
    text = blocks.pop()!
    for (const block of blocks) {
      const data = /^data: (.+)$/m.exec(block)?.[1]
      if (data === undefined) continue
      const event = JSON.parse(data) as RunEvent
      events.push(event)
      if (until(event)) return events
    }
  }
  return events
}
