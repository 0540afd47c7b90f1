import { type ClientOptions as ApiOptions, createQuerySerializer } from 'openapi-fetch'
import type { Dialect } from './dialect.ts'
import type { Hooks } from './hooks.ts'
import {
  type CallSettings,
  type ClientOptions,
  invalid,
  parseBaseUrl,
  parseCallOptions,
  parseFunction,
  parseUserAgent,
} from './options.ts'
import { type Send, toSend } from './send.ts'
import type { AnswerValidators } from './validation.ts'
import { type RateLimit, type RateWindow, shareRateLimit } from './rate-limit.ts'

/** An authentication scheme. */
export interface Auth {
  /** Wrapped around what carries the requests. */
  readonly sign: (send: Send) => Send
  /** What it has signed with lately: none of it may appear anywhere. */
  readonly secrets: readonly string[]
  /** Clients with the same one share the vendor's limits; undefined where it is not known beforehand. */
  readonly account: string | undefined
}

/** What carries the calls of a client. */
export interface Transport {
  readonly settings: CallSettings
  /** Signs and sends. */
  readonly send: Send
  readonly secrets: readonly string[]
  readonly hooks: Hooks
  readonly userAgent: string | undefined
  readonly validate: AnswerValidators
  readonly limitOf: (operation: string) => RateLimit | undefined
}

/** @throws CerttwinError `invalid_options` with the option's name */
export function createTransport(options: ClientOptions, auth: Auth, dialect: Dialect): Transport {
  const fetch = parseFunction('fetch', options.fetch)
  const { hooks = {}, validate = {} } = options
  requireObject('hooks', hooks)
  requireObject('validate', validate)
  for (const name of ['onRequest', 'onResponse', 'onRetry', 'onError'] as const)
    parseFunction(`hooks.${name}`, hooks[name])
  return {
    settings: parseCallOptions(options),
    send: auth.sign(toSend(fetch)),
    secrets: auth.secrets,
    hooks,
    userAgent: parseUserAgent(options.userAgent),
    validate,
    limitOf: limitsOf(options, auth, dialect),
  }
}

function limitsOf(
  { rateLimit = {}, fetch, baseUrl }: ClientOptions,
  auth: Auth,
  dialect: Dialect,
): Transport['limitOf'] {
  if (rateLimit === false) return () => undefined
  requireObject('rateLimit', rateLimit)
  const { windows = dialect.rateWindows, accountId } = rateLimit
  if (!Array.isArray(windows) || windows.length === 0 || !windows.every(isWindow))
    throw invalid('rateLimit.windows must be a list of { limit, windowMs } with numbers above 0.')
  if (accountId !== undefined && typeof accountId !== 'string') throw invalid('rateLimit.accountId must be a string.')
  const account = accountId ?? auth.account
  const name = JSON.stringify([baseUrl, account, windows])
  // Who is not known shares with nobody.
  const way = account === undefined ? {} : (fetch ?? globalThis)
  return (operation) => shareRateLimit(way, dialect.limitsOperations ? `${name} ${operation}` : name, windows)
}

function isWindow(window: Partial<RateWindow> | null | undefined): boolean {
  const { limit, windowMs } = window ?? {}
  return Number.isInteger(limit) && limit! > 0 && typeof windowMs === 'number' && windowMs > 0
}

function requireObject(name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) throw invalid(`${name} must be an object.`)
}

/**
 * What openapi-fetch needs to know.
 *
 * @throws CerttwinError `invalid_options` when the base URL cannot be used
 */
export function toApiOptions(
  { baseUrl }: ClientOptions,
  defaultBaseUrl: string,
): ApiOptions & { readonly baseUrl: string } {
  return {
    baseUrl: parseBaseUrl(baseUrl ?? defaultBaseUrl),
    pathSerializer: fillPath,
    querySerializer: createQuerySerializer(), // it would make one for each call
    redirect: 'manual', // following one would hand the credentials to another host
  }
}

/** What leads to another resource, or is left by a value that was never set. */
const noId = /^(?:\.{0,2}|undefined|null|NaN)$/

/**
 * Fills a path template.
 *
 * @throws CerttwinError `invalid_options` with the parameter's name
 */
function fillPath(template: string, parameters: Record<string, unknown>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_match, name: string) => {
    const text = String(parameters[name])
    if (noId.test(text)) throw invalid(`${name} must not be empty or made of dots.`)
    return encodeURIComponent(text)
  })
}
