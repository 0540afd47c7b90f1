import { CerttwinError, type ErrorCode, type VendorError } from '../errors.ts'
import type { RateWindow } from './rate-limit.ts'

/** How a vendor words its errors, and what it lets a client do. */
export interface Dialect {
  /** The errors in a body, which may be anything. */
  readonly vendorErrors: (body: unknown) => readonly VendorError[]
  /** The response header that names the call, if there is one. */
  readonly requestId: (headers: Headers) => string | undefined
  /** The code for an answer, where it is not what the status says. */
  readonly codeOf?: (status: number, errors: readonly VendorError[]) => ErrorCode | undefined
  /** Operations that must not happen twice, beside those that their method says it of. */
  readonly unsafeOperations: readonly string[]
  /** The code of an error that says that an operation has been done already. */
  readonly doneCodes: readonly string[]
  /** What every generation of the vendor allows. */
  readonly rateWindows: readonly RateWindow[]
  /** Whether each operation has windows of its own. */
  readonly limitsOperations: boolean
}

const codes: Readonly<Record<number, ErrorCode>> = {
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
  const vendorErrors = dialect.vendorErrors(body).map(({ code, message }) => ({
    code: clean(code),
    message: clean(message),
  }))
  return new CerttwinError({
    code: dialect.codeOf?.(status, vendorErrors) ?? codeOfStatus(status),
    message: `${[`status ${status}`, vendorErrors.map(phrase).join('; ')].filter(Boolean).join(', ')}.`,
    // A redirect may point to what was made.
    outcome: status < 400 || status === 408 || status >= 500 ? 'unknown' : 'none',
    vendorErrors,
  })
}

/** An error in brackets behind its code; the sentence around it brings its own full stop. */
function phrase({ code, message }: VendorError): string {
  const text = message.replace(/\.$/, '')
  return code === '' || text === '' ? `${code}${text}` : `${code} (${text})`
}

function codeOfStatus(status: number): ErrorCode {
  if (status >= 500) return 'server_error'
  return codes[status] ?? (status >= 400 ? 'invalid_request' : 'unexpected_response')
}
