import { createClock, type TwinClock } from './clock.ts'
import type { components } from './control/control.generated.ts'
import { isLoopback } from './control/guard.ts'
import { withControlPlane, withGuardedControlPlane } from './control/plane.ts'
import { ControlError, type TwinDefinition } from './definition.ts'
import type { CodedFaultRule } from './faults/fault.ts'
import { asFetchFailure, WireFault } from './faults/wire-fault.ts'
import type { Answer, Fetch } from './fetch.ts'
import type { JournalEntry } from './journal/entry.ts'
import type { JournalLimits } from './journal/journal.ts'
import { listen, type Listening, type ListenOptions } from './listen/listen.ts'
import { createAnswer } from './pipeline.ts'
import { createRandom } from './random.ts'
import { defaultWorld, isWorldName } from './world.ts'
import { createLivingWorld, type LivingWorld, type WorldControl } from './world-control.ts'
import { createWorlds } from './worlds.ts'

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
  /** `false` for no control plane under `/__mock`. */
  readonly control?: boolean
  /** Told of every exchange when it is over. */
  readonly onExchange?: (entry: JournalEntry) => void
  /** Told of an error of the twin itself, which its caller sees as the vendor's 500. */
  readonly onError?: (error: unknown) => void
}

type Schemas = components['schemas']

/** A port for a twin. */
export interface TwinListenOptions extends ListenOptions {
  /** Wanted by the control plane. Made up where the host is not loopback and none is given; none on loopback. */
  readonly token?: string
}

/** A twin on a port. */
export interface TwinListening extends Listening {
  /** What the control plane wants as `Authorization: Bearer`; undefined when it wants nothing. */
  readonly token: string | undefined
}

/** A running twin of an API, in process; the verbs of the default world are its own. */
export interface Twin<Settings> extends WorldControl<Settings> {
  /** Answers a request in process; a fault of the wire becomes what `fetch` would throw. */
  readonly fetch: Fetch
  /** Answers for a listener, which turns faults of the wire into bytes. */
  readonly answer: Answer
  /** Serves the twin on a port, on loopback unless told otherwise. */
  readonly listen: (options?: TwinListenOptions) => Promise<TwinListening>
  /** A world by its name; it begins when it is first entered. @throws ControlError for a name that no world can have */
  readonly world: (name?: string) => WorldControl<Settings>
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

/** Puts a twin together: journal, then faults, then the application. */
export function createTwin<State, Settings extends object>(
  definition: TwinDefinition<State, Settings>,
  settings: Settings,
  options: TwinOptions = {},
): Twin<Settings> {
  const { clock = createClock(), seed, accounts = 'seeded', journal = {}, faults = [] } = options
  const worldOptions = { seed, settings, faults, journal: journal === false ? { entries: 0 } : journal }
  const create = (name: string, worldClock: TwinClock): LivingWorld<State, Settings> =>
    createLivingWorld(definition, worldOptions, name, worldClock)
  const first = create(defaultWorld, clock)
  const worlds = createWorlds(first, create, clock.fork())
  const answer = createAnswer(definition, {
    enter: (request) =>
      (accounts === 'seeded' ? first : worlds.enter(definition.worldOf(request.headers, first.world.state))).world,
    commit: undefined,
    keepsJournal: journal !== false,
    onExchange: options.onExchange,
    onError: options.onError,
  })
  const twin: Twin<Settings> = {
    ...first.control,
    get requests() {
      return first.control.requests
    },
    get settings() {
      return first.control.settings
    },
    answer,
    fetch: async (request) => fetch(request),
    listen: (listenOptions) => listenWithControl(twin, definition, options, listenOptions),
    world: (name = defaultWorld) => worlds.enter(readWorldName(name)).control,
    worlds: worlds.names,
    routes: definition.app.routes,
    health: () => ({
      status: 'ok',
      twin: definition.name,
      version: definition.version,
      now: new Date(clock.now()).toISOString(),
      worlds: worlds.names().length,
    }),
    actions: () =>
      Object.entries(definition.actions).map(([name, { summary, input }]) => ({ name, summary, input: { ...input } })),
    evidence: async () => ({ operations: (await definition.evidence()).operations }),
  }
  const inProcess: Fetch = async (request) => {
    try {
      return await answer(request)
    } catch (error) {
      if (error instanceof WireFault) return asFetchFailure(error, request)
      throw error
    }
  }
  const fetch = options.control === false ? inProcess : withControlPlane(inProcess, { twin, onError: options.onError })
  return twin
}

async function listenWithControl<State, Settings extends object>(
  twin: Twin<Settings>,
  { headerNames }: TwinDefinition<State, Settings>,
  { control = true, onError }: TwinOptions,
  { token: wanted, ...listenOptions }: TwinListenOptions = {},
): Promise<TwinListening> {
  const { host = '127.0.0.1' } = listenOptions
  const token = wanted ?? (isLoopback(host) ? undefined : createRandom().hex(16))
  const closing = new AbortController()
  const plane = { twin, onError, guard: { token, host }, closing: closing.signal }
  const answer = control ? withGuardedControlPlane(twin.answer, plane) : twin.answer
  const listening = await listen(answer, { headerNames, ...listenOptions })
  return {
    ...listening,
    token: control ? token : undefined,
    close() {
      closing.abort()
      return listening.close()
    },
  }
}

function readWorldName(name: string): string {
  if (isWorldName(name)) return name
  throw new ControlError(`${JSON.stringify(name)} is no name of a world: use up to 64 letters, digits, - and _.`)
}
