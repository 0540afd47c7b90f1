import type { ErrorCode, VendorError } from '../errors.ts'
import type { Dialect } from '../transport/dialect.ts'
import type { Errors } from './api.generated.ts'

/** CertCentral's error envelope: a list of codes with messages. */
export const digicertDialect: Dialect = {
  vendorErrors(body) {
    const errors: unknown = (body as Partial<Errors> | undefined)?.errors
    return Array.isArray(errors) ? errors : []
  },
  codeOf,
  unsafeOperations: /^revoke/,
  doneCodes: /^(?:order|certificate)_already_revoked$/,
  rateWindows: [
    { limit: 1000, windowMs: 300_000 },
    { limit: 90, windowMs: 10_000 },
  ],
}

/** The vendor answers 403 to an unknown key; whoever calls needs to tell that from a missing permission. */
function codeOf(status: number, errors: readonly VendorError[]): ErrorCode | undefined {
  const keyRefused = errors.some(({ code }) => code === 'access_denied|access_denied_invalid_key')
  return status === 403 && keyRefused ? 'unauthorized' : undefined
}
