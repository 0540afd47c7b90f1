import { isDeeperThan, isRecord, parseJsonObject } from '@certtwin/mock-kit'
import {
  type CanonicalRequest,
  decode,
  hashOf,
  pathOf,
  queryOf,
  readingsOf,
  type SentRequest,
  signatureOf,
} from './canonical-request.ts'

/** Why a signature with an access key was refused. */
export type AccessKeyDiagnosis =
  /** There is no signature in the credentials. */
  | 'signature_missing'
  /** The access key in the credentials is not the one of `x-cnc-accessKey`, or one of them is missing. */
  | 'credential_mismatch'
  | 'ak_unknown'
  | 'timestamp_missing'
  /** No number of seconds. */
  | 'timestamp_unreadable'
  | 'timestamp_skewed'
  /** `content-type` and `host` are not among the signed headers, or those are not in lower case, sorted and sent. */
  | 'signed_headers_wrong'
  /** The same signature came within the last 300 s, where that is refused. */
  | 'replayed'
  | SignatureMistake

/** What is wrong with a signature whose key and time are right. */
export type SignatureMistake =
  | 'signature_base64'
  | 'method_differs'
  /** The path was signed in its percent-encoded form. */
  | 'path_encoded'
  /** The query was signed in a percent-encoded form. */
  | 'query_encoded'
  | 'query_missing'
  | 'content_type_differs'
  | 'host_differs'
  /** The hash is that of no body, or of a body with a line end too much, or it is in another form. */
  | 'body_hash_differs'
  /** The JSON that was hashed has other blanks or another order than the JSON that was sent. */
  | 'body_reserialised'
  /** What remains: another secret key, or something else altogether. */
  | 'secret_wrong'

/** What a signature was made from. */
export interface Signing {
  readonly sent: SentRequest
  /** The names of the signed headers. */
  readonly names: readonly string[]
  readonly timestamp: string
  readonly secretKey: string
}

type Change = (reading: CanonicalRequest) => CanonicalRequest

/** Each mistake with the ways to make it in this request. */
const variations: readonly (readonly [SignatureMistake, (sent: SentRequest) => readonly Change[]])[] = [
  ['method_differs', () => methods.map((method) => (reading) => ({ ...reading, method }))],
  ['path_encoded', (sent) => pathsOf(sent).map((path) => (reading) => ({ ...reading, path }))],
  ['query_encoded', (sent) => queriesOf(sent).map((query) => (reading) => ({ ...reading, query }))],
  ['query_missing', () => [(reading) => ({ ...reading, query: '' })]],
  ['content_type_differs', (sent) => contentTypesOf(sent).map((type) => withHeader('content-type', type))],
  ['host_differs', (sent) => hostsOf(sent).map((host) => withHeader('host', host))],
  ['body_hash_differs', ({ body }) => hashesOf(body).map(withBodyHash)],
  ['body_reserialised', ({ body }) => serialisationsOf(body).map(hashOf).map(withBodyHash)],
]

/** Finds the mistake behind a wrong signature by making it: one part of the canonical request after the other is changed. */
export function diagnoseSignature(given: string, signing: Signing): SignatureMistake {
  const { sent, names, timestamp, secretKey } = signing
  const readings = readingsOf(sent, names)
  const sign = (reading: CanonicalRequest): Buffer => signatureOf(reading, timestamp, secretKey)
  const unpadded = given.replace(/=+$/, '')
  if (readings.some((reading) => sign(reading).toString('base64').replace(/=+$/, '') === unpadded))
    return 'signature_base64'
  const hex = given.toLowerCase()
  const made = variations.find(([, vary]) => {
    const changes = vary(sent)
    return readings.some((reading) => changes.some((change) => sign(change(reading)).toString('hex') === hex))
  })
  return made?.[0] ?? 'secret_wrong'
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'get', 'post', 'put', 'patch', 'delete', '']

function pathsOf(sent: SentRequest): string[] {
  const raw = pathOf(sent)
  const path = decode(raw)
  return [raw, encodeURI(path), path.split('/').map(encodeURIComponent).join('/'), encodeURIComponent(path)]
}

function queriesOf(sent: SentRequest): string[] {
  const raw = sent.method === 'POST' ? '' : queryOf(sent)
  const query = decode(raw)
  const encoded = [raw, encodeURI(query), new URLSearchParams(raw).toString(), encodeURIComponent(query)]
  return encoded.filter((text) => text !== '')
}

function contentTypesOf({ headers }: SentRequest): string[] {
  const given = headers.get('content-type') ?? ''
  const json = ['application/json', 'application/json;charset=utf-8', 'application/json; charset=utf-8']
  const forms = ['application/x-www-form-urlencoded', 'text/plain', 'text/plain;charset=utf-8', '']
  return [given, given.split(';')[0]!.trim(), ...json, ...json.map((type) => type.replace('utf', 'UTF')), ...forms]
}

/** Other names under which the service, a tunnel in front of the twin, or the twin itself is called. */
const otherHosts = ['ngapi.cdnetworks.com', 'ngapi.quantil.com', 'localhost', '127.0.0.1', '']

function hostsOf({ url, headers, vendorHosts }: SentRequest): string[] {
  const given = headers.get('host') ?? new URL(url).host
  const ports = [given, ...vendorHosts].flatMap((host) => [`${host}:443`, `${host}:80`, `https://${host}`])
  return [given, new URL(url).host, headers.get('x-forwarded-host') ?? '', ...otherHosts, ...ports]
}

function hashesOf(body: string): string[] {
  const hash = hashOf(body)
  const others = ['', `${body}\n`, `${body}\r\n`, body.trim(), '{}', 'null', '""'].map(hashOf)
  return [...others, hash, hash.toUpperCase(), Buffer.from(hash, 'hex').toString('base64'), body, '']
}

/** The ways in which JSON libraries write the same value. */
function serialisationsOf(body: string): string[] {
  const value = parseJsonObject(body)
  // What is deeper than any body of the API cannot be written by everybody, and indented it grows with the square of its depth.
  if (value === undefined || isDeeperThan(50, value)) return []
  const written = [value, sorted(value)].flatMap((each) => [
    JSON.stringify(each),
    ...[2, 4, '\t'].map((indent) => JSON.stringify(each, null, indent)),
    JSON.stringify(each, null, 1)
      .replaceAll(/,\n\s*/g, ', ')
      .replaceAll(/\n\s*/g, ''),
  ])
  const slashed = written.map((text) => text.replaceAll('/', String.raw`\/`))
  return [...written, ...slashed, ...[...written, ...slashed].map(inAscii)]
}

/** With escapes for everything else. */
function inAscii(text: string): string {
  return text.replaceAll(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isRecord(value)) return value
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]))
}

function withHeader(name: string, value: string): Change {
  return (reading) => {
    const headers = reading.headers.map((header) => (header[0] === name ? ([name, value] as const) : header))
    return { ...reading, headers }
  }
}

function withBodyHash(bodyHash: string): Change {
  return (reading) => ({ ...reading, bodyHash })
}
