import type { CerttwinError, ErrorCode, Outcome } from '../errors.ts'

/** What all events have. */
interface CallEvent {
  /** Counts the calls of all clients, from 1: the events of a call have the same. */
  readonly call: number
  /** The operation of the OpenAPI document, for instance `requestDuplicate`. */
  readonly operation: string
}

/** One attempt of a call; what is secret is blotted out. */
export interface RequestEvent extends CallEvent {
  readonly method: string
  readonly url: string
  /** 1 for the first. */
  readonly attempt: number
}

export interface ResponseEvent extends RequestEvent {
  readonly status: number
  /** The vendor's id of the call. */
  readonly requestId: string | undefined
  /** From the sending of this attempt to its end, in milliseconds. */
  readonly elapsedMs: number
}

export interface RetryEvent extends CallEvent {
  /** The attempt that failed. */
  readonly attempt: number
  readonly code: ErrorCode
  readonly outcome: Outcome
  /** How long the pause before the next attempt is, in milliseconds. */
  readonly pauseMs: number
}

export interface ErrorEvent extends CallEvent {
  readonly error: CerttwinError
}

/** Functions that are told what a client does. What they throw has no effect on the call. */
export interface Hooks {
  readonly onRequest?: (event: RequestEvent) => void
  readonly onResponse?: (event: ResponseEvent) => void
  readonly onRetry?: (event: RetryEvent) => void
  readonly onError?: (event: ErrorEvent) => void
}

/** Tells a hook, if there is one. */
export function tell<Event>(hook: ((event: Event) => void) | undefined, event: () => Event): void {
  if (hook === undefined) return
  try {
    const told: unknown = hook(event())
    // One that is asynchronous must not end the program either.
    if (told instanceof Promise) told.catch(() => undefined)
  } catch {
    // Who looks on must not change what is looked at.
  }
}
