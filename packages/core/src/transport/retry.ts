import { CerttwinError } from '../errors.ts'
import type { Fetch } from '../fetch.ts'
import { sleep } from './sleep.ts'

/** How often and how patiently a call is repeated. */
export interface RetryOptions {
  /** Attempts in all, the first included; 3 unless told otherwise. */
  readonly attempts?: number
  /** The first pause is at most so long, in milliseconds; each further one at most twice as long. */
  readonly baseMs?: number
  /** No pause is longer, in milliseconds, whatever `Retry-After` says. */
  readonly capMs?: number
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/**
 * Repeats what had no effect (429, a connection that never came about) for every method, and other failures for reads
 * alone: a request that creates something or costs money is not sent twice after a lost answer.
 *
 * Our own, since the well-kept loops have no full jitter, which is what keeps many clients from returning in step.
 */
export function withRetry(fetch: Fetch, options: RetryOptions, random: () => number = Math.random): Fetch {
  const { attempts = 3, baseMs = 250, capMs = 20_000 } = options
  return async (request) => {
    for (let attempt = 1; ; attempt++) {
      const last = attempt >= attempts
      const pauseMs = Math.min(capMs, baseMs * 2 ** (attempt - 1)) * random()
      try {
        // A body can be read once only; what has none can be sent again as it is.
        const response = await fetch(last || request.body === null ? request : request.clone())
        if (last || !mayRepeat(request, response.status)) return response
        await response.body?.cancel()
        await sleep(Math.min(capMs, retryAfterMs(response) ?? pauseMs), request.signal)
      } catch (error) {
        if (last || !mayRepeatAfter(request, error)) throw error
        await sleep(pauseMs, request.signal)
      }
    }
  }
}

function mayRepeat(request: Request, status: number): boolean {
  return status === 429 || (safeMethods.has(request.method) && (status >= 500 || status === 408))
}

function mayRepeatAfter(request: Request, error: unknown): boolean {
  if (!(error instanceof CerttwinError) || error.code === 'aborted') return false
  return error.outcome === 'none' ? error.code === 'network' : safeMethods.has(request.method)
}

/** `Retry-After` in seconds or as a date. */
function retryAfterMs(response: Response): number | undefined {
  const value = response.headers.get('Retry-After')
  if (value === null) return undefined
  const seconds = Number(value)
  const waitMs = Number.isNaN(seconds)
    ? Date.parse(value) - Date.parse(response.headers.get('Date') ?? '')
    : seconds * 1000
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs)
}
