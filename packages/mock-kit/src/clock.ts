import { parseDuration } from './duration.ts'

/** Where a twin takes the time from; everything in it that has a date asks here. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** A date, or anything that `Date` reads, for instance `2023-04-04T12:53:25Z` or milliseconds since the epoch. */
export type Moment = Date | string | number

/** A clock that can be moved. Two twins that are given the same one share their time. */
export interface TwinClock extends Clock {
  /** Whether the time passes by itself. */
  readonly running: boolean
  /** Moves the clock forward by milliseconds, or by a length of time such as `16m`. */
  advance(by: number | string): void
  /** @throws RangeError when it is no date */
  set(to: Moment): void
  /** Lets the time stand still. */
  freeze(): void
  /** Lets the time pass again. */
  run(): void
  /** An independent clock with the same time, running if this one runs. */
  fork(): TwinClock
}

export interface ClockOptions {
  /** Where it begins; now unless given. */
  readonly start?: Moment
  /** Whether it stands still until it is moved. */
  readonly frozen?: boolean
}

/** Milliseconds since the process started, for durations: no clock of a twin moves them. */
export const uptimeMs = (): number => performance.now()

const machineMs = (): number => Date.now()

/** @throws RangeError when the start is no date */
export function createClock({ start = machineMs(), frozen = false }: ClockOptions = {}): TwinClock {
  const startMs = toMs(start)
  // A running clock is a distance from the machine's, a frozen one a time.
  let offsetMs = startMs - machineMs()
  let frozenMs = frozen ? startMs : undefined
  const now = (): number => frozenMs ?? machineMs() + offsetMs
  const moveTo = (timeMs: number): void => {
    if (frozenMs === undefined) offsetMs = timeMs - machineMs()
    else frozenMs = timeMs
  }
  return {
    now,
    get running() {
      return frozenMs === undefined
    },
    advance: (by) => moveTo(toMs(now() + parseDuration(by))),
    set: (to) => moveTo(toMs(to)),
    freeze() {
      frozenMs = now()
    },
    run() {
      offsetMs = now() - machineMs()
      frozenMs = undefined
    },
    fork: () => createClock({ start: now(), frozen: frozenMs !== undefined }),
  }
}

/**
 * A clock that stands still until it is moved.
 *
 * @throws RangeError when the start is no date
 */
export function createManualClock(start: Moment): TwinClock {
  return createClock({ start, frozen: true })
}

/** Where a clock is, in a form that outlasts the process. */
export interface ClockRecord {
  /** ISO 8601, for instance `2023-04-04T12:53:25.000Z`. */
  readonly now: string
  readonly running: boolean
  /** How far it is ahead of the machine's time: that is what a running clock keeps while nobody looks. */
  readonly aheadMs: number
}

export function recordClock(clock: TwinClock): ClockRecord {
  const nowMs = clock.now()
  return { now: new Date(nowMs).toISOString(), running: clock.running, aheadMs: nowMs - machineMs() }
}

/** Puts a clock to where another one would be by now. */
export function resumeClock(clock: TwinClock, { now, running, aheadMs }: ClockRecord): void {
  if (running) clock.run()
  else clock.freeze()
  clock.set(running ? machineMs() + aheadMs : now)
}

/** Beyond these years dates cannot be written in a certificate or a header. */
const limits = [Date.UTC(1970), Date.UTC(9999)] as const

function toMs(moment: Moment): number {
  const timeMs = new Date(moment).getTime()
  if (timeMs >= limits[0] && timeMs < limits[1]) return timeMs
  throw new RangeError(`The clock cannot be set to ${String(moment)}: give a date such as 2023-04-04T12:53:25Z.`)
}
