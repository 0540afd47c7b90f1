import { CerttwinError } from '../errors.ts'

/** Timers that are to wait longer, some 25 days, fire at once. */
export const longestTimerMs: number = 2 ** 31 - 1

/** Waits so many milliseconds, or throws `aborted` as soon as the signal says so. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer)
      reject(new CerttwinError({ code: 'aborted', message: 'The call was aborted while it waited.' }))
    }
    const timer = setTimeout(
      () => {
        signal?.removeEventListener('abort', abort)
        resolve()
      },
      Math.min(ms, longestTimerMs),
    )
    if (signal?.aborted) abort()
    else signal?.addEventListener('abort', abort, { once: true })
  })
}
