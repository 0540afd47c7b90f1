import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  encryptKey,
  makeCertificate,
  origin,
  setup as setupClient,
  signWithAccessKey,
  type AccessKeySigning,
  type TestClient,
} from '../test-client.ts'
import type { CdnProMockOptions } from '../mock.ts'

// Requests that are signed with an access key, as the gateway takes them and as it does not.

const shop = '/cdn/certificates/642c1dc50000000000000a02'
const version = '/cdn/certificates/9fddeb2fea3ed5b52d89d81d/versions/1'

interface Sent {
  readonly method?: string
  readonly query?: string
  readonly body?: string
  /** Headers that are added after the signing, or taken away. */
  readonly headers?: Readonly<Record<string, string>>
  readonly without?: readonly string[]
  readonly url?: string
}

interface Outcome {
  readonly status: number
  readonly text: string
  readonly diagnosis: string | undefined
  readonly account: string | undefined
}

interface World extends TestClient {
  /** Sends what is signed as it is, but for what is given. */
  readonly send: (path: string, sent?: Sent, signing?: AccessKeySigning) => Promise<Outcome>
}

function setup(options: CdnProMockOptions = {}): World {
  const client = setupClient(options)
  const send: World['send'] = async (path, sent = {}, signing = {}) => {
    const { method = 'GET', query = '', body, headers = {}, without = [], url = origin } = sent
    const timestamp = String(Math.floor(client.clock.now() / 1000))
    const signed = signWithAccessKey({ method, path, query, body: body ?? '', timestamp, ...signing })
    const all = Object.entries({ ...signed, ...headers }).filter(([name]) => !without.includes(name))
    const address = `${url}${path}${query === '' ? '' : `?${query}`}`
    const response = await client.mock.fetch(new Request(address, { method, headers: all, ...(body && { body }) }))
    const entry = client.mock
      .worlds()
      .map((name) => client.mock.world(name).requests.at(-1))
      .find((each) => each !== undefined)
    return {
      status: response.status,
      text: await response.text(),
      diagnosis: entry?.diagnosis,
      account: entry?.account,
    }
  }
  return { ...client, send }
}

const refusal = '{"status":0,"result":"authorization is error! please check signature, accessKey!"}'

describe('a request with an access key', () => {
  test('is its user’s, by whose name the journal calls it', async () => {
    const { send } = setup()
    expect(await send(version)).toMatchObject({ status: 200, account: 'example_username', diagnosis: undefined })
  })

  test('has the rights of its user', async () => {
    const { send, mock } = setup()
    const keys = { accessKey: 'AK', secretKey: 'SK' }
    mock.seed({ users: [{ username: 'reader', apiKey: 'k', customerId: 20_001_001, access: 'read-only', ...keys }] })
    expect(await send(shop, {}, keys)).toMatchObject({ status: 200, account: 'reader' })
    expect(await send(shop, { method: 'PATCH', body: '{}' }, keys)).toMatchObject({ status: 403 })
  })

  test.each([
    ['no x-cnc-auth-method', { without: ['x-cnc-auth-method'] }, {}],
    ['x-cnc-auth-method BASIC, since the scheme decides', { headers: { 'x-cnc-auth-method': 'BASIC' } }, {}],
    ['the host of the vendor, though it was sent elsewhere', { url: 'http://127.0.0.1:4020' }, {}],
    ['another host of the vendor', { url: 'http://127.0.0.1:4020' }, { host: 'api.cdnetworks.com' }],
    ['its own host with a port', { url: 'http://127.0.0.1:4020' }, { host: '127.0.0.1:4020' }],
    ['its own host without its port', { url: 'http://127.0.0.1:4020' }, { host: '127.0.0.1' }],
    ['the header Host', { headers: { host: 'tunnel.example' } }, { host: 'tunnel.example' }],
    ['a media type in capitals', { headers: { 'content-type': 'Application/JSON' } }, {}],
    ['more signed headers', { headers: { 'x-more': 'One Two' } }, { more: { 'x-more': 'one two' } }],
    ['a query with + as blank', { query: 'search=a+b' }, { query: 'search=a b' }],
    ['a query with + as plus', { query: 'search=a+b' }, { query: 'search=a+b' }],
    ['a query whose escapes are decoded', { query: 'search=%C3%A9&x=%2F' }, { query: 'search=é&x=/' }],
    ['a body of GET that is not signed', {}, { body: 'whatever' }],
    ['a timestamp 300 s ahead', {}, { timestamp: String(1680612805 + 300) }],
    ['a timestamp 300 s behind', {}, { timestamp: String(1680612805 - 300) }],
  ] as const)('may have %s', async (_, sent, signing) => {
    const { send } = setup()
    const path = 'query' in sent ? shop : version
    expect(await send(path, sent, signing)).toMatchObject({ status: 200, account: 'example_username' })
  })

  test.each([
    ['indented JSON, as it was sent', '{\n  "description": "x"\n}', undefined],
    ['the hash of nothing for PATCH', '{"description":"x"}', ''],
  ])('may have a body signed as %s', async (_, body, signedBody) => {
    const { send } = setup()
    const signing = signedBody === undefined ? {} : { body: signedBody }
    expect(await send(shop, { method: 'PATCH', body }, signing)).toMatchObject({ status: 201 })
  })

  test('may have a body of DELETE signed as the hash of nothing', async () => {
    const { send } = setup()
    expect(await send(shop, { method: 'DELETE', body: '{}' }, { body: '' })).toMatchObject({ status: 409 })
  })

  test('signs no query for POST', async () => {
    const { send } = setup()
    const body = '{"target":"moon"}'
    const sent = { method: 'POST', query: 'note=x', body }
    expect(await send('/cdn/deploymentTasks', sent, { query: '' })).toMatchObject({ status: 400 })
    expect(await send('/cdn/deploymentTasks', sent, {})).toMatchObject({ status: 462 })
  })

  test('is let in whatever is asked for, when it is signed as described, and never otherwise', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter((each) => !/^\.+$/.test(each))
    const requests = fc.record({
      method: fc.constantFrom('GET', 'PATCH', 'DELETE'),
      id: text,
      query: fc.array(fc.tuple(text, text), { maxLength: 3 }),
      body: fc.option(fc.json({ maxDepth: 1 }), { nil: undefined }),
      secretKey: fc.constantFrom('example_secretKey', 'example_secretKez'),
    })
    const { send } = setup({ rateLimits: false })
    await fc.assert(
      fc.asyncProperty(requests, async ({ method, id, query, body, secretKey }) => {
        const raw = query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')
        const path = `/cdn/certificates/${encodeURIComponent(id)}`
        const sentBody = method === 'GET' ? undefined : body
        const signing = { path: decodeURIComponent(path), query: decodeURIComponent(raw), secretKey }
        const { status, diagnosis } = await send(
          path,
          { method, query: raw, ...(sentBody && { body: sentBody }) },
          signing,
        )
        const isWrong = secretKey !== 'example_secretKey'
        expect([status === 462, diagnosis === 'secret_wrong']).toEqual([isWrong, isWrong])
      }),
      { numRuns: 100 },
    )
  })

  test('has a media type, which is signed, though it has no body', async () => {
    const { send } = setup()
    const refused = await send(version, { without: ['content-type'] }, { contentType: '' })
    expect(refused).toMatchObject({ status: 462, diagnosis: 'signed_headers_wrong' })
  })

  test('and the wrong secret is refused like any other, however deep its body is', async () => {
    const { send } = setup()
    for (const depth of [3000, 300_000]) {
      const body = `{"x":${'['.repeat(depth)}${']'.repeat(depth)}}`
      const refused = await send(shop, { method: 'PATCH', body }, { secretKey: 'wrong' })
      expect(refused).toMatchObject({ status: 462, diagnosis: 'secret_wrong' })
    }
  })

  test('may have its signature in capitals', async () => {
    const { send } = setup()
    const { authorization = '' } = signWithAccessKey({ path: version })
    const capitals = authorization.replace(/[0-9a-f]{64}$/, (text) => text.toUpperCase())
    expect(await send(version, { headers: { authorization: capitals } })).toMatchObject({ status: 200 })
  })

  test('opens the world of its suffix, where accounts are open', async () => {
    const { send, mock } = setup({ accounts: 'open' })
    const signing = { accessKey: 'example_accessKey.abc' }
    expect(await send(version, {}, signing)).toMatchObject({ status: 200, account: 'example_username' })
    expect(mock.worlds()).toEqual(['default', 'abc'])
    expect(await send(version, {}, { accessKey: 'nobody.abc' })).toMatchObject({ status: 462 })
  })

  test('is refused at the native door like anything else that is wrong', async () => {
    const { send } = setup({ door: 'native' })
    expect(await send(version)).toMatchObject({
      status: 403,
      text: '{"code":"AccessDenied","message":"Please enter valid credentials."}',
      diagnosis: 'access-key-not-accepted',
    })
  })
})

describe('the window of a timestamp', () => {
  test.each([
    [301, '+301'],
    [-301, '-301'],
  ])('does not reach %i s', async (seconds, told) => {
    const { send } = setup()
    const refused = await send(version, {}, { timestamp: String(1680612805 + seconds) })
    expect(refused).toMatchObject({ status: 462, text: refusal, diagnosis: `timestamp_skewed: ${told} s` })
  })

  test('can be set, as can that of a Basic date', async () => {
    const { send, call, mock, clock } = setup()
    mock.configure({ accessKeyWindowMs: 10_000, basicWindowMs: 20_000 })
    expect((await send(version, {}, { timestamp: String(1680612805 - 10) })).status).toBe(200)
    expect((await send(version, {}, { timestamp: String(1680612805 - 11) })).status).toBe(462)
    const dated = async (seconds: number): Promise<number> =>
      (await call(version, { date: new Date(clock.now() - seconds * 1000).toUTCString() })).status
    expect([await dated(20), await dated(21)]).toEqual([200, 401])
  })
})

describe('a signature that came before', () => {
  test('is taken again, since the letter of the rule would forbid two calls in a second', async () => {
    const { send } = setup()
    expect([(await send(version)).status, (await send(version)).status]).toEqual([200, 200])
  })

  test('is refused within 300 s where that is asked for, and another one is not', async () => {
    const { send, clock } = setup({ refuseReplays: true, accessKeyWindowMs: 900_000 })
    const old = { timestamp: String(Math.floor(clock.now() / 1000)) }
    expect((await send(version, {}, old)).status).toBe(200)
    clock.advance(299_999)
    expect(await send(version, {}, old)).toMatchObject({ status: 462, text: refusal, diagnosis: 'replayed' })
    const { authorization = '' } = signWithAccessKey({ path: version, ...old })
    const capitals = { authorization: authorization.replace(/[0-9a-f]{64}$/, (text) => text.toUpperCase()) }
    expect(await send(version, { headers: capitals }, old)).toMatchObject({ diagnosis: 'replayed' })
    expect((await send(shop, {}, old)).status).toBe(200)
    clock.advance(1)
    expect((await send(version, {}, old)).status).toBe(200)
  })

  test('counts only when it was right', async () => {
    const { send } = setup({ refuseReplays: true })
    const headers = { 'content-type': 'text/plain' }
    expect(await send(version, { headers })).toMatchObject({ diagnosis: 'content_type_differs' })
    expect((await send(version)).status).toBe(200)
  })
})

describe('a private key in a request with an access key', () => {
  const certificate = makeCertificate()
  const rfc1123 = 'Tue, 04 Apr 2023 12:53:25 GMT'
  const upload = async (text: string, headers: Record<string, string>, apiKey?: string): Promise<Outcome> => {
    const { send } = setup()
    const privateKey = encryptKey(certificate.keyPem, text, apiKey)
    const body = JSON.stringify({ name: 'x', newVersion: { certificate: certificate.pem, privateKey } })
    return send('/cdn/certificates', { method: 'POST', body, headers })
  }

  test.each([
    ['x-cnc-date', 'today at noon', { 'x-cnc-date': 'today at noon' }],
    ['Date', 'Tue, 04 Apr 2023 12:53:00 GMT', { date: 'Tue, 04 Apr 2023 12:53:00 GMT' }],
    ['the date of the timestamp', rfc1123, {}],
    ['the date of the timestamp beside another Date', rfc1123, { date: 'Tue, 04 Apr 2023 12:53:00 GMT' }],
    ['the timestamp itself', '1680612805', {}],
  ])('is decrypted with %s', async (_, text, headers) => {
    expect(await upload(text, headers)).toMatchObject({ status: 201 })
  })

  test('is not decrypted with a second beside it, nor with the secret key', async () => {
    expect(await upload('Tue, 04 Apr 2023 12:53:26 GMT', {})).toMatchObject({
      status: 400,
      diagnosis: 'key-other-date: +1 s',
    })
    expect(await upload(rfc1123, {}, 'example_secretKey')).toMatchObject({
      status: 400,
      diagnosis: 'key-not-decryptable',
    })
  })
})

describe('an access key of one’s own', () => {
  const user = { username: 'new', apiKey: 'k', customerId: 1 }

  test('needs a secret key beside it', () => {
    const { mock } = setup()
    expect(() => mock.seed({ users: [{ ...user, accessKey: 'AK' }] })).toThrow('users.0.secretKey is missing')
    expect(() => mock.seed({ users: [{ ...user, secretKey: 'SK' }] })).toThrow('users.0.accessKey is missing')
  })

  test('is of one user alone', () => {
    const { mock } = setup()
    const taken = { ...user, accessKey: 'example_accessKey', secretKey: 'x' }
    expect(() => mock.seed({ users: [taken] })).toThrow('has the access key of new already')
    mock.seed({ users: [{ ...user, accessKey: 'one', secretKey: 'x' }] })
    mock.seed({ users: [{ ...user, accessKey: 'two', secretKey: 'x' }] })
    expect(() => mock.seed({ users: [{ ...user, username: 'other', accessKey: 'one', secretKey: 'x' }] })).not.toThrow()
  })
})
