import type { ErrorCode, VendorError } from '../errors.ts'
import type { Dialect } from '../transport/dialect.ts'
import type { Errors } from './api.generated.ts'

/** CertCentral's error envelope: a list of codes with messages. */
export const digicertDialect: Dialect = {
  vendorErrors,
  codeOf,
  requestId: () => undefined,
  unsafeOperations: ['revokeOrder', 'revokeCertificate'],
  doneCodes: ['order_already_revoked', 'certificate_already_revoked'],
  rateWindows: [
    { limit: 1000, windowMs: 300_000 },
    { limit: 90, windowMs: 10_000 },
  ],
  limitsOperations: false,
}

function vendorErrors(body: unknown): VendorError[] {
  const errors: unknown = (body as Partial<Errors> | undefined)?.errors
  if (!Array.isArray(errors)) return []
  return errors.map((error: { code?: unknown; message?: unknown } | null) => ({
    code: toText(error?.code),
    message: toText(error?.message),
  }))
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The vendor answers 403 to an unknown key; whoever calls needs to tell that from a missing permission. */
function codeOf(status: number, errors: readonly VendorError[]): ErrorCode | undefined {
  const keyRefused = errors.some(({ code }) => code === 'access_denied|access_denied_invalid_key')
  return status === 403 && keyRefused ? 'unauthorized' : undefined
}
