import { CerttwinError, fail } from '../errors.ts'
import { type CallOptions, type CallSettings, aPause, parseCallOptions, requireOptions } from './options.ts'
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
  settings: CallSettings,
  what: string,
  look: (options: CallOptions) => Promise<Found | undefined>,
  { pollMs = 10_000, deadlineMs = 600_000, ...options }: WaitOptions,
): Promise<Found> {
  requireOptions({ pollMs, deadlineMs }, { pollMs: aPause, deadlineMs: aPause })
  const { signals } = parseCallOptions(options, settings)
  const endMs = performance.now() + deadlineMs
  for (;;) {
    const found = await look(options).catch(passing)
    if (found !== undefined) return found
    const restMs = endMs - performance.now()
    if (restMs <= 0)
      throw fail(
        'timeout',
        `${what} did not come about within ${deadlineMs} ms. It may still: look again later.`,
        'unknown',
      )
    await sleep(Math.min(pollMs, restMs), signals)
  }
}

/** @throws what will not pass by itself */
function passing(error: unknown): undefined {
  if (error instanceof CerttwinError && /^(?:server_error|network|timeout|rate_limited)$/.test(error.code)) return
  throw error
}
