import { createHmac } from 'node:crypto'
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createManualClock } from '@certtwin/mock-kit'
import { describe, expect, it } from 'vitest'
import { clockStart, date } from './cdnpro-answers/call.ts'
import { keyHeaders, type KeySigning, keySignature, sha256, sign } from './signing.ts'

// A wrong signer for each mistake: the journal names exactly that one, the wire says what the vendor says and nothing more, and
// what was asked for did not happen.

type Headers = Record<string, string>

/** What is sent, always the same; only the signature is wrong. */
const sent = {
  method: 'PATCH',
  host: 'open.chinanetcenter.com',
  path: '/cdn/certificates/642c1dc50000000000000a04',
  rawPath: '/cdn/certificates/642c1dc50000000000000a0%34',
  query: 'note=a b&x=/',
  rawQuery: 'note=a%20b&x=%2F',
  body: '{"description":"größer/kleiner","name":"renamed"}',
} as const

const user = 'example_username'
const apiKey = 'example_apiKey'
const hmac = (hash: string, text: string, encoding: 'hex' | 'base64' = 'base64'): string =>
  createHmac(hash, apiKey).update(text).digest(encoding)
const basic = (name: string, password: string, headers: Headers = { Date: date }): Headers => ({
  Authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
  'Content-Type': 'application/json',
  ...headers,
})
const at = (seconds: number): string => new Date(Date.parse(clockStart) + seconds * 1000).toUTCString()
const skewed = (seconds: number): Headers => ({
  'Content-Type': 'application/json',
  ...sign(user, apiKey, at(seconds)),
})

/** A mistake, what the journal calls it, what the gateway says about it, and the headers of who makes it. */
type Mistake = readonly [mistake: string, diagnosis: string, says: string, headers: Headers]

const wrong = 'password is wrong'
const basicMistakes: readonly Mistake[] = [
  ['sends no credentials', 'authorization-missing', 'authorization header is missing', { Date: date }],
  [
    'sends a scheme that nobody knows',
    'authorization-malformed',
    'authorization format is wrong',
    { Authorization: 'Digest x', Date: date },
  ],
  [
    'sends no colon',
    'authorization-malformed',
    'authorization format is wrong',
    { Authorization: 'Basic abcd', Date: date },
  ],
  ['is not known', 'user-unknown', 'account name does not exist', basic('nobody', hmac('sha1', date))],
  ['sends no date', 'date-missing', 'date header is missing', basic(user, hmac('sha1', date), {})],
  [
    'sends a date in ISO 8601',
    'date-unreadable',
    'date format is wrong',
    basic(user, hmac('sha1', clockStart), { Date: clockStart }),
  ],
  ['is 16 minutes behind', 'date-skew: -960 s', 'date is expired', skewed(-960)],
  ['is 16 minutes ahead', 'date-skew: +960 s', 'date is expired', skewed(960)],
  ['writes hex', 'signature-hex', wrong, basic(user, hmac('sha1', date, 'hex'))],
  [
    'writes hex in Base64',
    'signature-hex',
    wrong,
    basic(user, Buffer.from(hmac('sha1', date, 'hex')).toString('base64')),
  ],
  ['takes SHA-256', 'signature-other-hash', wrong, basic(user, hmac('sha256', date))],
  ['signs a line feed', 'signature-newline', wrong, basic(user, hmac('sha1', `${date}\n`))],
  ['sends a line feed', 'signature-newline', wrong, basic(user, `${hmac('sha1', date)}\n`)],
  ['leaves out the padding', 'signature-unpadded', wrong, basic(user, hmac('sha1', date).replace('=', ''))],
  ['signs another second than it sends', 'signature-other-date', wrong, basic(user, hmac('sha1', at(1)))],
  [
    'signs another spelling than it sends',
    'signature-other-date',
    wrong,
    basic(user, hmac('sha1', date.replace('GMT', 'UTC'))),
  ],
  ['has a colon in its password', 'key-wrong', wrong, basic(user, `x:${hmac('sha1', date)}`)],
  ['has another key', 'key-wrong', wrong, sign(user, 'other_apiKey', date)],
]

const right: KeySigning = {
  accessKey: 'example_accessKey',
  secretKey: 'example_secretKey',
  method: sent.method,
  path: sent.path,
  query: sent.query,
  contentType: 'application/json',
  host: sent.host,
  body: sent.body,
  timestamp: String(Date.parse(clockStart) / 1000),
}
const withKey = (change: Partial<KeySigning>, more: Headers = {}): Headers => {
  const signing = { ...right, ...change }
  return { ...keyHeaders(signing, keySignature(signing).toString('hex')), ...more }
}
const without = (name: string): Headers =>
  Object.fromEntries(Object.entries(withKey({})).filter(([each]) => each !== name))
const stamped = (seconds: number): Headers => withKey({ timestamp: String(Number(right.timestamp) + seconds) })
const indented = JSON.stringify(JSON.parse(sent.body), null, 2)
const signature = keySignature(right).toString('hex')

const says = 'authorization is error! please check signature, accessKey!'
const keyMistakes: readonly Mistake[] = [
  ['has an unknown key', 'ak_unknown', says, withKey({ accessKey: 'nobody' })],
  ['names another key in its credentials', 'credential_mismatch', says, withKey({}, { 'x-cnc-accessKey': 'other' })],
  ['names its key in the credentials alone', 'credential_mismatch', says, without('x-cnc-accessKey')],
  ['sends no timestamp', 'timestamp_missing', says, without('x-cnc-timestamp')],
  ['sends a date for a timestamp', 'timestamp_unreadable', says, withKey({ timestamp: date })],
  ['sends milliseconds', 'timestamp_unreadable', says, withKey({ timestamp: `${right.timestamp}000` })],
  ['is six minutes behind', 'timestamp_skewed: -360 s', says, stamped(-360)],
  ['is six minutes ahead', 'timestamp_skewed: +360 s', says, stamped(360)],
  ['signs the host alone', 'signed_headers_wrong', says, keyHeaders(right, signature, 'host')],
  ['does not sort the headers', 'signed_headers_wrong', says, keyHeaders(right, signature, 'host;content-type')],
  ['names headers in capitals', 'signed_headers_wrong', says, keyHeaders(right, signature, 'Content-Type;Host')],
  ['signs another method', 'method_differs', says, withKey({ method: 'POST' })],
  ['signs the path as it is encoded', 'path_encoded', says, withKey({ path: sent.rawPath })],
  ['signs the query as it is encoded', 'query_encoded', says, withKey({ query: sent.rawQuery })],
  ['signs no query', 'query_missing', says, withKey({ query: '' })],
  [
    'signs another media type',
    'content_type_differs',
    says,
    withKey({ contentType: 'application/json;charset=utf-8' }),
  ],
  ['sends another media type', 'content_type_differs', says, withKey({}, { 'Content-Type': 'text/plain' })],
  ['signs another host', 'host_differs', says, withKey({ host: 'localhost' })],
  ['hashes a line feed too', 'body_hash_differs', says, withKey({ body: `${sent.body}\n` })],
  [
    'sends the hash in Base64',
    'body_hash_differs',
    says,
    keyHeaders(right, keySignature(right, Buffer.from(sha256(sent.body), 'hex').toString('base64')).toString('hex')),
  ],
  ['hashes what it would write with indents', 'body_reserialised', says, withKey({ body: indented })],
  [
    'hashes what it would write with blanks',
    'body_reserialised',
    says,
    withKey({ body: sent.body.replaceAll(/[:,]/g, '$& ') }),
  ],
  [
    'hashes what it would write in ASCII',
    'body_reserialised',
    says,
    withKey({ body: sent.body.replace('ö', '\\u00f6').replace('ß', '\\u00df') }),
  ],
  [
    'hashes what it would write with escaped slashes',
    'body_reserialised',
    says,
    withKey({ body: sent.body.replace('/', String.raw`\/`) }),
  ],
  [
    'writes its signature in Base64',
    'signature_base64',
    says,
    keyHeaders(right, keySignature(right).toString('base64')),
  ],
  ['sends no signature', 'signature_missing', says, keyHeaders(right, '')],
  ['sends no credentials', 'signature_missing', says, without('Authorization')],
  ['has another secret', 'secret_wrong', says, withKey({ secretKey: 'other_secretKey' })],
  ['takes its API key for the secret', 'secret_wrong', says, withKey({ secretKey: apiKey })],
]

function setup(door: 'gateway' | 'native' = 'gateway') {
  const mock = createCdnProMock({ clock: createManualClock(clockStart), door, rateLimits: false })
  const send = async (headers: Headers) => {
    const before = mock.snapshot()
    const url = `https://${sent.host}${sent.rawPath}?${sent.rawQuery}`
    const response = await mock.fetch(new Request(url, { method: sent.method, headers, body: sent.body }))
    const { diagnosis } = mock.requests.at(-1)!
    const isUnchanged = JSON.stringify(mock.snapshot()) === JSON.stringify(before)
    return { status: response.status, text: await response.text(), headers: response.headers, diagnosis, isUnchanged }
  }
  return { mock, send }
}

const names = ['content-type', 'date', 'x-cnc-request-id']

describe('a signer', () => {
  it.each([
    ['Basic', basic(user, hmac('sha1', date))],
    ['an access key', withKey({})],
  ])('with %s that makes no mistake is let in', async (_, headers) => {
    const { send } = setup()
    expect(await send(headers)).toMatchObject({ status: 201, isUnchanged: false })
  })

  it.each(basicMistakes)('with Basic that %s is told %j', async (_, diagnosis, reason, headers) => {
    const { send } = setup()
    const answer = await send(headers)
    const text = `{"status":0,"result":"The HTTP authorization header is bad: ${reason}."}`
    expect(answer).toMatchObject({ status: 401, text, diagnosis, isUnchanged: true })
    expect([...answer.headers.keys()].toSorted()).toEqual(names)
  })

  it.each(keyMistakes)('with an access key that %s is told %j', async (_, diagnosis, result, headers) => {
    const { send } = setup()
    const answer = await send(headers)
    expect(answer).toMatchObject({
      status: 462,
      text: `{"status":0,"result":"${result}"}`,
      diagnosis,
      isUnchanged: true,
    })
    expect([...answer.headers.keys()].toSorted()).toEqual(names)
  })

  it.each([
    ...basicMistakes.map(([mistake, diagnosis, , headers]) => [mistake, diagnosis, headers] as const),
    ...keyMistakes.map(([mistake, , , headers]) => [mistake, 'access-key-not-accepted', headers] as const),
  ])('that %s is told nothing at the native door, and the journal %j', async (_, diagnosis, headers) => {
    const { send } = setup('native')
    const text = '{"code":"AccessDenied","message":"Please enter valid credentials."}'
    expect(await send(headers)).toMatchObject({ status: 403, text, diagnosis, isUnchanged: true })
  })

  it('is told apart by more than twenty mistakes, and every one that the sheet names for access keys', () => {
    expect(new Set(basicMistakes.map(([, diagnosis]) => diagnosis)).size).toBeGreaterThan(10)
    expect(new Set(keyMistakes.map(([, diagnosis]) => diagnosis.split(':')[0]))).toEqual(
      new Set([
        'ak_unknown',
        'credential_mismatch',
        'timestamp_missing',
        'timestamp_unreadable',
        'timestamp_skewed',
        'signed_headers_wrong',
        'method_differs',
        'path_encoded',
        'query_encoded',
        'query_missing',
        'content_type_differs',
        'host_differs',
        'body_hash_differs',
        'body_reserialised',
        'signature_base64',
        'signature_missing',
        'secret_wrong',
      ]),
    )
  })
})
