/** At most `limit` calls in any span of `windowMs` milliseconds. */
export interface RateWindow {
  readonly limit: number
  readonly windowMs: number
}

/** Counts calls of callers in rolling windows. */
export interface RateLimiter {
  /**
   * Admits and counts a call, or refuses it uncounted. Call n + 1 inside a window is the first refused; it passes
   * once the oldest counted call is `windowMs` old.
   */
  admit(caller: string, nowMs: number): boolean
}

/**
 * Rolling windows, each of which must have room. Our own, since the libraries for rate limits bring a wall clock and
 * fixed windows.
 */
export function createRateLimiter(windows: readonly RateWindow[]): RateLimiter {
  const longest = Math.max(0, ...windows.map((window) => window.limit))
  const calls = new Map<string, number[]>()
  return {
    admit(caller, nowMs) {
      const times = withoutFuture(calls.get(caller) ?? [], nowMs)
      if (!windows.every((window) => hasRoom(window, times, nowMs))) return false
      times.push(nowMs)
      // Only the last `longest` calls can matter; cutting at twice that keeps the cost of a call constant.
      calls.set(caller, times.length > longest * 2 ? times.slice(-longest) : times)
      return true
    },
  }
}

/** A clock that was put back must not leave a caller locked out by calls that are yet to come. */
function withoutFuture(times: number[], nowMs: number): number[] {
  return (times.at(-1) ?? nowMs) > nowMs ? times.filter((timeMs) => timeMs <= nowMs) : times
}

function hasRoom({ limit, windowMs }: RateWindow, times: readonly number[], nowMs: number): boolean {
  if (limit < 1) return false
  const oldest = times.at(-limit)
  return oldest === undefined || nowMs - oldest >= windowMs
}
