import { fail } from '../errors.ts'

/** Timers that are to wait longer, some 25 days, fire at once. */
export const longestTimerMs: number = 2 ** 31 - 1

/**
 * Calls back after so many milliseconds, or as soon as one of the signals says so; returns what calls that off.
 *
 * @throws CerttwinError `aborted` when one has said so before
 */
export function startTimer(
  ms: number,
  signals: readonly AbortSignal[],
  onTime: () => void,
  onAbort: () => void,
): () => void {
  throwIfAborted(signals)
  const timer = setTimeout(onTime, Math.min(ms, longestTimerMs))
  for (const signal of signals) signal.addEventListener('abort', onAbort)
  return () => {
    clearTimeout(timer)
    for (const signal of signals) signal.removeEventListener('abort', onAbort)
  }
}

/** Waits so many milliseconds, or throws `aborted` as soon as one of the signals says so. */
export async function sleep(ms: number, signals: readonly AbortSignal[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  await promise.finally(startTimer(ms, signals, resolve, () => reject(fail('aborted', abortion))))
}

export const abortion = 'The call was aborted.'

/** @throws CerttwinError `aborted` */
export function throwIfAborted(signals: readonly AbortSignal[]): void {
  if (isAborted(signals)) throw fail('aborted', abortion)
}

export function isAborted(signals: readonly AbortSignal[]): boolean {
  return signals.some(({ aborted }) => aborted)
}
