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
  /** The HTTP method. */
  readonly method: string
  /** Where it went, without what is secret. */
  readonly url: string
  /** 1 for the first. */
  readonly attempt: number
}

/** What came back for an attempt, also when it is a refusal. */
export interface ResponseEvent extends RequestEvent {
  /** The HTTP status. */
  readonly status: number
  /** The vendor's id of the call. */
  readonly requestId: string | undefined
  /** From the sending of this attempt to its end, in milliseconds. */
  readonly elapsedMs: number
}

/** An attempt that failed, and is followed by another one. */
export interface RetryEvent extends CallEvent {
  /** The attempt that failed. */
  readonly attempt: number
  /** What it failed of. */
  readonly code: ErrorCode
  /** What is known about its effect. */
  readonly outcome: Outcome
  /** How long the pause before the next attempt is, in milliseconds. */
  readonly pauseMs: number
}

/** A call that failed for good. */
export interface ErrorEvent extends CallEvent {
  /** The error that its caller gets. */
  readonly error: CerttwinError
}

/** Functions, or methods of an object, that are told what a client does. What they throw has no effect on the call. */
export interface Hooks {
  /** Before each attempt. */
  readonly onRequest?: (event: RequestEvent) => void
  /** After each attempt that was answered. */
  readonly onResponse?: (event: ResponseEvent) => void
  /** Before each pause that another attempt follows. */
  readonly onRetry?: (event: RetryEvent) => void
  /** When a call fails for good. */
  readonly onError?: (event: ErrorEvent) => void
}

/** Tells a hook, if there is one, as a method of its object. */
export function tell<Name extends keyof Hooks>(
  hooks: Hooks,
  name: Name,
  event: () => Parameters<NonNullable<Hooks[Name]>>[0],
): void {
  try {
    const told: unknown = hooks[name]?.(event() as never)
    // One that is asynchronous must not end the program either.
    if (told instanceof Promise) told.catch(() => undefined)
  } catch {
    // Who looks on must not change what is looked at.
  }
}
