import { type ErrorCode, fail } from '../errors.ts'
import type { CallOptions, CallSettings } from '../transport/options.ts'
import { poll, type WaitOptions } from '../transport/poll.ts'

/** What the service carries out by itself. */
interface Task {
  readonly status: string
  readonly statusDetails?: string | null
  /** Empty or null until it is over, or left out. */
  readonly finishTime?: string | null
}

/**
 * Waits until a task has succeeded.
 *
 * @param what - names it
 * @throws CerttwinError of the given code when it ends without success, `timeout` when the deadline passes
 */
export function waitForEnd<Kind extends Task>(
  settings: CallSettings,
  what: string,
  code: ErrorCode,
  get: (limits: CallOptions) => Promise<Kind>,
  options: WaitOptions = {},
): Promise<Kind> {
  const look = async (limits: CallOptions): Promise<Kind | undefined> => {
    const task = await get(limits)
    const { status, statusDetails, finishTime } = task
    if (status === 'succeeded') return task
    if (status !== 'failed' && !finishTime) return undefined
    throw fail(code, `${what} ended as ${status}: ${statusDetails ?? 'no details'}.`)
  }
  return poll(settings, `The end of ${what}`, look, options)
}
