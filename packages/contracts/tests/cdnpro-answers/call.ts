import type { CdnProMockOptions } from '@certtwin/mock-cdnpro'
import { createCertificateMaterial } from '../material.ts'
import { seal, sign } from '../signing.ts'

/** Where the clock of every row begins. */
export const clockStart = '2023-04-04T12:53:25Z'

/** The date that is signed there. */
export const date: string = new Date(clockStart).toUTCString()

/** A call to the twin, signed by the user of the seeds who may do everything, unless it says otherwise. */
export interface Call {
  readonly method?: string
  readonly path: string
  readonly user?: string
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
  /** A text goes out as it is, anything else as JSON. */
  readonly body?: unknown
  /** The signature and its date, where they are not the usual ones. */
  readonly signed?: Readonly<Record<string, string>>
  /** How often the call is made; only the last one is judged. */
  readonly times?: number
}

/** What is shown, the status, and the calls of which the last one gives it; a number moves the clock, in milliseconds. */
export interface Row {
  readonly name: string
  readonly status: number
  readonly calls: readonly (Call | number)[]
  readonly options: CdnProMockOptions
}

export function row(name: string, status: number, calls: Row['calls'], options: CdnProMockOptions = {}): Row {
  return { name, status, calls, options }
}

export const current: CdnProMockOptions = { generation: 'current' }
export const native: CdnProMockOptions = { door: 'native' }

export function toRequest(call: Call, now: string): Request {
  const { method = 'GET', path, user = 'example_username', key = 'example_apiKey', headers = {}, body, signed } = call
  const type = body === undefined ? {} : { 'Content-Type': 'application/json' }
  return new Request(`https://open.chinanetcenter.com${path}`, {
    method,
    headers: { ...type, ...(signed ?? sign(user, key, now)), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
}

export const sealed = (pem: string): string => seal(pem, 'example_apiKey', date)
export const shop = createCertificateMaterial(['shop.example.net'])
/** A version that is taken, as long as the clock has not moved. */
export const version = {
  certificate: shop.certificate,
  chainCert: shop.chainCert,
  privateKey: sealed(shop.privateKey),
}
export const generated = { certificate: 'GENERATE', privateKey: 'ECC256' }
export const info = { commonName: 'lab.example.net', subjectAlternativeNames: ['lab.example.net'] }

/** Ids of the seed data. */
export const ids = {
  example: '9fddeb2fea3ed5b52d89d81d',
  shop: '642c1dc50000000000000a02',
  api: '642c1dc50000000000000a03',
  lab: '642c1dc50000000000000a04',
  clientCa: '642c1dc50000000000000a08',
  /** Not there until it is planted. */
  planted: '642c1dc50000000000000aff',
  otherTenant: '642c1dc50000000000000c01',
  unknown: '000000000000000000000000',
  task: '3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4e01',
  failedTask: '3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4e03',
} as const

export const otherCustomer = { user: 'other_username', key: 'other_apiKey' }
export const secondMs = 1000
