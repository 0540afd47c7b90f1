import type { ErrorDialect } from './faults/inject.ts'
import type { Exchange } from './exchange.ts'
import type { SecretPlaces } from './journal/mask.ts'
import type { Operation, OperationFinder } from './operations.ts'
import type { RateWindow } from './rate-limiter.ts'
import type { Tables } from './state/table.ts'
import type { Validator } from './validation.ts'
import type { Soil, World } from './world.ts'

/** What the application of a twin finds in the environment of each request; its checks may add to it. */
export interface TwinBindings<W> {
  readonly world: W
  readonly exchange: Exchange
  readonly operations: OperationFinder
}

/** What a twin needs of its application. */
export interface TwinApplication<W> {
  fetch(request: Request, bindings: TwinBindings<W>): Response | Promise<Response>
  readonly routes: readonly { readonly method: string; readonly path: string }[]
}

/** Something that no caller of the API could bring about, and that a test wants to happen. */
export interface Action<W> {
  readonly summary: string
  /** The JSON Schema of its input, as it stands in the document. */
  readonly input: object
  readonly validate: Validator
  /** @throws ControlError when it cannot be done as things stand; the tables hold then what they held before */
  readonly run: (world: W, input: Readonly<Record<string, unknown>>) => object
}

/**
 * Which world a request belongs to, by its credentials.
 *
 * @param stateOf - the state of a world that has begun; worlds may have credentials of their own
 */
export type Visit<State> = (
  headers: HeaderSource,
  defaultState: State,
  stateOf: (world: string) => State | undefined,
) => string

/**
 * What a twin serves to everybody, beside its API: nobody there shows who they are, so the path says which world is meant. The body of
 * a request is kept as one character an octet, since it need not be text.
 */
export interface PublicPart<W> {
  /** The world that a path names; undefined for a path of the API. It is asked on every request, so it had better be quick. */
  readonly worldOf: (path: string) => string | undefined
  /** The twin is reached at an address from now on, and nobody has seen yet what the world holds. */
  readonly onPublished: (world: W) => void
}

/** Where headers are read from. */
export interface HeaderSource {
  get(name: string): string | null
}

/** All that makes a twin the twin of its vendor. */
export interface TwinDefinition<State, Settings extends object> extends ErrorDialect {
  /** The name of its command; snapshots and data files carry it. */
  readonly name: string
  readonly version: string
  /** The application; its routes are built once and read the world from the context of each request. */
  readonly app: TwinApplication<World<State, Settings>>
  /** The operations of the OpenAPI document, generated from it. */
  readonly operations: readonly Operation[]
  /** Whether HEAD is answered like GET, without a body. */
  readonly answersHead: boolean
  /** Response headers as the vendor spells them; others go out in lower case. */
  readonly headerNames: readonly string[]
  /** What every answer carries beside its date. */
  readonly headers: Readonly<Record<string, string>>
  /** Adds to an exchange that begins what every answer carries and no other answer has. */
  readonly prepare?: (world: World<State, Settings>, exchange: Exchange) => void
  readonly secrets: SecretPlaces
  /** The host names of the vendor, for a certificate that lets a program keep its base URL. */
  readonly hosts: readonly string[]
  /** The world that a request's credentials open, where worlds are open to everybody. */
  readonly worldOf: Visit<State>
  /** Absent where everything is the API's. */
  readonly publicPart?: PublicPart<World<State, Settings>>
  /** What a caller may say to change the settings. */
  readonly validateSettings: Validator
  readonly rateWindows: (settings: Settings) => readonly RateWindow[]
  /** A new state with its seed data. */
  readonly createState: (soil: Soil<Settings>) => State
  /** The tables that the state consists of. */
  readonly tables: (state: State) => Tables
  /** What data to add looks like. */
  readonly validateSeed: Validator
  /** Adds data that passed. @throws ControlError when it contradicts itself or the state; the tables hold then what they held before */
  readonly plant: (world: World<State, Settings>, seed: Readonly<Record<string, unknown>>) => void
  readonly actions: Readonly<Record<string, Action<World<State, Settings>>>>
  /** What the behaviour is based on, loaded when somebody asks. */
  readonly evidence: () => Promise<{ readonly operations: readonly object[] }>
}

/** A verb of the control plane that cannot be carried out; the message is one sentence that says what to do. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
}
