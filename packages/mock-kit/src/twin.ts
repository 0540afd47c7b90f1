import { getPath } from 'hono/utils/url'
import { readBody } from './body.ts'
import type { Clock } from './clock.ts'
import type { Exchange, JournalEntry } from './exchange.ts'
import type { Fetch } from './fetch.ts'
import { createOperationFinder, type Operation, type OperationFinder } from './operations.ts'
import { listen, type Listening, type ListenOptions } from './listen.ts'

/** Everything that a twin remembers, with the clock that it lives by; `reset()` replaces it by a new one. */
export interface World {
  readonly clock: Clock
}

/** What a Hono application of a twin finds in `context.env`. */
export interface TwinEnv<W extends World> {
  Bindings: { world: W; exchange: Exchange; operations: OperationFinder }
}

/** What a twin needs of its Hono application; the variables in the application's context are its own business. */
export interface TwinApplication<W extends World> {
  fetch(request: Request, bindings: TwinEnv<W>['Bindings']): Response | Promise<Response>
  readonly routes: readonly { readonly method: string; readonly path: string }[]
}

export interface TwinDefinition<W extends World> {
  /** The application; its routes are built once and read the world from the context of each request. */
  readonly app: TwinApplication<W>
  /** The operations of the OpenAPI document, generated from it. */
  readonly operations: readonly Operation[]
  /** A new world with its seed data. */
  readonly createWorld: () => W
  /** Whether HEAD is answered like GET, without a body. */
  readonly answersHead: boolean
  /** Response headers as the vendor spells them; others go out in lower case. */
  readonly headerNames: readonly string[]
  /** Told of every exchange when it is over. */
  readonly onExchange?: ((entry: JournalEntry) => void) | undefined
}

/** A running twin of an API, in process; `listen()` puts it on a port. */
export interface Twin<W extends World> {
  /** Answers a request in process. */
  readonly fetch: Fetch
  /** The journal, oldest first: the last 10,000 exchanges. */
  readonly requests: readonly JournalEntry[]
  /** The routes that the application really has, for the generated list of what is supported. */
  readonly routes: readonly { readonly method: string; readonly path: string }[]
  readonly world: W
  /** Forgets all that happened: a new world with its seed data, an empty journal. The clock stays as it is. */
  readonly reset: () => void
  /** Serves the twin on a port, on loopback unless told otherwise. */
  readonly listen: (options?: ListenOptions) => Promise<Listening>
}

const journalLimit = 10_000

/** Puts a twin together: journal, then application; `Date` comes from the twin's clock. */
export function createTwin<W extends World>(definition: TwinDefinition<W>): Twin<W> {
  const operations = createOperationFinder(definition.operations)
  const requests: JournalEntry[] = []
  let world = definition.createWorld()

  const fetch: Fetch = async (request) => {
    const method = request.method === 'HEAD' && definition.answersHead ? 'GET' : request.method
    const operation = operations.find(method, getPath(request))
    const exchange: Exchange = { body: await readBody(request), operation, diagnosis: undefined }
    const response = await definition.app.fetch(request, { world, exchange, operations })
    response.headers.set('Date', new Date(world.clock.now()).toUTCString())
    if (requests.length >= journalLimit) requests.shift()
    const entry = { operation, status: response.status, diagnosis: exchange.diagnosis }
    requests.push(entry)
    definition.onExchange?.(entry)
    return response
  }

  return {
    fetch,
    requests,
    routes: definition.app.routes,
    get world() {
      return world
    },
    reset() {
      world = definition.createWorld()
      requests.length = 0
    },
    listen: (options = {}) => listen(fetch, { headerNames: definition.headerNames, ...options }),
  }
}
