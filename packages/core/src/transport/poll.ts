import { CerttwinError } from '../errors.ts'
import type { Call } from './call.ts'
import { type CallOptions, parseCallOptions, parseMs } from './options.ts'
import { sleep } from './timer.ts'

/** What every wait takes; the limits of an attempt and `retry` are those of a look. */
export interface WaitOptions extends Omit<CallOptions, 'deadlineMs'> {
  /** The pause between two looks, in milliseconds; 10,000 unless told otherwise. */
  readonly pollMs?: number
  /** The longest time to wait, in milliseconds; 600,000 unless told otherwise. There is a last look when it has passed. */
  readonly deadlineMs?: number
}

/**
 * Looks until there is something to see. A service that fails for a while ends no wait, since a look costs nothing.
 *
 * @throws CerttwinError `timeout` when the deadline passes first
 */
export async function poll<Found>(
  { settings }: Pick<Call<unknown>, 'settings'>,
  what: string,
  look: (options: CallOptions) => Promise<Found | undefined>,
  { pollMs, deadlineMs, ...options }: WaitOptions,
): Promise<Found> {
  const pauseMs = parseMs('pollMs', pollMs, 10_000, 0)
  const waitMs = parseMs('deadlineMs', deadlineMs, 600_000, 0)
  const { signals } = parseCallOptions(options, settings)
  const endMs = performance.now() + waitMs
  for (;;) {
    const found = await look(options).catch(passing)
    if (found !== undefined) return found
    const restMs = endMs - performance.now()
    if (restMs <= 0) {
      const message = `${what} did not come about within ${waitMs} ms. It may still: look again later.`
      throw new CerttwinError({ code: 'timeout', message, outcome: 'unknown' })
    }
    await sleep(Math.min(pauseMs, restMs), signals)
  }
}

/** @throws what will not pass by itself */
function passing(error: unknown): undefined {
  if (error instanceof CerttwinError && /^(?:server_error|network|timeout|rate_limited)$/.test(error.code)) return
  throw error
}
