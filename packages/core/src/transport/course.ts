import type { CallSettings } from './options.ts'
import type { RequestEvent } from './hooks.ts'
import { redact } from './redact.ts'
import type { Message } from './request.ts'
import type { Transport } from './transport.ts'

/** A call on its way. */
export interface Course {
  readonly transport: Transport
  readonly call: number
  readonly operation: string
  /** Its method and path template. */
  readonly route: string
  readonly message: Message
  settings: CallSettings
  readonly startMs: number
  /** How often it was sent. */
  attempts: number
  /** Its last attempt. */
  exchange: Exchange
  /** An earlier attempt may have had its effect. */
  isLost: boolean
}

/** One attempt of a call: what was sent, and what came back. */
export interface Exchange {
  request?: Request
  response?: Response | undefined
}

/** A text without what is secret in a call. */
export function clean({ transport, message: { secrets = [] } }: Course, text: string): string {
  return redact(text, [...transport.auth.secrets, ...secrets])
}

/** The vendor's id of the call, once an answer has come. */
export function requestIdOf(course: Course): string | undefined {
  const { response } = course.exchange
  const id = response && course.transport.dialect.requestId(response.headers)
  return id === undefined ? undefined : clean(course, id)
}

/** @param request - of the attempt that it is about */
export function toEvent(course: Course, { method, url }: Request): RequestEvent {
  const { call, operation, attempts } = course
  return { call, operation, method, url: clean(course, url), attempt: attempts }
}

/** How much of its time a call has left, in milliseconds. */
export function restMs({ startMs, settings }: Course): number {
  return startMs + settings.deadlineMs - performance.now()
}
