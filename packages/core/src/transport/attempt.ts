import { CerttwinError, type Outcome } from '../errors.ts'
import type { Answer } from './answer.ts'
import { clean, type Course, type Exchange, requestIdOf, restMs, toEvent } from './course.ts'
import { toVendorFailure } from './dialect.ts'
import { tell } from './hooks.ts'
import { toNetworkFailure } from './network-failure.ts'
import { type Message, toDraft } from './request.ts'
import { startTimer, throwIfAborted, toAbortion } from './timer.ts'
import { requireValid } from './validation.ts'

/**
 * Carries out a call once, from the signature to the last byte of the answer, within its time limit.
 *
 * @throws CerttwinError for everything that is no success
 */
export function attempt(course: Course): Promise<Answer<unknown>> {
  const { signals, timeoutMs } = course.settings
  throwIfAborted(signals)
  const limitMs = Math.min(timeoutMs, Math.max(1, restMs(course)))
  const controller = new AbortController()
  const exchange: Exchange = (course.exchange = {})
  // Whatever is first counts: not every fetch that somebody passes in looks at the signal.
  return new Promise((resolve, reject) => {
    const stop = (toError: (outcome: Outcome) => CerttwinError) => () => {
      callOff()
      reject(toError(exchange.request ? 'unknown' : 'not_sent'))
      controller.abort()
    }
    const callOff = startTimer(limitMs, signals, stop(timeoutAfter(limitMs)), stop(toAbortion))
    carryOut(course, exchange, controller.signal).finally(callOff).then(resolve, reject)
  })
}

function timeoutAfter(limitMs: number): (outcome: Outcome) => CerttwinError {
  return (outcome) => new CerttwinError({ code: 'timeout', message: `No answer came within ${limitMs} ms.`, outcome })
}

async function carryOut(course: Course, exchange: Exchange, signal: AbortSignal): Promise<Answer<unknown>> {
  const { operation, route, message, transport } = course
  const { baseUrl, auth, send, dialect, hooks, userAgent, validate } = transport
  const request = await auth.sign(toDraft(baseUrl, route, message))
  signal.throwIfAborted() // a key may come after the time is up
  if (userAgent !== undefined) request.headers.set('User-Agent', userAgent)
  course.attempts++
  tell(hooks.onRequest, () => toEvent(course, request))
  const sentMs = performance.now()
  exchange.request = request
  let response: Response
  let data: unknown
  try {
    exchange.response = response = await send(request, signal)
    data = await readBody(response, message.as)
    signal.throwIfAborted() // it comes too late, after another attempt perhaps
  } catch (cause) {
    throw toNetworkFailure(cause)
  }
  tell(hooks.onResponse, () => ({
    ...toEvent(course, request),
    status: response.status,
    requestId: requestIdOf(course),
    elapsedMs: performance.now() - sentMs,
  }))
  if (!response.ok) throw toVendorFailure(dialect, response.status, data, (text) => clean(course, text))
  requireValid(validate, operation, data)
  return { data, response }
}

/** What is there, as JSON unless told otherwise. A refusal may be anything. */
async function readBody(response: Response, as: Message['as']): Promise<unknown> {
  if (response.ok && as !== undefined) return response[as]()
  const text = await response.text()
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch (error) {
    if (response.ok) throw error
    return undefined
  }
}
