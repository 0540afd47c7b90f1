/** When a transition is due: at once, after so many reads of its state, or after so many milliseconds in it. */
export type Due = 'at-once' | { readonly reads: number } | { readonly ms: number }

export interface Transition<State extends string> {
  readonly from: State
  readonly to: State
  readonly due: Due
}

/** What happens to a thing by itself: a table of transitions. A state without a transition is final. */
export type Lifecycle<State extends string> = readonly Transition<State>[]

/** Where one thing is in its lifecycle; a value, every step gives a new one. */
export interface Life<State extends string> {
  readonly state: State
  /** When the state was entered, in milliseconds since the epoch. */
  readonly sinceMs: number
  /** How often the thing was read in this state. */
  readonly reads: number
}

export function beginLife<State extends string>(state: State, nowMs: number): Life<State> {
  return { state, sinceMs: nowMs, reads: 0 }
}

/**
 * The life after all transitions that are due by now.
 *
 * A transition that waits for a time happened at that time, however late somebody looks; the others happen now.
 */
export function advanceLife<State extends string>(
  lifecycle: Lifecycle<State>,
  life: Life<State>,
  nowMs: number,
): Life<State> {
  let current = life
  for (let step = 0; step < lifecycle.length; step++) {
    const transition = lifecycle.find(({ from }) => from === current.state)
    if (transition === undefined) break
    const atMs = dueAtMs(transition.due, current, nowMs)
    if (atMs === undefined || atMs > nowMs) break
    current = beginLife(transition.to, atMs)
  }
  return current
}

/** The life after one more read, with whatever that read was waited for; the reader still saw the life before. */
export function readLife<State extends string>(
  lifecycle: Lifecycle<State>,
  life: Life<State>,
  nowMs: number,
): Life<State> {
  return advanceLife(lifecycle, { ...life, reads: life.reads + 1 }, nowMs)
}

function dueAtMs(due: Due, { sinceMs, reads }: Life<string>, nowMs: number): number | undefined {
  if (due === 'at-once') return sinceMs
  if ('ms' in due) return sinceMs + due.ms
  return reads >= due.reads ? nowMs : undefined
}
