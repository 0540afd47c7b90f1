import type { TwinClock } from './clock.ts'
import type { Faults } from './faults/faults.ts'
import type { Journal } from './journal/journal.ts'
import type { Random } from './random.ts'
import type { RateLimiter } from './rate-limiter.ts'
import type { TokenBuckets } from './token-buckets.ts'

/** The name of the world that everybody is in who names no other. */
export const defaultWorld = 'default'

/** Names that a world can have. */
export function isWorldName(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text)
}

/** What a new state grows from. */
export interface Soil<Settings> {
  /** The name of the world. */
  readonly name: string
  /** Where callers reach the twin, without a slash at its end; undefined while it is called in process alone. */
  readonly publicUrl: string | undefined
  readonly clock: TwinClock
  readonly random: Random
  readonly settings: Settings
}

/**
 * Everything that a request can see and change. Worlds share nothing: each has its own time, randomness, data, faults,
 * rate windows and journal.
 */
export interface World<State, Settings> extends Soil<Settings> {
  /** The seed that the twin began with, from which its authority's keys follow; undefined where none was given. */
  readonly seed: string | undefined
  readonly faults: Faults
  readonly journal: Journal
  readonly limiter: RateLimiter
  /** For limits by another model than rolling windows; whose they are is the twin's own matter. */
  readonly buckets: TokenBuckets
  readonly state: State
}
