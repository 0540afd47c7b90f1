import { getPath } from 'hono/utils/url'
import { noBody, readBody } from './body.ts'
import { uptimeMs } from './clock.ts'
import type { TwinDefinition } from './definition.ts'
import { createExchange, type Exchange } from './exchange.ts'
import { inject } from './faults/inject.ts'
import type { Answer } from './fetch.ts'
import type { JournalEntry } from './journal/entry.ts'
import { createMasking } from './journal/mask.ts'
import { type Passage, toEntry } from './journal/record.ts'
import { createOperationFinder } from './operations.ts'
import type { World } from './world.ts'

/** A world that a request has entered. */
export interface Entered<W> {
  readonly world: W
  /** Keeps what the request changed, before it is answered. */
  readonly commit: () => void
}

/** What happens around the application; each part may be absent. */
export interface Surroundings<W> {
  /** The world that a request belongs to. */
  readonly enter: (request: Request) => Entered<W>
  readonly keepsJournal: boolean
  readonly onExchange: ((entry: JournalEntry) => void) | undefined
  readonly onError: ((error: unknown) => void) | undefined
}

/** The way of a request through a twin: journal, then faults, then the application. */
export function createAnswer<State, Settings extends object>(
  definition: TwinDefinition<State, Settings>,
  { enter, keepsJournal, onExchange, onError }: Surroundings<World<State, Settings>>,
): Answer {
  const { app, answersHead, headers } = definition
  const operations = createOperationFinder(definition.operations)
  const masking = createMasking(definition.secrets)

  const run = async (
    request: Request,
    { world, commit }: Entered<World<State, Settings>>,
    exchange: Exchange,
  ): Promise<Response> => {
    const response = await app.fetch(request, { world, exchange, operations })
    commit()
    return response
  }
  const pass = (request: Request, entered: Entered<World<State, Settings>>, exchange: Exchange): Promise<Response> => {
    const { operation, body } = exchange
    const { method, url } = request
    const fault = entered.world.faults.choose(() => ({ operation, method, url, body: body.text }), operation)
    if (fault === undefined) return run(request, entered, exchange)
    const proceed = (): Promise<Response> => run(request, entered, exchange)
    return inject({ ...definition, fault, exchange, signal: request.signal, proceed })
  }
  const record = (passage: Passage, { journal }: World<State, Settings>): void => {
    const mask = masking((name) => passage.request.headers.get(name))
    const entry = journal.add(toEntry(passage, mask))
    onExchange?.(entry)
  }
  const isRecorded = keepsJournal || onExchange !== undefined

  return async (request, arrival) => {
    const startedUptimeMs = uptimeMs()
    const entered = enter(request)
    const { world } = entered
    const startedMs = world.clock.now()
    const method = request.method === 'HEAD' && answersHead ? 'GET' : request.method
    const body = method === 'GET' || method === 'HEAD' ? noBody : await readBody(request)
    const common = { ...headers, Date: httpDate(world.clock.now()) }
    const exchange = createExchange(operations.find(method, getPath(request)), body, common)
    try {
      return await pass(request, entered, exchange)
    } finally {
      if (exchange.failure !== undefined) onError?.(exchange.failure)
      if (isRecorded) record({ request, arrival, exchange, world: world.name, startedMs, startedUptimeMs }, world)
    }
  }
}

/** Dates have whole seconds, so many answers share one. */
let lastDate: readonly [second: number, text: string] = [0, '']

function httpDate(timeMs: number): string {
  const second = Math.floor(timeMs / 1000)
  if (lastDate[0] !== second) lastDate = [second, new Date(timeMs).toUTCString()]
  return lastDate[1]
}
