import { type CerttwinError, fail } from '../errors.ts'
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

/** What an option must be: how that is seen, and what is said otherwise. */
export type Rule = readonly [fits: (value: never) => boolean, what: string]

/** Rules by the names of the options that they are for. */
export type Rules<Options> = { readonly [Name in keyof Options]?: Rule }

export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

const typed = (type: string, what: string): Rule => [(value: unknown) => typeof value === type, what]

export const anObject: Rule = [isObject, 'an object']
export const aFunction: Rule = typed('function', 'a function')
export const aString: Rule = typed('string', 'a string')
export const aCount: Rule = [
  (value: unknown) => Number.isInteger(value) && (value as number) > 0,
  'a whole number from 1',
]

/** Text that can travel in a header: in ASCII what is printable goes from the blank to `~`, and without the blank from `!`. */
export const printable = (form: RegExp, without: string = ''): Rule => [
  (value: unknown) => typeof value === 'string' && form.test(value),
  `a non-empty string of printable ASCII characters${without}`,
]

/** A time that timers can keep; what is longer than they take would end at once. */
const milliseconds = (least: number): Rule => [
  (value: unknown) => typeof value === 'number' && value >= least && value <= longestTimerMs,
  `a number of milliseconds from ${least} to ${longestTimerMs}`,
]
export const aPause: Rule = milliseconds(0)
const aLimit = milliseconds(1)

const retryRules: Rules<RetryOptions> = {
  attempts: aCount,
  baseMs: aPause,
  capMs: aPause,
  retryAfterCapMs: aPause,
  unsafe: typed('boolean', 'true or false'),
}

const callRules: Rules<CallOptions> = {
  signal: [(value: unknown) => isObject(value) && 'aborted' in value, 'an AbortSignal'],
  timeoutMs: aLimit,
  deadlineMs: aLimit,
  retry: anObject,
}

const clientRules: Rules<ClientOptions> = {
  baseUrl: [
    (value: string) => URL.canParse(value) && /^https?:\/\/[^/@]+\/[^?#]*$/.test(new URL(value).href),
    'an http or https URL without credentials, query and hash',
  ],
  fetch: aFunction,
  hooks: anObject,
  validate: anObject,
  userAgent: printable(/^[ -~]+$/),
}

const hookRules: Rules<Hooks> = { onRequest: aFunction, onResponse: aFunction, onRetry: aFunction, onError: aFunction }

/** @throws CerttwinError `invalid_options` with the option's name */
export function requireClientOptions(options: ClientOptions): void {
  requireOptions(options, clientRules)
  requireOptions(options.hooks, hookRules, 'hooks.')
}

/** @throws CerttwinError `invalid_options` with the option's name */
export function parseCallOptions(options: CallOptions, base: CallSettings = defaults): CallSettings {
  const { signal, retry } = options
  if (Object.keys(options).length === 0) return base
  requireOptions(options, callRules)
  requireOptions(retry, retryRules, 'retry.')
  return {
    ...overlay(base, options),
    signals: signal === undefined ? base.signals : [...base.signals, signal],
    retry: overlay(base.retry, retry),
  }
}

/** What is left out is allowed. @throws CerttwinError `invalid_options` with the option's name */
export function requireOptions<Options extends object>(
  options: Options | undefined,
  rules: Rules<Options>,
  prefix: string = '',
): void {
  for (const [name, [fits, what]] of Object.entries<Rule>(rules as Record<string, Rule>)) {
    const value = options?.[name as keyof Options]
    if (value !== undefined && !fits(value as never)) throw invalid(`${prefix}${name} must be ${what}.`)
  }
}

/** All that the base has, with what is given in its place. */
function overlay<Base extends object>(base: Base, given: object = {}): Base {
  return Object.fromEntries(
    Object.entries(base).map(([name, value]) => [name, given[name as keyof typeof given] ?? value]),
  ) as Base
}

export function invalid(message: string): CerttwinError {
  return fail('invalid_options', message, 'not_sent')
}
