import { answerJson } from '@certtwin/mock-kit'
import type { GatewayError, ServiceError } from './api.generated.ts'
import type { CdnProBindings } from './world.ts'

type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 429 | 462 | 500

/** An answer of the vendor that is no success; `diagnosis` tells the journal why, without anything secret. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: RefusalStatus
  readonly body: ServiceError | GatewayError
  readonly diagnosis: string
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: RefusalStatus,
    body: ServiceError | GatewayError,
    diagnosis: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(diagnosis)
    this.status = status
    this.body = body
    this.diagnosis = diagnosis
    this.headers = headers
  }
}

/** A refusal of the service; without a diagnosis of its own the journal gets the code in kebab-case. */
export function serviceError(
  status: RefusalStatus,
  code: string,
  message: string,
  diagnosis: string = toKebabCase(code),
  headers?: Readonly<Record<string, string>>,
): Refusal {
  return new Refusal(status, { code, message }, diagnosis, headers)
}

/** A refusal of the gateway in front of the service. */
export function gatewayError(
  status: RefusalStatus,
  result: string,
  diagnosis: string,
  headers?: Readonly<Record<string, string>>,
): Refusal {
  return new Refusal(status, { status: 0, result }, diagnosis, headers)
}

/** The one error handler: refusals in the vendor's words, anything else as its 500, of which only the journal knows. */
export function answerError(error: unknown, context: { readonly env: CdnProBindings }): Response {
  const refusal =
    error instanceof Refusal ? error : serviceError(500, 'InternalError', 'Internal error.', 'internal-error')
  const { exchange, world } = context.env
  if (!(error instanceof Refusal)) exchange.failure = error
  // What was tolerated before may explain why it came to this.
  exchange.diagnosis = [refusal.diagnosis, exchange.diagnosis].filter((text) => text !== undefined).join('; ')
  const told = world.settings.diagnosisHeader ? { 'x-mock-diagnosis': inHeader(refusal.diagnosis) } : {}
  return answerJson(context, refusal.body, refusal.status, { ...refusal.headers, ...told })
}

export const tooManyCallsAtGateway = (): Refusal =>
  gatewayError(429, 'The number of API requests exceeds the limit.', 'rate-limit')

/** At the native door for any wrong signature; at the gateway for the right one of an account without the service. */
export const notAuthenticated = (diagnosis: string): Refusal =>
  serviceError(403, 'AccessDenied', 'Please enter valid credentials.', diagnosis)

export const notPermitted = (diagnosis: string): Refusal =>
  serviceError(403, 'AccessDenied', 'This user is not allowed to perform this request.', diagnosis)

export const notJson = (): Refusal =>
  serviceError(415, 'UnsupportedMediaType', 'Content-Type must be application/json.', 'content-type-not-json')

export const unreadableBody = (): Refusal =>
  serviceError(
    400,
    'InvalidInput',
    'We could not fulfill your request. Please check your input.',
    'body-not-json-object',
  )

export const invalidField = (
  field: string,
  kind: 'wrong-type' | 'unknown-member' | 'unknown-query' = 'wrong-type',
): Refusal => serviceError(400, 'InvalidInput', `Invalid field '${field}'.`, `${kind}: ${field}`)

function toKebabCase(code: string): string {
  return code.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()
}

/** Callers choose some of the words, and a header takes printable ASCII alone. */
function inHeader(text: string): string {
  return text.replaceAll(/[^ -~]/g, '?')
}
