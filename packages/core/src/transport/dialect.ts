import { CerttwinError, type ErrorCode, type VendorError } from '../errors.ts'
import type { RateWindow } from './rate-limit.ts'

/** How a vendor words its errors, and what it lets a client do. */
export interface Dialect {
  /** The errors in a body, which may be anything, and so may be they. */
  readonly vendorErrors: (body: unknown) => readonly (Readonly<Record<keyof VendorError, unknown>> | null)[]
  /** The response header that names the call, if there is one. */
  readonly requestIdHeader?: string
  /** The response header that says what `Retry-After` does, where that is missing, in seconds. */
  readonly retryAfterHeader?: string
  /** The code for an answer, where it is not what the status says. */
  readonly codeOf?: (status: number, errors: readonly VendorError[]) => ErrorCode | undefined
  /** Operations that must not happen twice, beside those that their method says it of. */
  readonly unsafeOperations?: RegExp
  /** Codes of errors that say that an operation has been done already. */
  readonly doneCodes?: RegExp
  /** What every generation of the vendor allows. */
  readonly rateWindows: readonly RateWindow[]
  /** Whether each operation has windows of its own. */
  readonly limitsOperations?: boolean
}

/** By status, and by the first digit of those that say nothing more. */
const codes: Readonly<Record<number, ErrorCode>> = {
  4: 'invalid_request',
  5: 'server_error',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  408: 'timeout',
  409: 'conflict',
  429: 'rate_limited',
}

/** What an answer that is no success says. */
export function toVendorFailure(
  dialect: Dialect,
  status: number,
  body: unknown,
  clean: (text: string) => string,
): CerttwinError {
  const toText = (value: unknown): string => (typeof value === 'string' ? clean(value) : '')
  const vendorErrors = dialect
    .vendorErrors(body)
    .map((error) => ({ code: toText(error?.code), message: toText(error?.message) }))
  return new CerttwinError({
    code:
      dialect.codeOf?.(status, vendorErrors) ??
      codes[status] ??
      codes[Math.trunc(status / 100)] ??
      'unexpected_response',
    message: `${[`status ${status}`, ...vendorErrors.map(phrase)].join(', ')}.`,
    // A redirect may point to what was made.
    outcome: status < 400 || status === 408 || status >= 500 ? 'unknown' : 'none',
    vendorErrors,
  })
}

/** An error in brackets behind its code; the sentence around it brings its own full stop. */
function phrase({ code, message }: VendorError): string {
  const text = message.replace(/\.$/, '')
  return code && text ? `${code} (${text})` : code + text
}
