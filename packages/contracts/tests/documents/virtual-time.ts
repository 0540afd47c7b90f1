/** Where the time of a page begins, whenever it is run: the dates on it stay. */
const startMs = Date.parse('2023-04-04T12:53:25Z')

/** A timer so far away is the time limit of an attempt, which real work in the process must not lose against. */
const farMs = 25_000

interface Timer {
  readonly atMs: number
  readonly run: () => void
}

/**
 * Lets the time of this process stand still while anything is under way, and jump to the next timer as soon as nothing is: a page
 * that waits for ten minutes is run in no time, and always in the same order.
 *
 * @returns what tells that something is under way until a promise is settled
 */
export function installVirtualTime(): <Value>(work: Promise<Value>) => Promise<Value> {
  const realTimeout = setTimeout
  const timers = new Map<object, Timer>()
  let nowMs = startMs
  let busy = 0
  let calmTurns = 0
  let isTurning = false

  Date.now = () => nowMs
  performance.now = () => nowMs - startMs

  const turn = (): void => {
    const [next] = [...timers].toSorted(([, one], [, other]) => one.atMs - other.atMs)
    isTurning = next !== undefined
    if (next === undefined) return
    realTimeout(turn, 5)
    const [handle, { atMs, run }] = next
    const isDue = ++calmTurns > (atMs - nowMs >= farMs ? 1000 : 3)
    if (busy > 0 || !isDue) return
    timers.delete(handle)
    calmTurns = 0
    nowMs = Math.max(nowMs, atMs)
    run()
  }
  const setVirtualTimeout = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): object => {
    const handle = {}
    timers.set(handle, { atMs: nowMs + ms, run: () => run(...args) })
    calmTurns = 0
    if (!isTurning) realTimeout(turn, 5)
    isTurning = true
    return handle
  }
  Object.assign(globalThis, { setTimeout: setVirtualTimeout, clearTimeout: (handle: object) => timers.delete(handle) })

  return async (work) => {
    busy++
    try {
      return await work
    } finally {
      busy--
      calmTurns = 0
    }
  }
}
