import type { Fetch } from '../fetch.ts'
import { invalid, type RateLimitOptions, requireObject } from './options.ts'
import type { Service } from './transport.ts'

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

/** Our own, since no library of that size gives a place back or refuses at once what would come too late. */
export function createRateLimit(
  windows: readonly RateWindow[],
  now: () => number = () => performance.now(),
): RateLimit {
  const longestMs = Math.max(...windows.map(({ windowMs }) => windowMs))
  let places: number[] = []
  /** Those before are too old to count. */
  let begin = 0
  const forget = (nowMs: number): void => {
    while (begin < places.length && places[begin]! <= nowMs - longestMs) begin++
    if (begin < 1000) return
    places = places.slice(begin)
    begin = 0
  }
  return {
    reserve(patienceMs) {
      const nowMs = now()
      forget(nowMs)
      let atMs = nowMs
      for (const { limit, windowMs } of windows) {
        const index = places.length - limit
        if (index >= begin) atMs = Math.max(atMs, places[index]! + windowMs)
      }
      // A place that is free now is also for who has no time left: then it is the attempt that comes too late.
      if (atMs > nowMs && atMs - nowMs > patienceMs) return undefined
      places.push(atMs)
      // What was given back leaves a gap that may be earlier than the last place.
      if (atMs < places.at(-2)!) places.sort((one, other) => one - other)
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
): (operation: string) => RateLimit | undefined {
  if (options === false) return () => undefined
  requireObject('rateLimit', options)
  const { windows = dialect.rateWindows, accountId } = options
  if (!Array.isArray(windows) || windows.length === 0 || !windows.every(isWindow))
    throw invalid('rateLimit.windows must be a list of { limit, windowMs } with numbers above 0.')
  if (accountId !== undefined && typeof accountId !== 'string') throw invalid('rateLimit.accountId must be a string.')
  const account = accountId ?? auth.account
  // Who is not known shares with nobody.
  const way = account === undefined ? {} : (fetch ?? globalThis)
  const limits = shared.get(way) ?? new Map<string, RateLimit>()
  shared.set(way, limits)
  return (operation) => {
    const name = JSON.stringify([baseUrl, account, windows, dialect.limitsOperations && operation])
    const limit = limits.get(name) ?? createRateLimit(windows)
    limits.set(name, limit)
    return limit
  }
}

function isWindow(window: Partial<RateWindow> | null | undefined): boolean {
  const { limit, windowMs } = window ?? {}
  return Number.isInteger(limit) && limit! > 0 && typeof windowMs === 'number' && windowMs > 0
}
