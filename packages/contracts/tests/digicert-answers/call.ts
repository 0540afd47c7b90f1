import type { DigicertMockOptions } from '@certtwin/mock-digicert'
import { createKeyMaterial, tamperedCsr } from '../material.ts'

/** A call to the twin, by the administrator unless another key is given. */
export interface Call {
  readonly method?: string
  readonly path: string
  /** The path is not one of the API, but beside it. */
  readonly isBeside?: boolean
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
  /** A text goes out as it is, anything else as JSON. */
  readonly body?: unknown
}

/** What is shown, the status, and the calls of which the last one gives it; a number moves the clock, in milliseconds. */
export interface Row {
  readonly name: string
  readonly status: number
  readonly calls: readonly (Call | number)[]
  readonly options: DigicertMockOptions
}

export function row(name: string, status: number, calls: Row['calls'], options: DigicertMockOptions = {}): Row {
  return { name, status, calls, options }
}

export function toRequest({
  method = 'GET',
  path,
  isBeside = false,
  key = 'MOCKKEYADMIN',
  headers = {},
  body,
}: Call): Request {
  const type = body === undefined ? {} : { 'Content-Type': 'application/json' }
  return new Request(`https://www.digicert.com${isBeside ? '' : '/services/v2'}${path}`, {
    method,
    headers: { 'X-DC-DEVKEY': key, ...type, ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
}

export const { csr } = createKeyMaterial()
/** CSRs that are refused. */
export const wrongCsrs = {
  smallKey: createKeyMaterial({ type: 'rsa', bits: 1024 }).csr,
  oddKey: createKeyMaterial({ type: 'ec', curve: 'P-521' }).csr,
  tampered: tamperedCsr(csr),
}

export const dayMs = 86_400_000
