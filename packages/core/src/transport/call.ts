import { amend, CerttwinError, type ErrorCode, fail } from '../errors.ts'
import { type Answer, type Read, readBody, toData, unexpected } from './answer.ts'
import { toVendorFailure } from './dialect.ts'
import { type RequestEvent, tell } from './hooks.ts'
import { toNetworkFailure } from './network-failure.ts'
import type { DataOf, MessageOf } from './operation.ts'
import {
  type CallOptions,
  type CallSettings,
  type ClientOptions,
  invalid,
  parseCallOptions,
  requireClientOptions,
} from './options.ts'
import { parseRateLimit } from './rate-limit.ts'
import { redact } from './redact.ts'
import { pauseBeforeNext } from './repeat.ts'
import { type Draft, type Message, toDraft } from './request.ts'
import { toSend } from './send.ts'
import type { Service } from './service.ts'
import { abortion, sleep, startTimer, throwIfAborted } from './timer.ts'
import { requireValid } from './validation.ts'

/** Carries out the operations of a document. */
export interface Call<Routes> {
  /** What holds for a call that says nothing else. */
  readonly settings: CallSettings
  /**
   * Carries out an operation, repeats it where that is right, and turns every failure into a `CerttwinError`.
   *
   * @param route - id, method and path template, as in the document
   * @param read - what becomes of the answer; its body as it is unless told otherwise
   */
  <Route extends keyof Routes & string, Value = DataOf<Routes[Route]>>(
    route: Route,
    message: MessageOf<Routes[Route]>,
    options?: CallOptions,
    read?: Read<DataOf<Routes[Route]>, Value>,
  ): Promise<Value>
}

const noPlace = "the client's own rateLimit leaves no place before the deadline."

let calls = 0

/** @throws CerttwinError `invalid_options` with the option's name */
export function createCall<Routes>(options: ClientOptions, service: Service): Call<Routes> {
  const { auth, dialect } = service
  const { fetch, hooks = {}, validate = {}, userAgent, rateLimit } = options
  requireClientOptions(options)
  const baseUrl = new URL(options.baseUrl ?? service.baseUrl).href.replace(/\/+$/, '')
  const base = parseCallOptions(options)
  const limitOf = parseRateLimit(rateLimit, { ...service, baseUrl }, fetch)
  const send = toSend(fetch)

  /** One scope for a call, in the place of an object that goes from hand to hand: minifiers shorten local names alone. */
  const call = async (
    route: string,
    message: Message,
    given: CallOptions = {},
    read: Read<unknown, unknown> = toData,
  ): Promise<unknown> => {
    const id = ++calls
    const startMs = performance.now()
    const [operation, method, template] = route.split(' ') as [string, string, string]
    /** POST, PATCH and a few more: creates something, costs money or revokes, and a second one would do it again. */
    const isUnsafe = /^P[OA]/.test(method) || dialect.unsafeOperations?.test(operation) === true
    let settings = base
    /** Made once: what is wrong with it shows before any wait, and who changes the input later changes no repeat. */
    let draft!: Draft
    /** How often it was sent. */
    let attempts = 0
    /** An earlier attempt may have had its effect. */
    let isLost = false
    /** What was sent by the last attempt, and what came back for it. */
    let request: Request | undefined
    let response: Response | undefined

    const restMs = (): number => startMs + settings.deadlineMs - performance.now()

    const clean = (text: string): string => redact(text, [...auth.secrets, ...(message.secrets ?? [])])

    const requestId = (): string | undefined => {
      const text = dialect.requestIdHeader && response?.headers?.get(dialect.requestIdHeader)
      return text ? clean(text) : undefined
    }

    /** The last attempt, as hooks are told of it. */
    const toEvent = (): RequestEvent => {
      return { call: id, operation, method, url: clean(request!.url), attempt: attempts }
    }

    /** Waits for a place within the vendor's limits, or throws at once when the deadline would pass first. */
    const takePlace = async (): Promise<void> => {
      throwIfAborted(settings.signals)
      const place = limitOf(operation).reserve(restMs())
      if (place === undefined) throw fail('rate_limited', noPlace, 'not_sent')
      if (place.waitMs > 0)
        await sleep(place.waitMs, settings.signals).catch((error: unknown) => {
          place.cancel()
          throw error
        })
    }

    /** Nothing of it counts any more once the signal says so: another attempt may be on its way. */
    const carryOut = async (signal: AbortSignal): Promise<Answer<unknown>> => {
      const signed = await auth.sign(draft)
      signal.throwIfAborted()
      if (userAgent !== undefined) signed.headers.set('User-Agent', userAgent)
      request = signed
      attempts++
      tell(hooks, 'onRequest', toEvent)
      const sentMs = performance.now()
      let answered: Response
      let data: unknown
      try {
        answered = await send(signed, signal)
        signal.throwIfAborted()
        response = answered
        data = await readBody(answered, message.as)
        signal.throwIfAborted()
      } catch (cause) {
        throw toNetworkFailure(cause)
      }
      const { ok, status } = answered
      const elapsedMs = performance.now() - sentMs
      tell(hooks, 'onResponse', () => ({ ...toEvent(), status, requestId: requestId(), elapsedMs }))
      if (!ok) throw toVendorFailure(dialect, status, data, clean)
      requireValid(validate, operation, data)
      return { data, response: answered }
    }

    /** From the signature to the last byte of the answer, within its time limit. */
    const attempt = async (): Promise<Answer<unknown>> => {
      const { signals, timeoutMs } = settings
      const limitMs = Math.min(timeoutMs, Math.max(1, restMs()))
      const controller = new AbortController()
      // Whatever is first counts: not every fetch that somebody passes in looks at the signal.
      return new Promise((resolve, reject) => {
        const stop = (code: ErrorCode, text: string) => () => {
          callOff()
          reject(fail(code, text, request === undefined ? 'not_sent' : 'unknown'))
          controller.abort()
        }
        const stopLate = stop('timeout', `No answer came within ${limitMs} ms.`)
        const callOff = startTimer(limitMs, signals, stopLate, stop('aborted', abortion))
        carryOut(controller.signal).finally(callOff).then(resolve, reject)
      })
    }

    /** Whether a repeat after a lost answer was told that the first attempt had its effect. */
    const isDone = ({ vendorErrors }: CerttwinError): boolean => {
      const isGone = method === 'DELETE' && response?.status === 404
      return isLost && (isGone || vendorErrors.some(({ code }) => dialect.doneCodes?.test(code)))
    }

    /** What was thrown on the way. Somebody else's words may hold anything. */
    const toFailure = (cause: unknown): CerttwinError => {
      if (cause instanceof CerttwinError) return cause
      return attempts === 0 ? invalid('its input cannot be sent as JSON.') : unexpected('it could not be read')
    }

    /** Attempt after attempt until one succeeds. */
    const follow = async (): Promise<Answer<unknown>> => {
      let tries = 0
      let mayLearn = true
      for (;;) {
        await takePlace()
        try {
          return await attempt()
        } catch (cause) {
          const failure = toFailure(cause)
          if (isDone(failure)) return { data: undefined, response: new Response(null, { status: 204 }) }
          const { code, outcome } = failure
          isLost ||= outcome === 'unknown'
          // Refused for its time alone, it had no effect, and does not count against its attempts: once.
          const learns = mayLearn && response && auth.learnTime?.(request!, response)
          if (learns) mayLearn = false
          const pauseMs = learns ? 0 : pauseBeforeNext(settings.retry, failure, response, ++tries, isUnsafe, dialect)
          if (pauseMs === undefined || pauseMs >= restMs()) throw failure
          tell(hooks, 'onRetry', () => ({ call: id, operation, attempt: attempts, code, outcome, pauseMs }))
          request = response = undefined
          await sleep(pauseMs, settings.signals)
        }
      }
    }

    try {
      settings = parseCallOptions(given, base)
      draft = toDraft(method, baseUrl + template, message)
      return read(await follow())
    } catch (cause) {
      const failure = toFailure(cause)
      const known = attempts === 0 ? 'not_sent' : failure.outcome
      const error = amend(failure, {
        message: `${operation} failed: ${failure.message}`,
        operation,
        outcome: isLost && method !== 'GET' ? 'unknown' : known,
        status: response?.status,
        requestId: requestId(),
        attempts,
        elapsedMs: performance.now() - startMs,
      })
      tell(hooks, 'onError', () => ({ call: id, operation, error }))
      throw error
    }
  }
  return Object.assign(call, { settings: base }) as Call<Routes>
}
