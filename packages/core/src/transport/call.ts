import { amend, CerttwinError } from '../errors.ts'
import { type Answer, type Read, toData, unexpected } from './answer.ts'
import { attempt } from './attempt.ts'
import { type Course, requestIdOf, restMs } from './course.ts'
import { tell } from './hooks.ts'
import type { DataOf, MessageOf } from './operation.ts'
import { type CallOptions, type CallSettings, invalid, parseCallOptions } from './options.ts'
import { pauseBeforeNext } from './repeat.ts'
import type { Message } from './request.ts'
import { sleep } from './timer.ts'
import type { Transport } from './transport.ts'

/** Carries out the operations of a document. */
export interface Call<Operations> {
  /** What holds for a call that says nothing else. */
  readonly settings: CallSettings
  /**
   * Carries out an operation, repeats it where that is right, and turns every failure into a `CerttwinError`.
   *
   * @param read - what becomes of the answer; its body as it is unless told otherwise
   */
  <Id extends keyof Operations & string, Value = DataOf<Operations[Id]>>(
    operation: Id,
    message: MessageOf<Operations[Id]>,
    options?: CallOptions,
    read?: Read<DataOf<Operations[Id]>, Value>,
  ): Promise<Value>
}

let calls = 0

export function createCall<Operations>(transport: Transport): Call<Operations> {
  const call = async (
    operation: string,
    message: Message,
    options: CallOptions = {},
    read: Read<unknown, unknown> = toData,
  ): Promise<unknown> => {
    const course: Course = {
      transport,
      call: ++calls,
      operation,
      route: transport.routes[operation]!,
      message,
      settings: transport.settings,
      startMs: performance.now(),
      attempts: 0,
      exchange: {},
      isLost: false,
    }
    try {
      course.settings = parseCallOptions(options, transport.settings)
      return read(await follow(course))
    } catch (cause) {
      const error = toError(course, cause)
      tell(transport.hooks.onError, () => ({ call: course.call, operation, error }))
      throw error
    }
  }
  return Object.assign(call, { settings: transport.settings }) as Call<Operations>
}

/** Attempt after attempt until one succeeds. @throws CerttwinError for the last one */
async function follow(course: Course): Promise<Answer<unknown>> {
  let tries = 0
  let hasLearned = false
  for (;;) {
    await takePlace(course)
    try {
      return await attempt(course)
    } catch (cause) {
      const failure = toFailure(course, cause)
      if (isDone(course, failure)) return { data: undefined, response: new Response(null, { status: 204 }) }
      course.isLost ||= failure.outcome === 'unknown'
      // Refused for its time alone, it had no effect, and does not count against its attempts: once.
      const learns: boolean = !hasLearned && learnTime(course)
      const pauseMs = learns ? 0 : pauseBeforeNext(course, failure, ++tries)
      hasLearned ||= learns
      if (pauseMs === undefined || pauseMs >= restMs(course)) throw failure
      tellOfRetry(course, failure, pauseMs)
      course.exchange.response = undefined
      await sleep(pauseMs, course.settings.signals)
    }
  }
}

/** Waits for a place within the vendor's limits. @throws CerttwinError `rate_limited` at once when the deadline would pass first */
async function takePlace(course: Course): Promise<void> {
  const limit = course.transport.limitOf(course.operation)
  if (limit === undefined) return
  const place = limit.reserve(restMs(course))
  if (place === undefined) {
    const message = "the client's own limit of calls leaves no place before the deadline."
    throw new CerttwinError({ code: 'rate_limited', message, outcome: 'not_sent' })
  }
  if (place.waitMs === 0) return
  try {
    await sleep(place.waitMs, course.settings.signals)
  } catch (error) {
    place.cancel()
    throw error
  }
}

function learnTime({ transport, exchange: { request, response } }: Course): boolean {
  return request !== undefined && response !== undefined && (transport.auth.learnTime?.(request, response) ?? false)
}

function tellOfRetry({ call, operation, attempts, transport }: Course, failure: CerttwinError, pauseMs: number): void {
  const { code, outcome } = failure
  tell(transport.hooks.onRetry, () => ({ call, operation, attempt: attempts, code, outcome, pauseMs }))
}

/** Whether a repeat after a lost answer was told that the first attempt had its effect. */
function isDone({ isLost, route, transport }: Course, { status, vendorErrors }: CerttwinError): boolean {
  const { doneCodes } = transport.dialect
  const isGone = route.startsWith('DELETE') && status === 404
  return isLost && (isGone || vendorErrors.some(({ code }) => doneCodes.includes(code)))
}

/** What was thrown on the way, with what is known of the answer. Somebody else's words may hold anything. */
function toFailure(course: Course, cause: unknown): CerttwinError {
  const failure =
    cause instanceof CerttwinError
      ? cause
      : course.attempts === 0
        ? invalid('its input cannot be sent as JSON.')
        : unexpected('the answer could not be read.')
  return amend(failure, { status: course.exchange.response?.status, requestId: requestIdOf(course) })
}

/** The same, as the caller gets it. */
function toError(course: Course, cause: unknown): CerttwinError {
  const failure = toFailure(course, cause)
  const { operation, route, attempts, isLost, startMs } = course
  const known = attempts === 0 ? 'not_sent' : failure.outcome
  return amend(failure, {
    message: `${operation} failed: ${failure.message}`,
    operation,
    outcome: isLost && !route.startsWith('GET') ? 'unknown' : known,
    attempts,
    elapsedMs: performance.now() - startMs,
  })
}
