import type { Fetch } from '../fetch.ts'
import { aCount, anObject, aString, type RateLimitOptions, requireOptions, type Rule } from './options.ts'
import type { Service } from './service.ts'

/** At most `limit` calls in any span of `windowMs` milliseconds. */
export interface RateWindow {
  /** A whole number from 1. */
  readonly limit: number
  /** In milliseconds. */
  readonly windowMs: number
}

/** The calls that were sent or are to be sent, in rolling windows. */
export interface RateLimit {
  /**
   * Takes the next place, and tells how long it is until then, in milliseconds; undefined, and no place is taken, when that is longer
   * than `patienceMs`.
   */
  reserve(patienceMs: number): Reservation | undefined
}

export interface Reservation {
  readonly waitMs: number
  /** Gives the place back, for a call that is not going to be sent. */
  cancel(): void
}

/** None without windows. Our own, since no library of that size gives a place back or refuses at once what would come too late. */
export function createRateLimit(
  windows: readonly RateWindow[],
  now: () => number = () => performance.now(),
): RateLimit {
  const longestMs = Math.max(...windows.map(({ windowMs }) => windowMs))
  /** When each call of the longest window was or is to be sent, in order. */
  const places: number[] = []
  return {
    reserve(patienceMs) {
      const nowMs = now()
      while (places[0]! <= nowMs - longestMs) places.shift()
      const atMs = Math.max(nowMs, ...windows.map(({ limit, windowMs }) => (places.at(-limit) ?? -Infinity) + windowMs))
      // A place that is free now is also for who has no time left: then it is the attempt that comes too late.
      if (atMs > nowMs && atMs - nowMs > patienceMs) return undefined
      // What was given back leaves a gap that may be earlier than the last place.
      const index = places.findLastIndex((place) => place <= atMs) + 1
      places.splice(index, 0, atMs)
      return { waitMs: atMs - nowMs, cancel: () => void places.splice(places.lastIndexOf(atMs), 1) }
    },
  }
}

/** What shares a limit: one account at one service, which one way leads to; a way is a `fetch`, or what stands for it. */
const shared = new WeakMap<object, Map<string, RateLimit>>()

/** The limit that an operation is under. @throws CerttwinError `invalid_options` with the option's name */
export function parseRateLimit(
  options: false | RateLimitOptions = {},
  { baseUrl, auth, dialect }: Service,
  fetch: Fetch | undefined,
): (operation: string) => RateLimit {
  if (options === false) return () => createRateLimit([])
  requireOptions({ rateLimit: options }, { rateLimit: anObject })
  requireOptions(options, { windows: someWindows, accountId: aString }, 'rateLimit.')
  const { windows = dialect.rateWindows, accountId = auth.account } = options
  // Who is not known shares with nobody.
  const way = accountId === undefined ? {} : (fetch ?? globalThis)
  const limits = shared.get(way) ?? new Map<string, RateLimit>()
  shared.set(way, limits)
  const name = JSON.stringify([baseUrl, accountId, windows])
  return (operation) => {
    const key = dialect.limitsOperations ? name + operation : name
    const limit = limits.get(key) ?? createRateLimit(windows)
    limits.set(key, limit)
    return limit
  }
}

const someWindows: Rule = [
  (windows: readonly (RateWindow | null)[]) => Array.isArray(windows) && windows.length > 0 && windows.every(isWindow),
  'a list of { limit, windowMs } with whole numbers from 1',
]

function isWindow(window: RateWindow | null): boolean {
  return [window?.limit, window?.windowMs].every((value) => aCount[0](value as never))
}
