import { CerttwinError } from '../errors.ts'
import type { CallOptions } from './transport.ts'
import { sleep } from './sleep.ts'

export interface WaitOptions extends CallOptions {
  /** The pause between two looks, in milliseconds. */
  readonly pollMs?: number
  /** The longest time to wait, in milliseconds. */
  readonly deadlineMs?: number
}

/**
 * Looks until there is something to see.
 *
 * @throws CerttwinError `timeout` when the deadline passes first
 */
export async function poll<Found>(
  what: string,
  look: () => Promise<Found | undefined>,
  { pollMs = 10_000, deadlineMs = 600_000, signal }: WaitOptions,
): Promise<Found> {
  const endMs = performance.now() + deadlineMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    const restMs = endMs - performance.now()
    if (restMs <= 0) {
      const message = `${what} did not come about within ${deadlineMs} ms. It may still: look again later.`
      throw new CerttwinError({ code: 'timeout', message, outcome: 'unknown' })
    }
    await sleep(Math.min(pollMs, restMs), signal)
  }
}
