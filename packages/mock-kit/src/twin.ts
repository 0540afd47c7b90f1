import { createClock, type TwinClock } from './clock.ts'
import type { components } from './control/control.generated.ts'
import { withControlPlane } from './control/plane.ts'
import { ControlError, type TwinDefinition } from './definition.ts'
import type { CodedFaultRule } from './faults/fault.ts'
import { asFetchFailure, WireFault } from './faults/wire-fault.ts'
import { type Answer, type Fetch, type OpenFetch, toOpenFetch } from './fetch.ts'
import type { JournalEntry } from './journal/entry.ts'
import type { JournalLimits } from './journal/journal.ts'
import { createAddress } from './listen/address.ts'
import { listenTwin, type TwinListening, type TwinListenOptions } from './listen/listen-twin.ts'
import { type AnswerIn, createAnswer } from './pipeline.ts'
import { openStore, type Store } from './state/store.ts'
import { defaultWorld, isWorldName, type World } from './world.ts'
import { createLivingWorld, type LivingWorld, type WorldControl } from './world-control.ts'
import { createCore } from './world-core.ts'
import { forgoKeeping, keepWorld } from './world-keeping.ts'
import { readInput } from './world-data.ts'
import { createWorlds, type Worlds } from './worlds.ts'

/** How any twin can be. */
export interface TwinOptions {
  /** Where all dates and the rate windows come from; the machine's time unless given. Twins that get the same one share it. */
  readonly clock?: TwinClock
  /** The same seed, clock and calls give the same bytes; random unless given. */
  readonly seed?: string
  /**
   * `seeded`: only the accounts of the seed data, all in one world. `open`: a seed credential with a suffix opens a world of its own,
   * so that tests which run in parallel do not meet.
   */
  readonly accounts?: 'seeded' | 'open'
  /** `false` for no journal. */
  readonly journal?: false | JournalLimits
  /** In force in every world from the start. */
  readonly faults?: readonly CodedFaultRule[]
  /**
   * Data that every world begins with, beside the twin's own, and begins with again after a reset. A world that a data file
   * brings back has begun already.
   */
  readonly beginWith?: readonly unknown[]
  /** A file that keeps state, clock and random sequence across restarts; everything else lives as long as the process. */
  readonly data?: string
  /**
   * Where callers reach the twin, for what it hands out with its own address in it; where it listens unless given, or nowhere. Given,
   * the same seed, clock and calls give the same bytes whatever the port is.
   */
  readonly publicUrl?: string
  /** `false` for no control plane under `/__mock`. */
  readonly control?: boolean
  /** Told of every exchange when it is over. */
  readonly onExchange?: (entry: JournalEntry) => void
  /** Told of an error of the twin itself, which its caller sees as the vendor's 500. */
  readonly onError?: (error: unknown) => void
}

type Schemas = components['schemas']

/** A world in the hands of a test. */
export interface WorldHandle<Settings> extends WorldControl<Settings> {
  /** Answers a request in this world in process, whichever world its credentials would open. */
  readonly fetch: OpenFetch
}

/** A running twin of an API, in process; the verbs of the default world are its own. */
export interface Twin<Settings> extends WorldControl<Settings> {
  /** Answers a request in process; a fault of the wire becomes what `fetch` would throw. */
  readonly fetch: OpenFetch
  /** Answers for a listener, which turns faults of the wire into bytes. */
  readonly answer: Answer
  /** Serves the twin on a port, on loopback unless told otherwise. */
  readonly listen: (options?: TwinListenOptions) => Promise<TwinListening>
  /** Lets go of the data file, if there is one; the twin is not to be used any more. */
  readonly close: () => void
  /** A world by its name; it begins when it is first entered. @throws ControlError for a name that no world can have */
  readonly world: (name?: string) => WorldHandle<Settings>
  /** The worlds in memory, the default one first. */
  readonly worlds: () => string[]
  /** The routes that the application really has, for the generated list of what is supported. */
  readonly routes: readonly { readonly method: string; readonly path: string }[]
  /** Whether the twin answers, and what it is. */
  readonly health: () => Schemas['Health']
  /** What only this twin can do, with the schemas of the input. */
  readonly actions: () => Schemas['ActionList']['actions']
  /** What the twin's behaviour is based on, operation by operation. */
  readonly evidence: () => Promise<{ readonly operations: readonly object[] }>
}

/**
 * Puts a twin together: journal, then faults, then the application; the control plane beside them.
 *
 * @throws ControlError when the options cannot be, or it cannot begin with the data that it shall begin with
 * @throws FaultError for a fault that cannot be
 * @throws StoreError when the data file cannot be used
 */
export function createTwin<State, Settings extends object>(
  definition: TwinDefinition<State, Settings>,
  settings: Settings,
  options: TwinOptions = {},
): Twin<Settings> {
  const { accounts = 'seeded', journal, onExchange, onError } = options
  if (accounts !== 'seeded' && accounts !== 'open') throw new ControlError("The accounts must be 'seeded' or 'open'.")
  if (options.clock !== undefined && typeof options.clock.fork !== 'function')
    throw new ControlError('The clock must be one that createClock() or createManualClock() makes.')
  readInput(definition.validateSettings, settings, 'The options')
  const address = createAddress(options)
  const store = options.data === undefined ? undefined : openStore(options.data, definition.name)
  const worlds = openWorlds(definition, settings, options, { store, publicUrl: address.url })
  const first = worlds.enter(defaultWorld)
  const enter = createEntrance(definition, worlds, store, accounts)
  const answer = createAnswer(definition, { enter, keepsJournal: journal !== false, onExchange, onError })
  const twin: Twin<Settings> = {
    ...first.control,
    get requests() {
      return first.control.requests
    },
    get settings() {
      return first.control.settings
    },
    answer: (request, arrival) => answer(request, arrival),
    fetch: toOpenFetch((request) => fetch(request)),
    async listen(listenOptions) {
      const listening = await listenTwin(twin, definition.headerNames, options, listenOptions)
      address.listensAt(listening.url)
      for (const name of worlds.names()) worlds.enter(name).publish()
      return listening
    },
    close: () => store?.close(),
    world: (name = defaultWorld) => takeInHand(worlds.enter(readWorldName(name)), answer),
    worlds: worlds.names,
    routes: definition.app.routes,
    health: () => describe(definition, first.world, worlds.names()),
    actions: () => describeActions(definition),
    evidence: async () => ({ operations: (await definition.evidence()).operations }),
  }
  const inProcess = withFetchFailures(answer)
  const fetch = options.control === false ? inProcess : withControlPlane(inProcess, { twin, onError })
  return twin
}

/** With the getters as they are: a copy would keep what they said once. */
function takeInHand<State, Settings>(
  living: LivingWorld<State, Settings>,
  answer: AnswerIn<World<State, Settings>>,
): WorldHandle<Settings> {
  const fetch = withFetchFailures((request, arrival) => answer(request, arrival, living))
  const control = Object.defineProperties(
    {},
    Object.getOwnPropertyDescriptors(living.control),
  ) as WorldControl<Settings>
  return Object.assign(control, { fetch: toOpenFetch(fetch) })
}

/** Finds the world of a request: the one that its path names in the public part, that of its credentials elsewhere. */
function createEntrance<State, Settings extends object>(
  { worldOf }: TwinDefinition<State, Settings>,
  worlds: Worlds<LivingWorld<State, Settings>>,
  store: Store | undefined,
  accounts: TwinOptions['accounts'],
): (request: Request, publicWorld: string | undefined) => LivingWorld<State, Settings> {
  const first = worlds.enter(defaultWorld)
  const find = (name: string): LivingWorld<State, Settings> | undefined => {
    const hasBegun = worlds.names().includes(name) || store?.worlds().includes(name)
    return hasBegun ? worlds.enter(name) : undefined
  }
  const stateOf = (name: string): State | undefined => find(name)?.world.state
  return ({ headers }, publicWorld) => {
    // Nobody begins a world by naming it there.
    if (publicWorld !== undefined) return find(publicWorld) ?? first
    return accounts === 'open' ? worlds.enter(worldOf(headers, first.world.state, stateOf)) : first
  }
}

/** The default world begins at once, which shows early when a data file cannot be used. */
function openWorlds<State, Settings extends object>(
  definition: TwinDefinition<State, Settings>,
  settings: Settings,
  { clock = createClock(), seed, journal, faults = [], beginWith = [], clock: givenClock }: TwinOptions,
  { store, publicUrl }: { readonly store: Store | undefined; readonly publicUrl: () => string | undefined },
): Worlds<LivingWorld<State, Settings>> {
  const worldOptions = {
    seed: seed ?? store?.seed,
    settings,
    faults,
    beginWith,
    publicUrl,
    journal: journal === false ? { entries: 0 } : journal,
  }
  const given = { seed, hasClock: givenClock !== undefined }
  let first: LivingWorld<State, Settings> | undefined
  const create = (name: string, worldClock: TwinClock): LivingWorld<State, Settings> => {
    // All worlds of a data file follow from the seed that it began with, whatever is given at a later start.
    const core = createCore(
      definition,
      { ...worldOptions, seed: first?.world.seed ?? worldOptions.seed },
      name,
      worldClock,
    )
    const keeping = store === undefined ? forgoKeeping(definition, core) : keepWorld(definition, core, store, given)
    return createLivingWorld(definition, core, keeping)
  }
  const origin = clock.fork()
  try {
    first = create(defaultWorld, clock)
    return createWorlds(first, create, origin)
  } catch (error) {
    // The lock on the file would last until the garbage collector comes by.
    store?.close()
    throw error
  }
}

/** In process a fault of the wire is what `fetch` would make of it. */
function withFetchFailures(answer: Answer): Fetch {
  return async (request) => {
    request.signal.throwIfAborted()
    try {
      const response = await answer(request)
      request.signal.throwIfAborted() // the twin has answered, but nobody waits any more
      return response
    } catch (error) {
      if (error instanceof WireFault) return asFetchFailure(error, request)
      throw error
    }
  }
}

function describe<State, Settings extends object>(
  { name, version }: TwinDefinition<State, Settings>,
  { clock }: World<State, Settings>,
  worlds: readonly string[],
): Schemas['Health'] {
  return { status: 'ok', twin: name, version, now: new Date(clock.now()).toISOString(), worlds: worlds.length }
}

function describeActions<State, Settings extends object>({
  actions,
}: TwinDefinition<State, Settings>): Schemas['ActionList']['actions'] {
  return Object.entries(actions).map(([name, { summary, input }]) => ({ name, summary, input: { ...input } }))
}

function readWorldName(name: string): string {
  if (isWorldName(name)) return name
  throw new ControlError(`${JSON.stringify(name)} is no name of a world: use up to 64 letters, digits, - and _.`)
}
