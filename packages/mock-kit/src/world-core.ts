import type { TwinClock } from './clock.ts'
import type { TwinDefinition } from './definition.ts'
import type { CodedFaultRule } from './faults/fault.ts'
import { createFaults } from './faults/faults.ts'
import { createJournal, type JournalLimits } from './journal/journal.ts'
import { createRandom } from './random.ts'
import { createRateLimiter } from './rate-limiter.ts'
import { createTokenBuckets } from './token-buckets.ts'
import { defaultWorld, type World } from './world.ts'
import { plantData } from './world-data.ts'

/** How the worlds of a twin begin. */
export interface WorldOptions<Settings> {
  readonly seed: string | undefined
  readonly settings: Settings
  readonly journal: JournalLimits | undefined
  /** The faults that are in force from the start. */
  readonly faults: readonly CodedFaultRule[]
  /** Where callers reach the twin at the moment. */
  readonly publicUrl: () => string | undefined
  /** The data that is there from the start, beside the definition's own. */
  readonly beginWith: readonly unknown[]
}

/** A world with what changes it as a whole. */
export interface Core<State, Settings> {
  readonly world: World<State, Settings>
  readonly reset: () => void
  /** Begins the random sequence anew; the authority stays what it is, so that what it issued stays valid. */
  readonly begin: (seed: string | undefined) => void
  /** The seed of the random sequence. */
  readonly sequenceSeed: () => string | undefined
  /** Goes on where another process stopped. */
  readonly resume: (at: SequencePlace) => void
  readonly configure: (settings: Settings) => void
}

/** Where the randomness of a world is. */
export interface SequencePlace {
  readonly authoritySeed: string
  readonly seed: string
  readonly position: number
}

/** What requests see as fixed. */
type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** @throws ControlError when the world cannot begin with the data that it shall begin with */
export function createCore<State, Settings extends object>(
  definition: TwinDefinition<State, Settings>,
  { seed, settings, journal, faults, beginWith, publicUrl }: WorldOptions<Settings>,
  name: string,
  clock: TwinClock,
): Core<State, Settings> {
  let faultRandom = createRandom()
  const scope = { operations: definition.operations.map(({ id }) => id), errors: definition.errors }
  const fixed = { name, clock, journal: createJournal(journal), faults: createFaults(scope, () => faultRandom) }
  // `reset()` gives it the rest, before anybody sees it.
  const world = {
    ...fixed,
    seed,
    settings,
    get publicUrl() {
      return publicUrl()
    },
  } as Mutable<World<State, Settings>>
  let sequenceSeed = seed
  const begin = (from: string | undefined, position = 0): void => {
    sequenceSeed = from
    world.random = createRandom(seedOf(from, name), position)
    faultRandom = createRandom(seedOf(from, `${name}/faults`))
  }
  const configure = (changed: Settings): void => {
    world.settings = changed
    world.limiter = createRateLimiter(definition.rateWindows(changed))
    world.buckets = createTokenBuckets()
  }
  const reset = (): void => {
    begin(sequenceSeed)
    configure(world.settings)
    world.journal.clear()
    world.faults.clear()
    world.faults.add(...faults)
    world.state = definition.createState(world)
    for (const data of beginWith) plantData(definition, world, data)
  }
  reset()
  const resume = (at: SequencePlace): void => {
    world.seed = at.authoritySeed
    begin(at.seed, at.position)
  }
  return { world, reset, begin: (from) => begin(from), sequenceSeed: () => sequenceSeed, resume, configure }
}

/** Parallel worlds differ, and repeat with the seed. */
function seedOf(seed: string | undefined, name: string): string | undefined {
  return seed === undefined || name === defaultWorld ? seed : `${seed}/${name}`
}
