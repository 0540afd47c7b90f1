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

/** Calls of the same millisecond. */
interface Burst {
  readonly timeMs: number
  count: number
}

/** The calls of one caller in one window. */
interface Ledger {
  readonly window: RateWindow
  bursts: Burst[]
  /** Where the bursts begin that still count; those before are thrown away now and then. */
  begin: number
  count: number
}

/**
 * Rolling windows, each of which must have room. Our own, since the libraries for rate limits bring a wall clock and
 * fixed windows.
 */
export function createRateLimiter(windows: readonly RateWindow[]): RateLimiter {
  const callers = new Map<string, readonly Ledger[]>()
  const ledgersOf = (caller: string): readonly Ledger[] => {
    const known = callers.get(caller)
    if (known !== undefined) return known
    const ledgers = windows.map((window) => ({ window, bursts: [], begin: 0, count: 0 }))
    callers.set(caller, ledgers)
    return ledgers
  }
  return {
    admit(caller, nowMs) {
      const ledgers = ledgersOf(caller)
      for (const ledger of ledgers) forget(ledger, nowMs)
      if (ledgers.some(({ window, count }) => count >= window.limit)) return false
      for (const ledger of ledgers) note(ledger, nowMs)
      return true
    },
  }
}

/** What is too old counts no more, and what is yet to come neither: a clock that was put back must not lock anybody out. */
function forget(ledger: Ledger, nowMs: number): void {
  const { bursts, window } = ledger
  while (ledger.begin < bursts.length && nowMs - bursts[ledger.begin]!.timeMs >= window.windowMs)
    ledger.count -= bursts[ledger.begin++]!.count
  while (bursts.length > ledger.begin && bursts.at(-1)!.timeMs > nowMs) ledger.count -= bursts.pop()!.count
  if (ledger.begin > 1000 && ledger.begin * 2 > bursts.length) {
    ledger.bursts = bursts.slice(ledger.begin)
    ledger.begin = 0
  }
}

function note(ledger: Ledger, nowMs: number): void {
  const last = ledger.bursts.at(-1)
  if (last?.timeMs === nowMs && ledger.bursts.length > ledger.begin) last.count += 1
  else ledger.bursts.push({ timeMs: nowMs, count: 1 })
  ledger.count += 1
}
