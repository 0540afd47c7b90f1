import type { RateWindow } from './rate-limiter.ts'

/** What became of a call. */
export interface Taken {
  readonly admitted: boolean
  /** How many calls would be admitted at once now. */
  readonly remaining: number
  /** How long until the next one is, in milliseconds; 0 where it is now. */
  readonly waitMs: number
}

/** Counts calls of callers in buckets: each call takes a token, and tokens come back evenly. */
export interface TokenBuckets {
  /**
   * Takes a token from each bucket of the caller, or from none of them where one is empty. A window is a bucket that holds `limit`
   * tokens and is filled, from empty to full, in `windowMs`; without windows everything is admitted.
   */
  readonly take: (caller: string, windows: readonly RateWindow[], nowMs: number) => Taken
}

interface Bucket {
  readonly window: RateWindow
  /** In parts of a token, `windowMs` of which are one: `limit` of them come back each millisecond, so all numbers are whole. */
  parts: number
  atMs: number
}

/** More callers than this are not remembered; those whose buckets are full again are forgotten first. */
const callerLimit = 10_000

/** Our own, since the libraries for rate limits bring a wall clock, and count in fractions that drift. */
export function createTokenBuckets(): TokenBuckets {
  const callers = new Map<string, readonly Bucket[]>()
  const bucketsOf = (caller: string, windows: readonly RateWindow[], nowMs: number): readonly Bucket[] => {
    const known = callers.get(caller)
    if (known !== undefined && isFor(known, windows)) return known
    if (callers.size >= callerLimit) forgetFull(callers, nowMs)
    const buckets = windows.map((window) => ({ window, parts: window.limit * window.windowMs, atMs: nowMs }))
    callers.set(caller, buckets)
    return buckets
  }
  return {
    take(caller, windows, nowMs) {
      const buckets = bucketsOf(caller, windows, nowMs)
      for (const bucket of buckets) refill(bucket, nowMs)
      const admitted = buckets.every(({ window, parts }) => parts >= window.windowMs)
      if (admitted) for (const bucket of buckets) bucket.parts -= bucket.window.windowMs
      return {
        admitted,
        remaining: Math.min(...buckets.map(({ window, parts }) => Math.floor(parts / window.windowMs))),
        waitMs: Math.max(0, ...buckets.map(waitOf)),
      }
    },
  }
}

function isFor(buckets: readonly Bucket[], windows: readonly RateWindow[]): boolean {
  return buckets.length === windows.length && buckets.every(({ window }, index) => window === windows[index])
}

/** A clock that was put back fills nothing, and the bucket goes on from there: nobody waits for the time that it was. */
function refill(bucket: Bucket, nowMs: number): void {
  const { limit, windowMs } = bucket.window
  const passedMs = Math.min(Math.max(0, nowMs - bucket.atMs), windowMs)
  bucket.parts = Math.min(limit * windowMs, bucket.parts + passedMs * limit)
  bucket.atMs = nowMs
}

/** What holds no tokens at all is never filled; its window says then how long to wait. */
function waitOf({ window: { limit, windowMs }, parts }: Bucket): number {
  if (parts >= windowMs) return 0
  return limit === 0 ? windowMs : Math.ceil((windowMs - parts) / limit)
}

function forgetFull(callers: Map<string, readonly Bucket[]>, nowMs: number): void {
  for (const [caller, buckets] of callers) {
    for (const bucket of buckets) refill(bucket, nowMs)
    if (buckets.every(({ window, parts }) => parts >= window.limit * window.windowMs)) callers.delete(caller)
  }
  if (callers.size >= callerLimit) callers.clear()
}
