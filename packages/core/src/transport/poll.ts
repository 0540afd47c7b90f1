import { CerttwinError } from '../errors.ts'
import { type CallOptions, parseMs } from './options.ts'
import { sleep } from './sleep.ts'

export interface WaitOptions extends Omit<CallOptions, 'deadlineMs'> {
  /** The pause between two looks, in milliseconds. */
  readonly pollMs?: number
  /** The longest time to wait, in milliseconds; each look has the limits of a call. */
  readonly deadlineMs?: number
}

/**
 * Looks until there is something to see.
 *
 * @throws CerttwinError `timeout` when the deadline passes first
 */
export async function poll<Found>(
  what: string,
  look: (options: CallOptions) => Promise<Found | undefined>,
  { pollMs, deadlineMs, ...options }: WaitOptions,
): Promise<Found> {
  const pauseMs = parseMs('pollMs', pollMs, 10_000, 0)
  const waitMs = parseMs('deadlineMs', deadlineMs, 600_000, 0)
  const signals = options.signal === undefined ? [] : [options.signal]
  const endMs = performance.now() + waitMs
  for (;;) {
    const found = await look(options)
    if (found !== undefined) return found
    const restMs = endMs - performance.now()
    if (restMs <= 0) {
      const message = `${what} did not come about within ${waitMs} ms. It may still: look again later.`
      throw new CerttwinError({ code: 'timeout', message, outcome: 'unknown' })
    }
    await sleep(Math.min(pauseMs, restMs), signals)
  }
}
