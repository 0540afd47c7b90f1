import { type ClockRecord, recordClock, resumeClock, type TwinClock } from './clock.ts'
import type { TwinDefinition } from './definition.ts'
import { ofOtherSeed, unreadable } from './state/store-error.ts'
import type { Store, WorldMeta } from './state/store.ts'
import { hasChanges, settle } from './state/table.ts'
import { defaultWorld } from './world.ts'
import type { Core } from './world-core.ts'

/** Keeps a world in a data file: what a method keeps is on disk when it returns. */
export interface Keeping {
  /** The world was brought back, from a data file or by a snapshot: somebody has seen what it holds. */
  isResumed: boolean
  /** After a request: keeps what it changed, if it changed anything. @throws StoreError */
  readonly commit: () => void
  /** After a verb of the control plane, which may have moved the clock alone. @throws StoreError */
  readonly save: () => void
  /** After the tables were made anew. @throws StoreError */
  readonly replace: () => void
}

/** A world that lives as long as its process: what has changed need not be known, and is forgotten. */
export function forgoKeeping<State, Settings extends object>(
  { tables }: TwinDefinition<State, Settings>,
  { world }: Core<State, Settings>,
): Keeping {
  const commit = (): void => settle(tables(world.state))
  return { isResumed: false, commit, save: commit, replace: commit }
}

/**
 * Brings a world back from the data file, or puts a new one into it.
 *
 * @param given - what the caller gave, who wants it as it is
 * @throws StoreError also when the world began with another seed than the one that was given
 */
export function keepWorld<State, Settings extends object>(
  { tables }: TwinDefinition<State, Settings>,
  { world, sequenceSeed, resume }: Core<State, Settings>,
  store: Store,
  given: { readonly seed: string | undefined; readonly hasClock: boolean },
): Keeping {
  const stored = store.load(world.name, tables(world.state))
  let isStored = stored !== undefined
  if (stored !== undefined) {
    if (given.seed !== undefined && given.seed !== stored.authoritySeed) throw ofOtherSeed(store.file)
    resume({ ...stored.random, authoritySeed: stored.authoritySeed })
    if (!given.hasClock) resumeStoredClock(world.clock, stored.clock, store.file)
  }
  const meta = (): WorldMeta => ({
    clock: recordClock(world.clock),
    authoritySeed: world.seed ?? store.seed,
    random: { seed: sequenceSeed() ?? store.seed, position: world.random.position },
  })
  const replace = (): void => {
    store.replace(world.name, tables(world.state), meta())
    isStored = true
  }
  const save = (): void => (isStored ? store.save(world.name, tables(world.state), meta()) : replace())
  // A world that only was looked into is not worth a place in the file; the default one shows early that the file can be written.
  if (world.name === defaultWorld && !isStored) replace()
  settle(tables(world.state))
  return {
    isResumed: stored !== undefined,
    save,
    replace,
    commit() {
      if (hasChanges(tables(world.state))) save()
    },
  }
}

/** A time that no clock can show was written by somebody else. */
function resumeStoredClock(clock: TwinClock, stored: ClockRecord, file: string): void {
  try {
    resumeClock(clock, stored)
  } catch (error) {
    throw unreadable(file, error)
  }
}
