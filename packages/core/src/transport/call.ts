import { CerttwinError, type CerttwinErrorDetails } from '../errors.ts'
import type { Answer } from './answer.ts'
import { attempt, type Result, type Run } from './attempt.ts'
import { type Dialect, toVendorFailure } from './dialect.ts'
import { type RequestEvent, tell } from './hooks.ts'
import { type CallOptions, type CallSettings, parseCallOptions } from './options.ts'
import type { RateLimit } from './rate-limit.ts'
import { redact } from './redact.ts'
import { pauseBeforeNext } from './repeat.ts'
import type { Send } from './send.ts'
import { sleep } from './sleep.ts'
import type { Transport } from './transport.ts'
import { toInvalidAnswer } from './validation.ts'

/** What an operation adds to the options of its caller. */
export interface OperationOptions extends CallOptions {
  /** What of its input must not appear in an error, should an answer repeat it. */
  readonly secrets?: readonly string[]
}

/** Carries out an operation, repeats it where that is right, and turns every failure into a `CerttwinError`. */
export type Call = <Data>(
  operation: string,
  options: OperationOptions | undefined,
  run: Run<Data>,
) => Promise<Answer<Data>>

/** A call on its way. */
interface Course {
  readonly call: number
  readonly operation: string
  settings: CallSettings
  /** What of its input is secret; the credentials of the transport are so, too. */
  readonly secrets: readonly string[]
  readonly startMs: number
  /** How often it was sent. */
  attempts: number
  /** What was sent last. */
  request: Request | undefined
  /** An earlier attempt may have had its effect. */
  isLost: boolean
}

/** Where a call goes, and how its vendor speaks. */
interface Way {
  readonly transport: Transport
  readonly dialect: Dialect
}

let calls = 0

export function createCall(transport: Transport, dialect: Dialect): Call {
  return async (operation, { secrets = [], ...options } = {}, run) => {
    const { settings } = transport
    const startMs = performance.now()
    const call = ++calls
    const course: Course = {
      call,
      operation,
      settings,
      secrets,
      startMs,
      attempts: 0,
      request: undefined,
      isLost: false,
    }
    try {
      course.settings = parseCallOptions(options, settings)
      return await follow(course, run, { transport, dialect })
    } catch (cause) {
      const error = toError(course, cause)
      tell(transport.hooks.onError, () => ({ call, operation, error }))
      throw error
    }
  }
}

async function follow<Data>(course: Course, run: Run<Data>, way: Way): Promise<Answer<Data>> {
  const { operation, settings } = course
  const { retry, signals, timeoutMs } = settings
  for (;;) {
    const limit = way.transport.limitOf(operation)
    if (limit !== undefined) await takePlace(course, limit)
    const sentMs = performance.now()
    const limits = { signals, timeoutMs: Math.min(timeoutMs, Math.max(1, restMs(course))) }
    const result = await attempt(run, sender(course, way.transport), limits)
    const response = 'response' in result ? result.response : undefined
    if (response !== undefined) tellOfResponse(course, response, sentMs, way)
    const failure = failureOf(course, result, way)
    if (failure === undefined) return result as Answer<Data>
    if (isDone(course, failure, way.dialect)) return { data: undefined, response: new Response(null, { status: 204 }) }

    course.isLost ||= failure.outcome === 'unknown'
    const isUnsafe = isUnsafeCall(course, way.dialect)
    const failed = { attempt: course.attempts, failure, response, isUnsafe }
    const pauseMs = pauseBeforeNext(failed, retry, shortestOf(way.dialect))
    if (pauseMs === undefined || pauseMs >= restMs(course)) throw new CerttwinError(failure)
    tellOfRetry(course, failure, pauseMs, way.transport)
    await sleep(pauseMs, signals)
  }
}

/** Waits for a place within the vendor's limits. @throws CerttwinError `rate_limited` at once when the deadline would pass first */
async function takePlace(course: Course, limit: RateLimit): Promise<void> {
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

function sender(course: Course, { send, userAgent, hooks, secrets }: Transport): Send {
  return (request, signal) => {
    course.attempts++
    course.request = request
    if (userAgent !== undefined) request.headers.set('User-Agent', userAgent)
    tell(hooks.onRequest, () => eventOf(course, request, secrets))
    return send(request, signal)
  }
}

function eventOf(
  { call, operation, attempts, secrets }: Course,
  { method, url }: Request,
  credentials: readonly string[],
): RequestEvent {
  return { call, operation, method, url: redact(url, [...credentials, ...secrets]), attempt: attempts }
}

function tellOfResponse(
  course: Course,
  { status, headers }: Response,
  sentMs: number,
  { transport, dialect }: Way,
): void {
  const { hooks, secrets } = transport
  tell(hooks.onResponse, () => ({
    ...eventOf(course, course.request!, secrets),
    status,
    requestId: redactId(dialect.requestId(headers), [...secrets, ...course.secrets]),
    elapsedMs: performance.now() - sentMs,
  }))
}

function redactId(id: string | undefined, secrets: readonly string[]): string | undefined {
  return id === undefined ? undefined : redact(id, secrets)
}

function tellOfRetry(
  { call, operation, attempts }: Course,
  { code, outcome = 'none' }: CerttwinErrorDetails,
  pauseMs: number,
  { hooks }: Transport,
): void {
  tell(hooks.onRetry, () => ({ call, operation, attempt: attempts, code, outcome, pauseMs }))
}

/** What is wrong with what came of an attempt; undefined when it succeeded. */
function failureOf(
  course: Course,
  result: Result<unknown> | CerttwinErrorDetails,
  way: Way,
): CerttwinErrorDetails | undefined {
  if (!('response' in result)) return result
  const { response, data } = result
  if (response.ok) return toInvalidAnswer(way.transport.validate, course.operation, response.status, data)
  return toFailure(course, result, way)
}

function toFailure(
  course: Course,
  { response, error }: Result<unknown>,
  { transport, dialect }: Way,
): CerttwinErrorDetails {
  return toVendorFailure(dialect, response, error, [...transport.secrets, ...course.secrets])
}

function isUnsafeCall({ operation, request }: Course, { unsafeOperations }: Dialect): boolean {
  return /^P(?:OST|ATCH)$/.test(request?.method ?? '') || unsafeOperations.includes(operation)
}

/** Whether a repeat after a lost answer was told that the first attempt had its effect. */
function isDone(
  { isLost, request }: Course,
  { status, vendorErrors = [] }: CerttwinErrorDetails,
  dialect: Dialect,
): boolean {
  if (!isLost) return false
  return (
    (request?.method === 'DELETE' && status === 404) ||
    vendorErrors.some(({ code }) => dialect.doneCodes.includes(code))
  )
}

function shortestOf({ rateWindows }: Dialect): number {
  return Math.min(...rateWindows.map(({ windowMs }) => windowMs))
}

function restMs({ startMs, settings }: Course): number {
  return startMs + settings.deadlineMs - performance.now()
}

/** What something else threw, such as a validator that a caller passed in. Its words may hold anything. */
const unreadable: CerttwinErrorDetails = {
  code: 'unexpected_response',
  message: 'the answer could not be read.',
  outcome: 'unknown',
}

/** Whatever was thrown on the way, as the caller gets it. */
function toError({ operation, attempts, request, isLost, startMs }: Course, cause: unknown): CerttwinError {
  const { code, message, outcome, ...more } = cause instanceof CerttwinError ? cause : unreadable
  const isOpen = isLost && request?.method !== 'GET'
  const known = attempts === 0 ? 'not_sent' : outcome
  return new CerttwinError({
    code,
    message: `${operation} failed: ${message}`,
    operation,
    outcome: isOpen ? 'unknown' : known,
    status: more.status,
    vendorErrors: more.vendorErrors,
    requestId: more.requestId,
    attempts,
    elapsedMs: performance.now() - startMs,
  })
}
