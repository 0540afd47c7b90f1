import type { ErrorCode, VendorError } from '../errors.ts'
import { isObject } from '../transport/options.ts'
import type { Dialect } from '../transport/dialect.ts'
import type { GatewayError, ServiceError } from './api.generated.ts'
import type { Door } from './doors.ts'

/** Two voices: the service says code and message, the gateway in front of it a text alone. */
export function cdnProDialect(door: Door): Dialect {
  return {
    ...door,
    retryAfterHeader: 'x-rate-limit-retry-after-seconds',
    vendorErrors,
    codeOf: (status, errors) => codeOf(status, errors, door),
  }
}

function vendorErrors(body: unknown): ReturnType<Dialect['vendorErrors']> {
  if (!isObject(body)) return []
  const { code, message, result } = body as Partial<ServiceError & GatewayError>
  if (typeof code === 'string') return [{ code, message }]
  return typeof result === 'string' ? [{ code: '', message: result }] : []
}

/** 462 is the gateway's word for a refused access key. At the native door the words alone tell a signature from a permission. */
function codeOf(status: number, errors: readonly VendorError[], { hidesAccess }: Door): ErrorCode | undefined {
  if (status === 462) return 'unauthorized'
  const isRefused = errors.some(({ message }) => message === 'Please enter valid credentials.')
  return hidesAccess && status === 403 && isRefused ? 'unauthorized' : undefined
}
