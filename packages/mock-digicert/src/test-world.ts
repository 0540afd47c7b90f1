// What the tests share: a fresh twin on a manual clock, a way to call it, and CSRs with keys of all kinds.
import { generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto'
import { createManualClock, isRecord, type TwinClock } from '@certtwin/mock-kit'
import { attributeOids, buildCsr } from '@certtwin/mock-kit/x509'
import { createDigicertMock, type DigicertMock, type DigicertMockOptions } from './mock.ts'

/** An answer, read; `json` is undefined where there is no JSON. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly bytes: Buffer
  readonly json: unknown
}

export interface CallOptions {
  readonly apiKey?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface DuplicateOptions extends CallOptions {
  /** Members beside `certificate`. */
  readonly top?: object
}

export interface TestWorld {
  readonly mock: DigicertMock
  readonly clock: TwinClock
  /** Calls a path below `/services/v2`; a body that is no text is sent as JSON. */
  readonly call: (method: string, path: string, body?: unknown, options?: CallOptions) => Promise<Answer>
  /** Asks for a duplicate of order 112233 unless told, with the vendor's sample body changed by `changes`. */
  readonly duplicate: (changes?: object, order?: number, options?: DuplicateOptions) => Promise<Answer>
  /** The diagnosis of the last call. */
  readonly diagnosis: () => string | undefined
}

export const start = '2019-07-01T10:00:00Z'

/** A fresh twin at 2019-07-01 10:00 UTC, called with the administrator's key unless told. */
export function setup(options: Omit<DigicertMockOptions, 'clock'> = {}): TestWorld {
  const clock = createManualClock(start)
  const mock = createDigicertMock({ seed: 'tests', ...options, clock })
  const call: TestWorld['call'] = async (method, path, body, { apiKey = 'MOCKKEYADMIN', headers = {} } = {}) => {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
    const request = new Request(`https://www.digicert.com/services/v2${path}`, {
      method,
      headers: {
        ...(apiKey === '' ? {} : { 'X-DC-DEVKEY': apiKey }),
        ...(text === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(text === undefined ? {} : { body: text }),
    })
    return readAnswer(await mock.fetch(request))
  }
  return {
    mock,
    clock,
    call,
    duplicate: (changes = {}, order = 112233, { top = {}, ...callOptions } = {}) =>
      call('POST', `/order/certificate/${order}/duplicate`, { ...sampleBody(changes), ...top }, callOptions),
    diagnosis: () => mock.requests.at(-1)?.diagnosis,
  }
}

async function readAnswer(response: Response): Promise<Answer> {
  const bytes = Buffer.from(await response.arrayBuffer())
  const text = bytes.toString()
  const isJson = response.headers.get('Content-Type') === 'application/json' && text !== ''
  return {
    status: response.status,
    headers: response.headers,
    text,
    bytes,
    json: isJson ? JSON.parse(text) : undefined,
  }
}

/** The vendor's sample body, its certificate changed; a member that is set to undefined is left out. */
export function sampleBody(changes: object = {}): { certificate: Record<string, unknown> } {
  return {
    certificate: {
      common_name: 'example.com',
      dns_names: ['sub.example.com'],
      csr: '<csr>',
      server_platform: { id: 45 },
      signature_hash: 'sha256',
      ...changes,
    },
  }
}

/** The errors of a refusal as `code ~ message`. */
export function errorsOf({ json }: Answer): string[] {
  const errors = isRecord(json) && Array.isArray(json['errors']) ? json['errors'] : []
  return errors.map(({ code, message }: { code: string; message: string }) => `${code} ~ ${message}`)
}

/** A member of an answer, by its path: `member(answer, 'certificates', 0, 'id')`. */
export function member({ json }: Answer, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string | number, unknown> | undefined)?.[step], json)
}

/** The PEM texts of an answer's chain, leaf first. */
export function chainOf(answer: Answer): string[] {
  return (member(answer, 'certificate_chain') as { pem: string }[]).map(({ pem }) => pem)
}

/** The new certificate of an answer. */
export function leafOf(answer: Answer): X509Certificate {
  return new X509Certificate(chainOf(answer)[0]!)
}

type KeyKind = `rsa-${number}` | 'P-256' | 'P-384' | 'P-521' | 'secp256k1'
const keys = new Map<KeyKind, KeyObject>()

/** A private key of a kind; made once, since RSA keys are slow to make. */
export function privateKey(kind: KeyKind): KeyObject {
  const key = keys.get(kind) ?? makeKey(kind)
  keys.set(kind, key)
  return key
}

function makeKey(kind: KeyKind): KeyObject {
  if (!kind.startsWith('rsa-')) return generateKeyPairSync('ec', { namedCurve: kind }).privateKey
  return generateKeyPairSync('rsa', { modulusLength: Number(kind.slice(4)) }).privateKey
}

/** A CSR as PEM, for a name that no order has: its subject must not matter. */
export function csrOf(kind: KeyKind): string {
  return buildCsr([[{ oid: attributeOids.CN, value: 'csr.example' }]], privateKey(kind))
}

/** What a certificate says about where its status is told. */
export async function addressesOf({ call }: Pick<TestWorld, 'call'>, id: number, apiKey?: string): Promise<string[]> {
  const { text } = await call('GET', `/certificate/${id}/download/format/der`, undefined, apiKey ? { apiKey } : {})
  return text.match(/http:\/\/[\w.:/-]*?(?:\.crl|\/ocsp\/[\w-]+?)(?=0|$|[^\w.:/-])/g) ?? []
}
