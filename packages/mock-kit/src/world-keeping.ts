import { recordClock, resumeClock } from './clock.ts'
import type { TwinDefinition } from './definition.ts'
import type { Store } from './state/store.ts'
import { hasChanges } from './state/table.ts'
import type { Core } from './world-core.ts'

/** Keeps a world in a data file: what a method keeps is on disk when it returns. */
export interface Keeping {
  /** After a request: keeps what it changed, if it changed anything. @throws StoreError */
  readonly commit: () => void
  /** After a verb of the control plane, which may have moved the clock alone. @throws StoreError */
  readonly save: () => void
  /** After the tables were made anew. @throws StoreError */
  readonly replace: () => void
}

/** A world that lives as long as its process. */
export const noKeeping: Keeping = { commit() {}, save() {}, replace() {} }

/**
 * Brings a world back from the data file, or puts a new one into it.
 *
 * @param hasOwnClock - the clock was given by the caller, who wants it as it is
 * @throws StoreError
 */
export function keepWorld<State, Settings extends object>(
  { tables }: TwinDefinition<State, Settings>,
  { world, begin }: Core<State, Settings>,
  store: Store,
  hasOwnClock: boolean,
): Keeping {
  const stored = store.load(world.name, tables(world.state))
  if (stored !== undefined) {
    begin(stored.random.seed, stored.random.position)
    if (!hasOwnClock) resumeClock(world.clock, stored.clock)
  }
  const meta = (): Parameters<Store['save']>[2] => ({
    clock: recordClock(world.clock),
    random: { seed: world.seed ?? store.seed, position: world.random.position },
  })
  const keeping: Keeping = {
    commit: () => {
      if (hasChanges(tables(world.state))) keeping.save()
    },
    save: () => store.save(world.name, tables(world.state), meta()),
    replace: () => store.replace(world.name, tables(world.state), meta()),
  }
  if (stored === undefined) keeping.replace()
  return keeping
}
