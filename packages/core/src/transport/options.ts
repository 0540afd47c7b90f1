import { CerttwinError } from '../errors.ts'
import type { Fetch } from '../fetch.ts'
import type { Hooks } from './hooks.ts'
import type { RateWindow } from './rate-limit.ts'
import { longestTimerMs } from './timer.ts'
import type { AnswerValidators } from './validation.ts'

/** How often and how patiently a call is repeated. */
export interface RetryOptions {
  /** Attempts in all, the first included; 3 unless told otherwise. */
  readonly attempts?: number
  /** The first pause is at most so long, in milliseconds, and each further one at most twice as long; 250 unless told otherwise. */
  readonly baseMs?: number
  /** No pause of our own is longer, in milliseconds; 20,000 unless told otherwise. */
  readonly capMs?: number
  /** No pause that a `Retry-After` asks for is longer, in milliseconds; 60,000 unless told otherwise. */
  readonly retryAfterCapMs?: number
  /**
   * Repeats after a lost answer what creates something, costs money or revokes, too; `false` unless told otherwise. The vendor may
   * then do twice what was asked for once.
   */
  readonly unsafe?: boolean
}

/** What every call takes. */
export interface CallOptions {
  /** Ends the call with the error `aborted`. */
  readonly signal?: AbortSignal
  /** The longest time that one attempt may take, to the last byte of the answer, in milliseconds; 30,000 unless told otherwise. */
  readonly timeoutMs?: number
  /** The longest time that the call may take with all its attempts and pauses, in milliseconds; 120,000 unless told otherwise. */
  readonly deadlineMs?: number
  /** What is left out is as the client has it. */
  readonly retry?: RetryOptions
}

/** What keeps a client within the vendor's limits. */
export interface RateLimitOptions {
  /** At most so many calls in so long; what every generation of the vendor allows unless told otherwise. */
  readonly windows?: readonly RateWindow[]
  /**
   * Clients that name the same account share their windows; otherwise those with the same key do. Clients with a `fetch` of their own
   * share only with those that were given the same function.
   */
  readonly accountId?: string
}

/** What both clients take. */
export interface ClientOptions extends CallOptions {
  /** Where the service answers, without a slash at the end; the vendor's own address unless told otherwise. */
  readonly baseUrl?: string
  /**
   * What carries the requests; the platform's `fetch` unless told otherwise. A twin in process offers its own. In Deno and Bun the
   * platform's repeats by itself what breaks off on a kept connection: the client keeps it from doing so with changes, and one that you
   * pass in should, too.
   */
  readonly fetch?: Fetch
  /** Keeps calls back that the vendor would refuse, in this process; `false` sends whatever is asked for at once. */
  readonly rateLimit?: false | RateLimitOptions
  /** The header `User-Agent`; the platform's own unless told otherwise. */
  readonly userAgent?: string
  /** Are told what the client does. */
  readonly hooks?: Hooks
  /** Judges each answer of success by the OpenAPI document: `digicertValidators` or `cdnProValidators` of `@certtwin/core/validate`. */
  readonly validate?: AnswerValidators
}

/** The options of one call, those of its client where it has none of its own. */
export interface CallSettings {
  readonly signals: readonly AbortSignal[]
  readonly timeoutMs: number
  readonly deadlineMs: number
  readonly retry: Required<RetryOptions>
}

const defaults: CallSettings = {
  signals: [],
  timeoutMs: 30_000,
  deadlineMs: 120_000,
  retry: { attempts: 3, baseMs: 250, capMs: 20_000, retryAfterCapMs: 60_000, unsafe: false },
}

/**
 * @throws CerttwinError `invalid_options` with the option's name
 */
export function parseCallOptions(options: CallOptions, base: CallSettings = defaults): CallSettings {
  const { signal, timeoutMs, deadlineMs, retry } = options
  if (signal === undefined && timeoutMs === undefined && deadlineMs === undefined && retry === undefined) return base
  if (signal !== undefined && !(typeof signal === 'object' && 'aborted' in signal))
    throw invalid('signal must be an AbortSignal.')
  return {
    signals: signal === undefined ? base.signals : [...base.signals, signal],
    timeoutMs: parseMs('timeoutMs', timeoutMs, base.timeoutMs),
    deadlineMs: parseMs('deadlineMs', deadlineMs, base.deadlineMs),
    retry: retry === undefined ? base.retry : parseRetry(retry, base.retry),
  }
}

function parseRetry(retry: RetryOptions, base: Required<RetryOptions>): Required<RetryOptions> {
  requireObject('retry', retry)
  const { attempts = base.attempts, unsafe = base.unsafe } = retry
  if (!Number.isInteger(attempts) || attempts < 1) throw invalid('retry.attempts must be a whole number from 1.')
  if (typeof unsafe !== 'boolean') throw invalid('retry.unsafe must be true or false.')
  const pause = (name: 'baseMs' | 'capMs' | 'retryAfterCapMs'): number =>
    parseMs(`retry.${name}`, retry[name], base[name], 0)
  return {
    attempts,
    baseMs: pause('baseMs'),
    capMs: pause('capMs'),
    retryAfterCapMs: pause('retryAfterCapMs'),
    unsafe,
  }
}

/** A time that timers can keep; what is longer than they take would end at once. */
export function parseMs(name: string, value: number | undefined, fallback: number, least: number = 1): number {
  if (value === undefined) return fallback
  if (typeof value === 'number' && value >= least && value <= longestTimerMs) return value
  throw invalid(`${name} must be a number of milliseconds from ${least} to ${longestTimerMs}.`)
}

/**
 * The base URL that a client talks to.
 *
 * @throws CerttwinError `invalid_options` when it is anything else than scheme, host and path
 */
export function parseBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isPlain = url !== undefined && [url.username, url.password, url.search, url.hash].every((part) => part === '')
  if (isPlain && /^https?:$/.test(url.protocol)) return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
  throw invalid(
    'baseUrl must be an http or https URL without credentials, query and hash, such as http://127.0.0.1:4010.',
  )
}

/** Text that can travel in a header. @throws CerttwinError `invalid_options` with the option's name */
export function parseUserAgent(value: string | undefined): string | undefined {
  if (value === undefined || (typeof value === 'string' && /^[\x20-\x7e]+$/.test(value))) return value
  throw invalid('userAgent must be a non-empty string of printable ASCII characters.')
}

/** @throws CerttwinError `invalid_options` */
export function requireObject(name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) throw invalid(`${name} must be an object.`)
}

/** @throws CerttwinError `invalid_options` */
export function parseFunction<Type>(name: string, value: Type | undefined): Type | undefined {
  if (value === undefined || typeof value === 'function') return value
  throw invalid(`${name} must be a function.`)
}

export function invalid(message: string): CerttwinError {
  return new CerttwinError({ code: 'invalid_options', message })
}
