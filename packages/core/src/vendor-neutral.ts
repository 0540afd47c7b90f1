// What the programs of either vendor need by name.
export { CerttwinError, type ErrorCode, isCerttwinError, type Outcome, type VendorError } from './errors.ts'
export type { Fetch } from './fetch.ts'
export type { Credential } from './transport/credential.ts'
export type { ErrorEvent, Hooks, RequestEvent, ResponseEvent, RetryEvent } from './transport/hooks.ts'
export type { CallOptions, ClientOptions, RateLimitOptions, RetryOptions } from './transport/options.ts'
export type { ListOptions } from './transport/pages.ts'
export type { WaitOptions } from './transport/poll.ts'
export type { RateWindow } from './transport/rate-limit.ts'
