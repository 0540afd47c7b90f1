import {
  createCipheriv,
  createHash,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import { createManualClock, type JournalEntry, type TwinClock } from '@certtwin/mock-kit'
import { attributeOids, buildCertificate, type DistinguishedName, encodePem } from '@certtwin/mock-kit/x509'
import { type CdnProMock, type CdnProMockOptions, createCdnProMock } from './mock.ts'

/** What a test sends; the rest is as a correct client does it. */
export interface Sending {
  readonly method?: string
  /** Sent as JSON; a string goes out as it is. */
  readonly body?: unknown
  readonly username?: string
  readonly apiKey?: string
  readonly date?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Answer {
  readonly status: number
  readonly text: string
  /** The JSON of the answer; undefined when there is no body. */
  readonly json: unknown
  readonly headers: Headers
  readonly diagnosis: string | undefined
}

export interface TestClient {
  readonly mock: CdnProMock
  readonly clock: TwinClock
  /** The date header of this moment. */
  readonly date: () => string
  readonly call: (path: string, sending?: Sending) => Promise<Answer>
  /** Creates a certificate and returns its id. */
  readonly create: (body: object) => Promise<string>
  /** The last journal entry. */
  readonly last: () => JournalEntry | undefined
}

export const origin = 'https://open.chinanetcenter.com'

/** A fresh twin on a clock that stands still, and a client that signs correctly. */
export function setup(options: CdnProMockOptions = {}): TestClient {
  const clock = createManualClock('2023-04-04T12:53:25Z')
  const mock = createCdnProMock({ clock, seed: 'test', ...options })
  const date = (): string => new Date(clock.now()).toUTCString()
  const call = async (path: string, sending: Sending = {}): Promise<Answer> => {
    const response = await mock.fetch(toRequest(path, { date: date(), ...sending }))
    const text = await response.text()
    const json: unknown = text === '' ? undefined : JSON.parse(text)
    return {
      status: response.status,
      text,
      json,
      headers: response.headers,
      diagnosis: mock.requests.at(-1)?.diagnosis,
    }
  }
  const create = async (body: object): Promise<string> => {
    const { headers, text } = await call('/cdn/certificates', { method: 'POST', body })
    const location = headers.get('location')
    if (location === null) throw new Error(`Nothing was created: ${text}`)
    return location.slice(location.lastIndexOf('/') + 1)
  }
  return { mock, clock, date, call, create, last: () => mock.requests.at(-1) }
}

function toRequest(path: string, sending: Sending): Request {
  const {
    method = 'GET',
    body,
    username = 'example_username',
    apiKey = 'example_apiKey',
    date = '',
    headers = {},
  } = sending
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  return new Request(`${origin}${path}`, {
    method,
    headers: {
      date,
      authorization: basic(username, sign(apiKey, date)),
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(text === undefined ? {} : { body: text }),
  })
}

export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

export function sign(apiKey: string, date: string, hash = 'sha1'): string {
  return createHmac(hash, apiKey).update(date).digest('base64')
}

/** The encryption of a private key, as a client does it. */
export function encryptKey(pem: string, date: string, apiKey = 'example_apiKey'): string {
  const hex = createHmac('sha256', apiKey).update(date).digest('hex')
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(hex.slice(32), 'hex'), Buffer.from(hex.slice(0, 32), 'hex'))
  return cipher.update(pem, 'utf8', 'base64') + cipher.final('base64')
}

export type KeyKind = 'rsa-2048' | 'p-256' | 'p-384' | 'ed25519'

export interface TestCertificate {
  readonly pem: string
  readonly der: Uint8Array
  readonly key: KeyObject
  readonly keyPem: string
}

export interface TestCertificateOptions {
  readonly kind?: KeyKind
  readonly key?: KeyObject
  readonly subject?: DistinguishedName
  readonly issuer?: DistinguishedName
  readonly signer?: KeyObject
  readonly dnsNames?: readonly string[]
  readonly notAfter?: string
  readonly serialNumber?: string
  readonly hash?: 'sha256' | 'sha384' | 'sha512'
}

/** A real certificate; its key signs it unless another one is given. */
export function makeCertificate(options: TestCertificateOptions = {}): TestCertificate {
  const { dnsNames = ['test.example.com'], notAfter = '2030-01-01T00:00:00Z', serialNumber = '0abc' } = options
  const key = options.key ?? keyOf(options.kind ?? 'p-256')
  const subject = options.subject ?? commonName('test.example.com')
  const template = {
    subject,
    issuer: options.issuer ?? subject,
    serialNumber: Buffer.from(serialNumber, 'hex'),
    notBefore: new Date('2023-01-01T00:00:00Z'),
    notAfter: new Date(notAfter),
    spki: publicHalf(key),
    hash: options.hash ?? 'sha256',
    extensions: { kind: 'leaf', dnsNames },
  } as const
  const der = buildCertificate(template, options.signer ?? key)
  return { der, pem: encodePem('CERTIFICATE', der), key, keyPem: exportKey(key) }
}

export function commonName(value: string): DistinguishedName {
  return [[{ oid: attributeOids.CN, value }]]
}

const keys = new Map<KeyKind, KeyObject>()

/** One key of each kind is enough for most tests, and RSA keys are slow to make. */
export function keyOf(kind: KeyKind): KeyObject {
  const key = keys.get(kind) ?? newKey(kind)
  keys.set(kind, key)
  return key
}

export function newKey(kind: KeyKind): KeyObject {
  if (kind === 'rsa-2048') return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  if (kind === 'ed25519') return generateKeyPairSync('ed25519').privateKey
  return generateKeyPairSync('ec', { namedCurve: kind.toUpperCase() }).privateKey
}

export function exportKey(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }) as string
}

function publicHalf(key: KeyObject): Uint8Array {
  return createPublicKey(key).export({ type: 'spki', format: 'der' })
}

/** A body that creates a certificate from a real one. */
export function uploadBody(
  { pem, keyPem }: TestCertificate,
  date: string,
  more: object = {},
): { name: string; newVersion: object } {
  return { name: 'uploaded', newVersion: { certificate: pem, privateKey: encryptKey(keyPem, date), ...more } }
}

/** What is signed with an access key, where it is not what is sent. */
export interface AccessKeySigning {
  readonly accessKey?: string
  readonly secretKey?: string
  readonly method?: string
  readonly path?: string
  readonly query?: string
  readonly contentType?: string
  readonly host?: string
  readonly body?: string
  readonly timestamp?: string
  /** Further signed headers, with their values. */
  readonly more?: Readonly<Record<string, string>>
}

/** The headers of a request that is signed with an access key, by the description and not by the twin's code. */
export function signWithAccessKey(signing: AccessKeySigning): Record<string, string> {
  const { accessKey = 'example_accessKey', secretKey = 'example_secretKey', method = 'GET', query = '' } = signing
  const { path = '/', host = 'open.chinanetcenter.com', body = '', timestamp = '1680612805', more = {} } = signing
  const { contentType = 'application/json' } = signing
  const signed = Object.entries({ 'content-type': contentType, host, ...more }).toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  )
  const names = signed.map(([name]) => name).join(';')
  const lines = signed.map(([name, value]) => `${name}:${value.toLowerCase()}\n`).join('')
  const digest = createHash('sha256').update(method === 'GET' ? '' : body)
  const canonical = `${method}\n${path}\n${query}\n${lines}\n${names}\n${digest.digest('hex')}`
  const text = `CNC-HMAC-SHA256\n${timestamp}\n${createHash('sha256').update(canonical).digest('hex')}`
  const signature = createHmac('sha256', secretKey).update(text).digest('hex')
  return {
    authorization: `CNC-HMAC-SHA256 Credential=${accessKey}, SignedHeaders=${names}, Signature=${signature}`,
    'content-type': 'application/json',
    'x-cnc-auth-method': 'AKSK',
    'x-cnc-accesskey': accessKey,
    'x-cnc-timestamp': timestamp,
  }
}
