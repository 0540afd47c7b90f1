import { CerttwinError } from '../errors.ts'

/** Timers that are to wait longer, some 25 days, fire at once. */
export const longestTimerMs: number = 2 ** 31 - 1

/** Waits so many milliseconds, or throws `aborted` as soon as one of the signals says so. */
export async function sleep(ms: number, signals: readonly AbortSignal[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const abort = (): void =>
    reject(new CerttwinError({ code: 'aborted', message: 'The call was aborted while it waited.' }))
  const timer = setTimeout(resolve, Math.min(ms, longestTimerMs))
  for (const signal of signals) {
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
  }
  try {
    await promise
  } finally {
    clearTimeout(timer)
    for (const signal of signals) signal.removeEventListener('abort', abort)
  }
}
