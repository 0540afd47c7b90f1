import type { CerttwinErrorDetails } from '../errors.ts'
import type { Fetch } from '../fetch.ts'
import { toNetworkFailure } from './network-failure.ts'
import type { Send } from './send.ts'

/** What openapi-fetch gives back. */
export interface Result<Data> {
  readonly data?: Data
  readonly error?: unknown
  readonly response: Response
}

/** What a call hands to openapi-fetch, beside what it asks for. */
// An alias, since an interface is no object that openapi-fetch takes for its init.
export type Init = {
  readonly fetch: Fetch
}

/** An operation of the API, to be carried out as often as it takes. */
export type Run<Data> = (init: Init) => Promise<Result<Data>>

interface AttemptLimits {
  readonly signals: readonly AbortSignal[]
  readonly timeoutMs: number
}

/** Carries out an operation once, from the request to the last byte of the answer, within its time limit. */
export function attempt<Data>(
  run: Run<Data>,
  send: Send,
  { signals, timeoutMs }: AttemptLimits,
): Promise<Result<Data> | CerttwinErrorDetails> {
  if (signals.some(({ aborted }) => aborted)) return Promise.resolve({ ...abortion, outcome: 'not_sent' })
  const controller = new AbortController()
  let wasSent = false
  const fetch: Fetch = (request) => {
    wasSent = true
    return send(request, controller.signal)
  }
  // Whatever is first counts: not every fetch that somebody passes in looks at the signal.
  return new Promise((resolve) => {
    const end = (result: Result<Data> | CerttwinErrorDetails): void => {
      clearTimeout(timer)
      for (const signal of signals) signal.removeEventListener('abort', abort)
      resolve(result)
    }
    const stop = (failure: CerttwinErrorDetails): void => {
      end(failure)
      controller.abort()
    }
    const timer = setTimeout(() => stop(timeoutAfter(timeoutMs)), timeoutMs)
    const abort = (): void => stop(abortion)
    for (const signal of signals) signal.addEventListener('abort', abort)
    run({ fetch }).then(end, (cause: unknown) => end(toNetworkFailure(cause, wasSent)))
  })
}

const abortion: CerttwinErrorDetails = { code: 'aborted', message: 'The call was aborted.', outcome: 'unknown' }

function timeoutAfter(timeoutMs: number): CerttwinErrorDetails {
  return { code: 'timeout', message: `No answer came within ${timeoutMs} ms.`, outcome: 'unknown' }
}
