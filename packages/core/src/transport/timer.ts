import { CerttwinError, type Outcome } from '../errors.ts'

/** Timers that are to wait longer, some 25 days, fire at once. */
export const longestTimerMs: number = 2 ** 31 - 1

/** Calls one of the two, once: after so many milliseconds, or when a signal says so. Returns what calls it off. */
export function startTimer(
  ms: number,
  signals: readonly AbortSignal[],
  onTime: () => void,
  onAbort: () => void,
): () => void {
  const timer = setTimeout(onTime, Math.min(ms, longestTimerMs))
  for (const signal of signals) signal.addEventListener('abort', onAbort)
  return () => {
    clearTimeout(timer)
    for (const signal of signals) signal.removeEventListener('abort', onAbort)
  }
}

/** Waits so many milliseconds, or throws `aborted` as soon as one of the signals says so. */
export async function sleep(ms: number, signals: readonly AbortSignal[]): Promise<void> {
  throwIfAborted(signals)
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const stop = startTimer(ms, signals, resolve, () => reject(toAbortion()))
  await promise.finally(stop)
}

/** @throws CerttwinError `aborted` */
export function throwIfAborted(signals: readonly AbortSignal[]): void {
  if (signals.some(({ aborted }) => aborted)) throw toAbortion()
}

/** @param outcome - what is known of what was asked for */
export function toAbortion(outcome?: Outcome): CerttwinError {
  return new CerttwinError({ code: 'aborted', message: 'The call was aborted.', outcome })
}
