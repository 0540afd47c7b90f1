import { createManualClock, type Moment, type TwinClock } from './clock.ts'
import { ControlError, type TwinDefinition } from './definition.ts'
import type { Faults } from './faults/faults.ts'
import type { JournalEntry } from './journal/entry.ts'
import type { Journal } from './journal/journal.ts'
import { atomically } from './state/atomically.ts'
import {
  type ClockReading,
  parseSnapshot,
  restoreTables,
  type Snapshot,
  SnapshotError,
  toSnapshot,
} from './state/snapshot.ts'
import type { Tables } from './state/table.ts'
import type { World } from './world.ts'
import type { Core } from './world-core.ts'
import { orNothing, plantData, readInput } from './world-data.ts'
import type { Keeping } from './world-keeping.ts'

/** What a clock shall show, and whether it shall run; what is left out stays. */
export interface ClockChange {
  readonly now?: Moment
  readonly running?: boolean
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
  /** Sets the clock, lets it run or stand still. @throws RangeError for what is no date */
  readonly moveClock: (change: ClockChange) => void
  /**
   * Forgets all that happened: state, journal, faults, rate windows and random sequence are as at the start. The clock and the
   * settings stay as they are.
   */
  readonly reset: () => void
  /** Adds data under its natural keys. @throws ControlError when it cannot be read or contradicts the state */
  seed(this: void, data: unknown): void
  readonly snapshot: () => Snapshot
  /** Puts a snapshot back and sets the clock. @throws SnapshotError when it is none of this twin */
  readonly restore: (snapshot: unknown) => void
  /** Begins the random sequence anew. */
  readonly setRandom: (seed: string) => void
  /** Changes the settings that are given. @throws ControlError when they cannot be read */
  configure(this: void, change: unknown): Settings
  /** Lets something happen that no caller could do. @throws ControlError */
  act(this: void, name: string, input?: unknown): object
}

/** The same thing from both sides: what requests see, and what tests hold. */
export interface LivingWorld<State, Settings> {
  readonly world: World<State, Settings>
  readonly control: WorldControl<Settings>
  /** Keeps what a request changed, where it is to last. */
  readonly commit: () => void
  /** Tells a world that has just begun that the twin has an address. */
  readonly publish: () => void
}

export function createLivingWorld<State, Settings extends object>(
  definition: TwinDefinition<State, Settings>,
  core: Core<State, Settings>,
  keeping: Keeping,
): LivingWorld<State, Settings> {
  const publish = (): void => {
    if (keeping.isResumed) return
    definition.publicPart?.onPublished(core.world)
    keeping.commit()
  }
  return { world: core.world, control: createControl(definition, core, keeping), commit: keeping.commit, publish }
}

function createControl<State, Settings extends object>(
  definition: TwinDefinition<State, Settings>,
  core: Core<State, Settings>,
  keeping: Keeping,
): WorldControl<Settings> {
  const { world } = core
  const { name, clock, faults, journal } = world
  return {
    ...stateVerbs(definition, core, keeping),
    name,
    clock,
    faults,
    journal,
    get requests() {
      return journal.entries()
    },
    get settings() {
      return world.settings
    },
    advance(by) {
      clock.advance(by)
      keeping.save()
    },
    moveClock(change) {
      moveClock(clock, change)
      keeping.save()
    },
    setRandom(seed) {
      core.begin(seed)
      keeping.save()
    },
    configure(change) {
      core.configure({ ...world.settings, ...readInput(definition.validateSettings, change, 'The settings') })
      return world.settings
    },
  }
}

type StateVerb = 'reset' | 'seed' | 'snapshot' | 'restore' | 'act'

/** What changes the state past the API. */
function stateVerbs<State, Settings extends object>(
  definition: TwinDefinition<State, Settings>,
  { world, reset }: Core<State, Settings>,
  keeping: Keeping,
): Pick<WorldControl<Settings>, StateVerb> {
  const { save, replace } = keeping
  const tables = (): Tables => definition.tables(world.state)
  return {
    reset() {
      reset()
      keeping.isResumed = false
      replace()
    },
    seed(data) {
      plantData(definition, world, data)
      save()
    },
    snapshot: () => toSnapshot(definition.name, tables(), readClock(world.clock)),
    restore(value) {
      const snapshot = parseSnapshot(value, definition.name, tables())
      requireTime(snapshot)
      atomically(tables(), () => restoreRows(tables(), snapshot))
      moveClock(world.clock, snapshot.clock)
      keeping.isResumed = true
      replace()
    },
    act(action, input = {}) {
      const result = orNothing(definition, world, () => act(definition, world, action, input))
      save()
      return result
    },
  }
}

/** @throws SnapshotError for a time that no clock can be set to */
function requireTime({ clock }: Snapshot): void {
  try {
    createManualClock(clock.now)
  } catch (error) {
    throw new SnapshotError((error as Error).message)
  }
}

/** @throws SnapshotError for entities that even the tables cannot take */
function restoreRows(tables: Tables, snapshot: Snapshot): void {
  try {
    restoreTables(tables, snapshot)
  } catch {
    throw new SnapshotError('The rows of the snapshot are not those of this twin: send it as the twin gave it.')
  }
}

function readClock(clock: TwinClock): ClockReading {
  return { now: new Date(clock.now()).toISOString(), running: clock.running }
}

function moveClock(clock: TwinClock, { now, running }: ClockChange): void {
  if (now !== undefined) clock.set(now)
  if (running === true) clock.run()
  if (running === false) clock.freeze()
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
  return action.run(world, readInput(action.validate, input, `The input of ${name}`))
}
