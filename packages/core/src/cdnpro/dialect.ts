import type { VendorError } from '../errors.ts'
import type { Dialect } from '../transport/dialect.ts'
import type { GatewayError, ServiceError } from './api.generated.ts'

/** Two voices: the service says code and message, the gateway in front of it a text alone. */
export const cdnProDialect: Dialect = {
  vendorErrors,
  requestId: (headers) => headers.get('x-cnc-request-id') ?? undefined,
  unsafeOperations: [],
  doneCodes: [],
  rateWindows: [{ limit: 300, windowMs: 300_000 }],
  limitsOperations: true,
}

function vendorErrors(body: unknown): VendorError[] {
  if (typeof body !== 'object' || body === null) return []
  const { code, message, result } = body as Partial<ServiceError & GatewayError>
  if (typeof code === 'string') return [{ code, message: String(message) }]
  return typeof result === 'string' ? [{ code: '', message: result }] : []
}
