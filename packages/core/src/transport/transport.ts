import { type ClientOptions, defaultPathSerializer } from 'openapi-fetch'
import { CerttwinError } from '../errors.ts'
import type { Fetch } from '../fetch.ts'
import { withTimeout } from './network.ts'
import { type RetryOptions, withRetry } from './retry.ts'
import { longestTimerMs } from './sleep.ts'

/** What both clients take. */
export interface TransportOptions {
  /** Where the service answers, without a slash at the end; the vendor's own address unless told otherwise. */
  readonly baseUrl?: string
  /** What carries the requests; the platform's `fetch` unless told otherwise. A twin in process offers its own. */
  readonly fetch?: Fetch
  /** The longest time that one attempt may take, in milliseconds; 30,000 unless told otherwise. */
  readonly timeoutMs?: number
  readonly retry?: RetryOptions
}

/** What every call takes. */
export interface CallOptions {
  /** Ends the call with the error `aborted`. */
  readonly signal?: AbortSignal
}

/** An authentication scheme, wrapped around what carries the requests. */
export type Auth = (fetch: Fetch) => Fetch

/**
 * What openapi-fetch needs to carry the calls. Repeats outside, time limit within, authentication innermost: each attempt has
 * its own limit and its own signature.
 *
 * @throws CerttwinError `invalid_options` when the base URL cannot be used
 */
export function createTransport(options: TransportOptions, defaultBaseUrl: string, auth: Auth): ClientOptions {
  const { fetch = (request: Request) => globalThis.fetch(request), timeoutMs = 30_000, retry = {} } = options
  return {
    baseUrl: parseBaseUrl(options.baseUrl ?? defaultBaseUrl),
    fetch: withRetry(withTimeout(auth(fetch), parseTimeout(timeoutMs)), retry),
    pathSerializer: fillPath,
    redirect: 'manual', // following one would hand the credentials to another host
  }
}

/**
 * The base URL that a client talks to.
 *
 * @throws CerttwinError `invalid_options` when it is anything else than scheme, host and path
 */
function parseBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isPlain = url !== undefined && [url.username, url.password, url.search, url.hash].every((part) => part === '')
  if (isPlain && /^https?:$/.test(url.protocol)) return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
  const message =
    'baseUrl must be an http or https URL without credentials, query and hash, such as http://127.0.0.1:4010.'
  throw new CerttwinError({ code: 'invalid_options', message })
}

/**
 * A time limit that timers can keep; what is longer than they take would end at once.
 *
 * @throws CerttwinError `invalid_options`
 */
function parseTimeout(timeoutMs: number): number {
  if (timeoutMs > 0 && timeoutMs <= longestTimerMs) return timeoutMs
  const message = `timeoutMs must be a number of milliseconds above 0 and up to ${longestTimerMs}.`
  throw new CerttwinError({ code: 'invalid_options', message })
}

/** What leads to another resource, or is left by a value that was never set. */
const noId = /^(?:\.{0,2}|undefined|null|NaN)$/

/**
 * Fills a path template.
 *
 * @throws CerttwinError `invalid_options` with the parameter's name
 */
function fillPath(template: string, parameters: Record<string, unknown>): string {
  const [name] = Object.entries(parameters).find(([, value]) => noId.test(String(value))) ?? []
  if (name === undefined) return defaultPathSerializer(template, parameters)
  throw new CerttwinError({ code: 'invalid_options', message: `${name} must not be empty or made of dots.` })
}

/**
 * A credential that can travel in a header.
 *
 * @throws CerttwinError `invalid_options` with the option's name, never its value
 */
export function parseCredential(name: string, value: unknown): string {
  if (typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)) return value
  const message = `${name} must be a non-empty string of printable ASCII characters without blanks.`
  throw new CerttwinError({ code: 'invalid_options', message })
}
