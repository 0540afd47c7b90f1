import { CerttwinError, type ErrorCode, type VendorError } from '../errors.ts'

/** What openapi-fetch gives back. */
export interface Result<Data> {
  readonly data?: Data
  readonly error?: unknown
  readonly response: Response
}

/** How a vendor words its errors. */
export interface Dialect {
  /** The errors in a body, which may be anything. */
  readonly vendorErrors: (body: unknown) => readonly VendorError[]
  /** The response header that names the call, if there is one. */
  readonly requestIdHeader: string | undefined
  /** The code for an answer, where it is not what the status says. */
  readonly codeOf?: (status: number, errors: readonly VendorError[]) => ErrorCode | undefined
  /** Texts that must not appear in an error, should an answer repeat them. */
  readonly secrets: readonly string[]
}

/** A call of an operation that turns every failure into a `CerttwinError`. */
export type Call = <Data>(operation: string, run: () => Promise<Result<Data>>) => Promise<Answer<Data>>

/** A successful answer. `data` is undefined where the answer has no body. */
export interface Answer<Data> {
  readonly data: Data | undefined
  readonly response: Response
}

export function createCall(dialect: Dialect): Call {
  return async (operation, run) => {
    const { data, error, response } = await run().catch((cause: unknown) => {
      throw toError(operation, cause)
    })
    // Gate on the status: an error with an empty body leaves `error` undefined.
    if (!response.ok) throw toVendorError(operation, dialect, response, error)
    return { data, response }
  }
}

function toError(operation: string, cause: unknown): CerttwinError {
  if (cause instanceof CerttwinError) {
    const { code, outcome, message } = cause
    return new CerttwinError({ code, message: `${operation} failed: ${message}`, operation, outcome })
  }
  if (cause instanceof SyntaxError) return unexpected(operation, 'the answer is not JSON.')
  const message = `${operation} failed: its input cannot be sent as JSON.`
  return new CerttwinError({ code: 'invalid_options', message, operation })
}

/** An answer of success that is not what the contract says; what was asked for may have been done. */
export function unexpected(operation: string, complaint: string, status?: number): CerttwinError {
  const message = `${operation} failed: ${complaint}`
  return new CerttwinError({ code: 'unexpected_response', message, operation, outcome: 'unknown', status })
}

function toVendorError(operation: string, dialect: Dialect, response: Response, body: unknown): CerttwinError {
  const { status, headers } = response
  const vendorErrors = dialect.vendorErrors(body).map(({ code, message }) => ({
    code: redact(code, dialect.secrets),
    message: redact(message, dialect.secrets),
  }))
  const words = vendorErrors.map(phrase)
  return new CerttwinError({
    code: dialect.codeOf?.(status, vendorErrors) ?? codeOfStatus(status),
    message: `${operation} failed: status ${status}${words.length > 0 ? `, ${words.join('; ')}` : ''}.`,
    operation,
    outcome: status >= 500 || status === 408 ? 'unknown' : 'none',
    status,
    vendorErrors,
    requestId: requestIdOf(dialect, headers),
  })
}

function requestIdOf({ requestIdHeader, secrets }: Dialect, headers: Headers): string | undefined {
  const id = requestIdHeader === undefined ? null : headers.get(requestIdHeader)
  return id === null ? undefined : redact(id, secrets)
}

/** An error in brackets behind its code; the sentence around it brings its own full stop. */
function phrase({ code, message }: VendorError): string {
  const text = message.replace(/\.$/, '')
  if (code === '' || text === '') return `${code}${text}`
  return `${code} (${text})`
}

const codes: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  408: 'timeout',
  409: 'conflict',
  429: 'rate_limited',
}

function codeOfStatus(status: number): ErrorCode {
  if (status >= 500) return 'server_error'
  return codes[status] ?? (status >= 400 ? 'invalid_request' : 'unexpected_response')
}

/** A service may repeat what it was sent; keys and Authorization values are blotted out of it. */
function redact(text: string, secrets: readonly string[]): string {
  const clean = secrets.flatMap(spellingsOf).reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
  return clean.replaceAll(/\b(Basic) [A-Za-z0-9+/=]+/gi, '$1 ***')
}

/** As it is, and as gateways write what they repeat. */
function spellingsOf(secret: string): string[] {
  const inJson = JSON.stringify(secret).slice(1, -1)
  return [secret, inJson, encodeURIComponent(secret), btoa(secret).replace(/=+$/, '')]
}

/** The body of an answer that must have one: an object. @throws CerttwinError `unexpected_response` */
export function expectData<Data>(operation: string, { data, response }: Answer<Data>): Data {
  if (isRecord(data)) return data as Data
  throw unexpected(operation, 'the answer has no body that the contract knows.', response.status)
}

/**
 * The list that an answer holds under a name; empty where the name is left out.
 *
 * @throws CerttwinError `unexpected_response`
 */
export function expectList<Name extends string, Entry>(
  operation: string,
  answer: Answer<{ readonly [Key in Name]?: Entry[] }>,
  name: Name,
): readonly Entry[] {
  const { [name]: entries = [] } = expectData(operation, answer)
  if (Array.isArray(entries) && entries.every(isRecord)) return entries
  throw unexpected(operation, `the answer holds something else than ${name}.`, answer.response.status)
}

export function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
