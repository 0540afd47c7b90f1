import { type TwinClock, uptimeMs } from './clock.ts'
import { defaultWorld } from './world.ts'

/** The worlds of a twin by name; a world begins when it is first entered. */
export interface Worlds<Living> {
  readonly enter: (name: string) => Living
  /** The names of those in memory, the default one first. */
  readonly names: () => string[]
}

/** How many worlds a twin keeps, and for how long nobody may have entered one. */
export interface WorldLimits {
  readonly count: number
  readonly idleMs: number
}

const limits: WorldLimits = { count: 1000, idleMs: 3_600_000 }

interface Kept<Living> {
  readonly living: Living
  lastUptimeMs: number
}

/**
 * Worlds that were idle for an hour are dropped when another one begins, and beyond 1,000 the one that was idle longest;
 * the default one stays.
 *
 * @param origin - the clock that worlds begin with: each gets one of its own, which no movement in another world moves
 */
export function createWorlds<Living>(
  first: Living,
  create: (name: string, clock: TwinClock) => Living,
  origin: TwinClock,
  { count, idleMs }: WorldLimits = limits,
  nowMs: () => number = uptimeMs,
): Worlds<Living> {
  // A map keeps the order of entering: who enters is put last.
  const others = new Map<string, Kept<Living>>()
  const dropIdle = (): void => {
    for (const [name, { lastUptimeMs }] of others) {
      if (others.size < count && nowMs() - lastUptimeMs < idleMs) return
      others.delete(name)
    }
  }
  return {
    enter(name) {
      if (name === defaultWorld) return first
      const kept = others.get(name)
      if (kept === undefined) dropIdle()
      const living = kept?.living ?? create(name, origin.fork())
      others.delete(name)
      others.set(name, { living, lastUptimeMs: nowMs() })
      return living
    },
    names: () => [defaultWorld, ...others.keys()],
  }
}
