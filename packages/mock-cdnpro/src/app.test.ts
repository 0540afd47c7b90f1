import { describe, expect, test } from 'vitest'
import { basic, setup } from './test-client.ts'

const version = '/cdn/certificates/9fddeb2fea3ed5b52d89d81d/versions/1'
const gateway = (result: string): string => `{"status":0,"result":"${result}"}`

describe('the order of the checks', () => {
  const large = 'x'.repeat(1024 * 1024 + 1)
  const badSignature = { authorization: basic('example_username', 'wrong') }

  test('a body over 1 MiB is refused before the signature is looked at', async () => {
    const { call } = setup()
    const answer = await call('/cdn/certificates', { method: 'POST', body: large, headers: badSignature })
    expect(answer).toMatchObject({
      status: 413,
      text: gateway('The request body is too large.'),
      diagnosis: 'body-too-large',
    })
  })

  test('a body of 1 MiB is not too large', async () => {
    const { call } = setup()
    const answer = await call('/cdn/certificates', { method: 'POST', body: 'x'.repeat(1024 * 1024) })
    expect(answer).toMatchObject({ status: 400, diagnosis: 'body-not-json-object' })
  })

  test('a wrong signature is refused before the route is looked at', async () => {
    const { call } = setup()
    expect(await call('/nowhere', { headers: badSignature })).toMatchObject({ status: 401, diagnosis: 'key-wrong' })
  })

  test('an unknown route and a wrong method are told apart before permissions count', async () => {
    const { call } = setup()
    const readonly = { username: 'readonly_username', apiKey: 'readonly_apiKey' }
    expect((await call('/nowhere', { ...readonly, method: 'POST' })).status).toBe(404)
    expect((await call(version, { ...readonly, method: 'POST' })).status).toBe(405)
  })

  test('a missing permission is told before the body is read', async () => {
    const { call } = setup()
    const answer = await call('/cdn/certificates', {
      method: 'POST',
      body: '{',
      username: 'readonly_username',
      apiKey: 'readonly_apiKey',
    })
    expect(answer).toMatchObject({ status: 403, diagnosis: 'account-read-only' })
  })

  test('a wrong media type is told before the syntax of the body', async () => {
    const { call } = setup()
    const answer = await call('/cdn/certificates', {
      method: 'POST',
      body: '{',
      headers: { 'content-type': 'text/xml' },
    })
    expect(answer.status).toBe(415)
  })

  test('a body that is no JSON is told before the certificate is looked for', async () => {
    const { call } = setup()
    const unknown = '/cdn/certificates/000000000000000000000000'
    expect((await call(unknown, { method: 'PATCH', body: '[]' })).status).toBe(400)
    expect((await call(unknown, { method: 'PATCH', body: { name: 5 } })).status).toBe(400)
    expect((await call(unknown, { method: 'PATCH', body: { name: '' } })).status).toBe(404)
  })
})

test.each([
  ['GET', '/'],
  ['GET', '/cdn'],
  ['GET', '/cdn/certificates/'],
  ['GET', `${version}/`],
  ['GET', '/cdn/certificates/9fddeb2fea3ed5b52d89d81d/versions'],
  ['GET', '/CDN/certificates/9fddeb2fea3ed5b52d89d81d'],
  ['POST', '/cdn/deploymentTasks/'],
  ['OPTIONS', '/nowhere'],
])('%s %s is an unknown route', async (method, path) => {
  const { call } = setup()
  const answer = await call(path, { method })
  expect(answer).toMatchObject({
    status: 404,
    text: gateway('The requested API does not exist.'),
    diagnosis: 'unknown-route',
  })
})

test.each([
  ['DELETE', version, 'GET'],
  ['OPTIONS', version, 'GET'],
  ['PUT', '/cdn/certificates/9fddeb2fea3ed5b52d89d81d', 'GET, DELETE, PATCH'],
  ['PUT', '/cdn/certificates', 'GET, POST'],
  ['PUT', '/cdn/deploymentTasks', 'GET, POST'],
])('%s %s is a wrong method, and %s would be right', async (method, path, allow) => {
  const { call } = setup()
  const answer = await call(path, { method })
  expect(answer).toMatchObject({
    status: 405,
    text: gateway('The request method is not supported.'),
    diagnosis: 'wrong-method',
  })
  expect(answer.headers.get('allow')).toBe(allow)
})

test('HEAD is a wrong method too', async () => {
  const { call } = setup()
  expect(await call(version, { method: 'HEAD' })).toMatchObject({ status: 405, text: '', diagnosis: 'wrong-method' })
})

describe('an account', () => {
  test('without the service has the right signature and is refused', async () => {
    const { call } = setup()
    const answer = await call(version, { username: 'unprovisioned_username', apiKey: 'unprovisioned_apiKey' })
    expect(answer).toMatchObject({
      status: 403,
      text: '{"code":"AccessDenied","message":"Please enter valid credentials."}',
      diagnosis: 'account-not-provisioned',
    })
  })

  test('that may only read can read', async () => {
    const { call } = setup()
    expect((await call(version, { username: 'readonly_username', apiKey: 'readonly_apiKey' })).status).toBe(200)
  })

  test.each([
    ['POST', '/cdn/certificates'],
    ['PATCH', '/cdn/certificates/642c1dc50000000000000a02'],
    ['POST', '/cdn/deploymentTasks'],
  ])('that may only read cannot %s %s', async (method, path) => {
    const { call } = setup()
    const answer = await call(path, { method, body: {}, username: 'readonly_username', apiKey: 'readonly_apiKey' })
    expect(answer).toMatchObject({
      status: 403,
      text: '{"code":"AccessDenied","message":"This user is not allowed to perform this request."}',
      diagnosis: 'account-read-only',
    })
  })
})

describe('the rate limit', () => {
  test('lets 300 calls in five minutes pass, and the next one when the first is five minutes old', async () => {
    const { call, clock, date } = setup()
    expect((await call(version)).status).toBe(200)
    clock.advance(1000)
    for (let count = 2; count <= 300; count++) expect((await call(version)).status).toBe(200)
    const refused = await call(version)
    expect(refused).toMatchObject({
      status: 429,
      text: gateway('The number of API requests exceeds the limit.'),
      diagnosis: 'rate-limit',
    })
    expect(refused.headers.has('retry-after')).toBe(false)
    clock.advance(298_999)
    expect((await call(version)).status).toBe(429)
    clock.advance(1)
    expect((await call(version, { date: date() })).status).toBe(200)
    expect((await call(version)).status).toBe(429)
  })

  test('counts for each operation and each user', async () => {
    const { call } = setup()
    for (let count = 1; count <= 301; count++) await call(version)
    expect((await call(version)).status).toBe(429)
    expect((await call('/cdn/certificates/9fddeb2fea3ed5b52d89d81d')).status).toBe(200)
    expect((await call(version, { username: 'readonly_username', apiKey: 'readonly_apiKey' })).status).toBe(200)
  })

  test('counts calls that failed, but none with a wrong signature and none to unknown routes', async () => {
    const { call } = setup()
    for (let count = 1; count <= 301; count++) await call(version, { apiKey: 'wrong' })
    for (let count = 1; count <= 301; count++) expect((await call('/nowhere')).status).toBe(404)
    for (let count = 1; count <= 300; count++) expect((await call('/cdn/certificates/x/versions/1')).status).toBe(404)
    expect((await call(version)).status).toBe(429)
  })
})

test('a query is ignored, and the journal names its parameters', async () => {
  const { call } = setup()
  expect(await call(`${version}?pretty=1&x`)).toMatchObject({ status: 200, diagnosis: 'unknown-query: pretty, x' })
})

test('a failure of the twin itself is the 500 of the vendor, without a trace of the cause', async () => {
  let isRunning = false
  const window = {
    limit: 1,
    get windowMs(): number {
      if (isRunning) throw new Error('A secret of the inside.')
      return 1000
    },
  }
  const told: unknown[] = []
  const { call, last } = setup({ rateLimits: [window], onError: (error) => told.push(error) })
  isRunning = true
  await call(version) // only from the second call on the limiter looks at the window
  expect(await call(version)).toMatchObject({
    status: 500,
    text: '{"code":"InternalError","message":"Internal error."}',
  })
  expect(last()?.diagnosis).toBe('internal-error')
  expect(told).toEqual([new Error('A secret of the inside.')])
})
