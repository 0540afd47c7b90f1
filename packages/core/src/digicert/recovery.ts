import { amend, type CerttwinError, type ErrorCode } from '../errors.ts'
import { type CallOptions, type CallSettings, aPause, parseCallOptions, requireOptions } from '../transport/options.ts'
import { isAborted, sleep } from '../transport/timer.ts'

/** How something is asked for that is looked for when its answer is lost. */
export interface RecoveryOptions extends CallOptions {
  /** How long a duplicate may take to show up in the list after an answer was lost, in milliseconds; 10,000 unless told otherwise. */
  readonly settleMs?: number
}

const lookEveryMs = 1000

/**
 * Asks for something, and after a lost answer looks for it instead of asking blindly again.
 *
 * Nothing is looked for before the first request, since a key may be used twice: a caller who recovers gives each duplicate a key of
 * its own. Where it cannot be looked for in time, nobody knows, and it is not asked for again.
 */
export async function askAndRecover<Created>(
  settings: CallSettings,
  create: (limits: CallOptions) => Promise<Created>,
  find: (limits: CallOptions) => Promise<Created | undefined>,
  { settleMs = 10_000, ...options }: CallOptions & { readonly settleMs: number | undefined },
): Promise<Created> {
  requireOptions({ settleMs }, { settleMs: aPause })
  const { retry, deadlineMs, signals } = parseCallOptions(options, settings)
  const endMs = performance.now() + deadlineMs
  const limits: CallOptions = {
    ...options,
    /** What is left when a call of many begins. */
    get deadlineMs() {
      return Math.max(1, endMs - performance.now())
    },
  }

  /** @param settledMs - when it would have shown up */
  const look = async (settledMs: number): Promise<Created | undefined> => {
    for (;;) {
      const found = await find(limits)
      if (found !== undefined) return found
      const nowMs = performance.now()
      const pauseMs = Math.max(0, Math.min(lookEveryMs, settledMs - nowMs))
      // What is asked for without time for an answer, or before the first is settled, could be another one.
      if (nowMs + pauseMs >= endMs) throw new Error('late')
      if (pauseMs === 0) return undefined
      await sleep(pauseMs, signals)
    }
  }

  for (let attempt = 1; ; attempt++) {
    try {
      return await create(limits)
    } catch (cause) {
      const error = cause as CerttwinError
      // What an earlier attempt did stays open, whatever becomes of this one.
      if (error.outcome !== 'unknown' || error.code === 'aborted') throw attempt > 1 ? open(error) : error
      // And whatever goes wrong while it is looked for, nobody knows then whether it is there.
      const found = await look(performance.now() + settleMs).catch(() => {
        throw isAborted(signals) ? open(error, ' Then it was aborted.', 'aborted') : error
      })
      if (found !== undefined) return found
      if (attempt >= retry.attempts) throw open(error, ` It was asked for ${attempt} times and did not show up.`)
    }
  }
}

/** The error of what may be there all the same. */
function open(error: CerttwinError, more: string = '', code: ErrorCode = error.code): CerttwinError {
  return amend(error, { code, message: error.message + more, outcome: 'unknown' })
}
