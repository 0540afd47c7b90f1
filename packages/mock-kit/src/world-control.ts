import type { TwinClock } from './clock.ts'
import { ControlError, type TwinDefinition } from './definition.ts'
import { createFaults, type Faults } from './faults/faults.ts'
import type { CodedFaultRule } from './faults/fault.ts'
import type { JournalEntry } from './journal/entry.ts'
import { createJournal, type Journal, type JournalLimits } from './journal/journal.ts'
import { createRandom } from './random.ts'
import { createRateLimiter } from './rate-limiter.ts'
import { type ClockReading, parseSnapshot, restoreTables, type Snapshot, toSnapshot } from './state/snapshot.ts'
import { explainProblems, type Validator } from './validation.ts'
import { defaultWorld, type World } from './world.ts'

/** How the worlds of a twin begin. */
export interface WorldOptions<Settings> {
  readonly seed: string | undefined
  readonly settings: Settings
  readonly journal: JournalLimits | undefined
  /** The faults that are in force from the start. */
  readonly faults: readonly CodedFaultRule[]
}

/** A world as somebody who tests with it sees it: every verb of the control plane. */
export interface WorldControl<Settings> {
  readonly name: string
  readonly clock: TwinClock
  readonly faults: Faults
  readonly journal: Journal
  /** The journal, oldest first. */
  readonly requests: readonly JournalEntry[]
  readonly settings: Settings
  /** Moves the clock forward by milliseconds, or by a length of time such as `16m`. */
  readonly advance: (by: number | string) => void
  /**
   * Forgets all that happened: state, journal, faults, rate windows and random sequence are as at the start. The clock and the
   * settings stay as they are.
   */
  readonly reset: () => void
  /** Adds data under its natural keys. @throws ControlError when it cannot be read or contradicts the state */
  readonly seed: (data: unknown) => void
  readonly snapshot: () => Snapshot
  /** Puts a snapshot back and sets the clock. @throws SnapshotError when it is none of this twin */
  readonly restore: (snapshot: unknown) => void
  /** Begins the random sequence anew. */
  readonly setRandom: (seed: string) => void
  /** Changes the settings that are given. @throws ControlError when they cannot be read */
  readonly configure: (change: unknown) => Settings
  /** Lets something happen that no caller could do. @throws ControlError */
  readonly act: (name: string, input?: unknown) => object
}

/** The same thing from both sides: what requests see, and what tests hold. */
export interface LivingWorld<State, Settings> {
  readonly world: World<State, Settings>
  readonly control: WorldControl<Settings>
}

export function createLivingWorld<State, Settings extends object>(
  definition: TwinDefinition<State, Settings>,
  options: WorldOptions<Settings>,
  name: string,
  clock: TwinClock,
): LivingWorld<State, Settings> {
  const core = createCore(definition, options, name, clock)
  return { world: core.world, control: createControl(definition, core) }
}

/** A world with what changes it as a whole. */
interface Core<State, Settings> {
  readonly world: World<State, Settings>
  readonly reset: () => void
  /** Begins the random sequence anew. */
  readonly begin: (seed: string | undefined) => void
  readonly configure: (settings: Settings) => void
}

/** What requests see as fixed. */
type Mutable<T> = { -readonly [K in keyof T]: T[K] }

function createCore<State, Settings extends object>(
  definition: TwinDefinition<State, Settings>,
  { seed, settings, journal, faults }: WorldOptions<Settings>,
  name: string,
  clock: TwinClock,
): Core<State, Settings> {
  let faultRandom = createRandom()
  const scope = { operations: definition.operations.map(({ id }) => id), errors: definition.errors }
  const fixed = { name, clock, journal: createJournal(journal), faults: createFaults(scope, () => faultRandom) }
  // `reset()` gives it the rest, before anybody sees it.
  const world = { ...fixed, seed, settings } as Mutable<World<State, Settings>>
  const begin: Core<State, Settings>['begin'] = (from) => {
    world.seed = from
    world.random = createRandom(seedOf(from, name))
    faultRandom = createRandom(seedOf(from, `${name}/faults`))
  }
  const configure = (changed: Settings): void => {
    world.settings = changed
    world.limiter = createRateLimiter(definition.rateWindows(changed))
  }
  const reset = (): void => {
    begin(world.seed)
    configure(world.settings)
    world.journal.clear()
    world.faults.clear()
    world.faults.add(...faults)
    world.state = definition.createState(world)
  }
  reset()
  return { world, reset, begin, configure }
}

function createControl<State, Settings extends object>(
  definition: TwinDefinition<State, Settings>,
  { world, reset, begin, configure }: Core<State, Settings>,
): WorldControl<Settings> {
  const { name, clock, faults, journal } = world
  return {
    name,
    clock,
    faults,
    journal,
    reset,
    get requests() {
      return journal.entries()
    },
    get settings() {
      return world.settings
    },
    advance: (by) => clock.advance(by),
    seed: (data) => definition.plant(world, read(definition.validateSeed, data, 'The data')),
    snapshot: () => toSnapshot(definition.name, definition.tables(world.state), readClock(clock)),
    restore(value) {
      const tables = definition.tables(world.state)
      const snapshot = parseSnapshot(value, definition.name, tables)
      restoreTables(tables, snapshot)
      setClock(clock, snapshot.clock)
    },
    setRandom: begin,
    configure(change) {
      configure({ ...world.settings, ...read(definition.validateSettings, change, 'The settings') })
      return world.settings
    },
    act: (action, input = {}) => act(definition, world, action, input),
  }
}

/** Parallel worlds differ, and repeat with the seed. */
function seedOf(seed: string | undefined, name: string): string | undefined {
  return seed === undefined || name === defaultWorld ? seed : `${seed}/${name}`
}

function readClock(clock: TwinClock): ClockReading {
  return { now: new Date(clock.now()).toISOString(), running: clock.running }
}

function setClock(clock: TwinClock, { now, running }: ClockReading): void {
  clock.set(now)
  if (running) clock.run()
  else clock.freeze()
}

function read(validate: Validator, value: unknown, what: string): Readonly<Record<string, unknown>> {
  const problem = explainProblems(validate, value)
  if (problem !== undefined) throw new ControlError(`${what} cannot be read: ${problem}.`)
  return value as Readonly<Record<string, unknown>>
}

function act<State, Settings extends object>(
  { actions }: TwinDefinition<State, Settings>,
  world: World<State, Settings>,
  name: string,
  input: unknown,
): object {
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (action === undefined)
    throw new ControlError(`There is no action ${name}: choose from ${Object.keys(actions).join(', ')}.`)
  return action.run(world, read(action.validate, input, `The input of ${name}`))
}
