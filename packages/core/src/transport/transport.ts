import type { Dialect } from './dialect.ts'
import type { Hooks } from './hooks.ts'
import {
  type CallSettings,
  type ClientOptions,
  parseBaseUrl,
  parseCallOptions,
  parseFunction,
  parseUserAgent,
  requireObject,
} from './options.ts'
import { parseRateLimit, type RateLimit } from './rate-limit.ts'
import type { Draft } from './request.ts'
import { type Send, toSend } from './send.ts'
import type { AnswerValidators } from './validation.ts'

/** An authentication scheme. */
export interface Auth {
  /** Makes the request of one attempt, with its own signature. */
  readonly sign: (draft: Draft) => Promise<Request>
  /** Whether to sign once more what was refused: it has learned the service's time from the refusal. */
  readonly learnTime?: (request: Request, response: Response) => boolean
  /** What it has signed with lately: none of it may appear anywhere. */
  readonly secrets: readonly string[]
  /** Clients with the same one share the vendor's limits; undefined where it is not known beforehand. */
  readonly account: string | undefined
}

/** A vendor's service, as a client comes to it. */
export interface Service {
  /** Method and path template of each operation. */
  readonly routes: Readonly<Record<string, string>>
  readonly baseUrl: string
  readonly auth: Auth
  readonly dialect: Dialect
}

/** What carries the calls of a client. */
export interface Transport extends Service {
  readonly settings: CallSettings
  readonly send: Send
  readonly hooks: Hooks
  readonly userAgent: string | undefined
  readonly validate: AnswerValidators
  readonly limitOf: (operation: string) => RateLimit | undefined
}

/** @throws CerttwinError `invalid_options` with the option's name */
export function createTransport(options: ClientOptions, service: Service): Transport {
  const { fetch, hooks = {}, validate = {}, userAgent, rateLimit } = options
  const baseUrl = parseBaseUrl(options.baseUrl ?? service.baseUrl)
  requireObject('hooks', hooks)
  requireObject('validate', validate)
  for (const name of ['onRequest', 'onResponse', 'onRetry', 'onError'] as const)
    parseFunction(`hooks.${name}`, hooks[name])
  return {
    ...service,
    baseUrl,
    settings: parseCallOptions(options),
    send: toSend(parseFunction('fetch', fetch)),
    hooks,
    userAgent: parseUserAgent(userAgent),
    validate,
    limitOf: parseRateLimit(rateLimit, { ...service, baseUrl }, fetch),
  }
}
