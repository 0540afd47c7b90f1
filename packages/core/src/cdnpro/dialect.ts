import type { VendorError } from '../errors.ts'
import type { Dialect } from '../transport/call.ts'
import type { GatewayError, ServiceError } from './api.generated.ts'

/** Two voices: the service says code and message, the gateway in front of it a text alone. */
export function cdnProDialect(apiKey: string): Dialect {
  return { vendorErrors, requestIdHeader: 'x-cnc-request-id', secrets: [apiKey] }
}

function vendorErrors(body: unknown): VendorError[] {
  if (typeof body !== 'object' || body === null) return []
  const { code, message, result } = body as Partial<ServiceError & GatewayError>
  if (typeof code === 'string') return [{ code, message: String(message) }]
  return typeof result === 'string' ? [{ code: '', message: result }] : []
}
