import { getPath } from 'hono/utils/url'
import { noBody, readBody } from './body.ts'
import { uptimeMs } from './clock.ts'
import type { TwinDefinition } from './definition.ts'
import { createExchange, type Exchange, type RequestBody } from './exchange.ts'
import { inject } from './faults/inject.ts'
import type { Arrival } from './fetch.ts'
import type { JournalEntry } from './journal/entry.ts'
import { createMasking } from './journal/mask.ts'
import { createRecord, toEntry } from './journal/record.ts'
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
  /** The world that a request belongs to: one that its path names in public, or that of its credentials. */
  readonly enter: (request: Request, publicWorld: string | undefined) => Entered<W>
  readonly keepsJournal: boolean
  readonly onExchange: ((entry: JournalEntry) => void) | undefined
  readonly onError: ((error: unknown) => void) | undefined
}

/** Answers a request in the world that it has entered: the one that is given, or else the one that it belongs to. */
export type AnswerIn<W> = (request: Request, arrival?: Arrival, given?: Entered<W>) => Response | Promise<Response>

/** The way of a request through a twin: journal, then faults, then the application. */
export function createAnswer<State, Settings extends object, W extends World<State, Settings>>(
  definition: TwinDefinition<State, Settings>,
  { enter, keepsJournal, onExchange, onError }: Surroundings<W>,
): AnswerIn<W> {
  const { app, answersHead, publicPart } = definition
  const operations = createOperationFinder(definition.operations)
  const masking = createMasking(definition.secrets)

  const run = (request: Request, passage: Passage<W>): Response | Promise<Response> => {
    const { world, commit } = passage.entered
    const response = app.fetch(request, { world, exchange: passage.exchange, operations })
    return response instanceof Promise ? response.then((each) => committed(each, commit)) : committed(response, commit)
  }
  const pass = (request: Request, passage: Passage<W>): Response | Promise<Response> => {
    const { exchange, entered } = passage
    const { operation, body } = exchange
    const { method, url } = request
    const fault = entered.world.faults.choose(() => ({ operation, method, url, body: body.text }), operation)
    if (fault === undefined) return run(request, passage)
    const proceed = async (): Promise<Response> => run(request, passage)
    return inject({ ...definition, fault, exchange, settings: entered.world.settings, request, proceed })
  }
  const record = (request: Request, { exchange, entered: { world }, ...arrived }: Passage<W>): void => {
    if (exchange.failure !== undefined) onError?.(exchange.failure)
    if (!keepsJournal && onExchange === undefined) return
    const made = createRecord({ request, exchange, world: world.name, ...arrived }, masking)
    const id = world.journal.add(made)
    tell(() => onExchange?.(toEntry(id, made)), onError)
  }
  const answer = (request: Request, body: RequestBody, arrived: Arrived<W>): Response | Promise<Response> => {
    const method = request.method === 'HEAD' && answersHead ? 'GET' : request.method
    const passage = begin(definition, arrived, operations.find(method, arrived.path), body)
    return finish(
      () => pass(request, passage),
      () => record(request, passage),
    )
  }

  return (request, arrival, given) => {
    const path = getPath(request)
    const publicWorld = publicPart?.worldOf(path)
    const entered = given ?? enter(request, publicWorld)
    const arrived = { path, entered, arrival, startedMs: entered.world.clock.now(), startedUptimeMs: uptimeMs() }
    // Answers come at once where they can: a promise costs as much as a check.
    if (request.method === 'GET' || request.method === 'HEAD') return answer(request, noBody, arrived)
    return readBody(request, encodingIn(publicWorld)).then((body) => answer(request, body, arrived))
  }
}

/** Only what an API takes is text. */
function encodingIn(publicWorld: string | undefined): 'utf8' | 'latin1' {
  return publicWorld === undefined ? 'utf8' : 'latin1'
}

/** A request on its way, from when it came. */
interface Arrived<W> {
  readonly path: string
  readonly entered: Entered<W>
  readonly arrival: Arrival | undefined
  readonly startedMs: number
  readonly startedUptimeMs: number
}

interface Passage<W> extends Arrived<W> {
  readonly exchange: Exchange
}

function begin<State, Settings extends object, W extends World<State, Settings>>(
  { headers, prepare }: TwinDefinition<State, Settings>,
  arrived: Arrived<W>,
  operation: string | undefined,
  body: RequestBody,
): Passage<W> {
  const { world } = arrived.entered
  const common = { ...headers, Date: httpDate(world.clock.now()) }
  const exchange = createExchange({ ...arrived, operation, body, headers: common })
  prepare?.(world, exchange)
  return { ...arrived, exchange }
}

function committed(response: Response, commit: () => void): Response {
  commit()
  return response
}

/** Who looks on must not change what is looked at. */
function tell(listen: () => void, onError: ((error: unknown) => void) | undefined): void {
  try {
    listen()
  } catch (error) {
    onError?.(error)
  }
}

/** Whatever comes of the work, now or later, `end` follows it. */
function finish(work: () => Response | Promise<Response>, end: () => void): Response | Promise<Response> {
  let result: Response | Promise<Response>
  try {
    result = work()
  } catch (error) {
    end()
    throw error
  }
  if (result instanceof Promise) return result.finally(end)
  end()
  return result
}

/** Dates have whole seconds, so many answers share one. */
let lastDate: readonly [second: number, text: string] = [0, '']

function httpDate(timeMs: number): string {
  const second = Math.floor(timeMs / 1000)
  if (lastDate[0] !== second) lastDate = [second, new Date(timeMs).toUTCString()]
  return lastDate[1]
}
