import { describe, expect, test } from 'vitest'
import { basic, setup as setupClient, sign, type TestClient } from './test-client.ts'
import type { CdnProMockOptions } from './mock.ts'

// What the service's own hosts do otherwise than the gateway.

const setup = (options: CdnProMockOptions = {}): TestClient => setupClient({ door: 'native', ...options })
const version = '/cdn/certificates/9fddeb2fea3ed5b52d89d81d/versions/1'
const unknownUser = { username: 'nobody' }
const otherCustomer = { username: 'other_username', apiKey: 'other_apiKey' }
const notAuthenticated = '{"code":"AccessDenied","message":"Please enter valid credentials."}'

describe('an answer of the native door', () => {
  test('has an id of 16 digits of hex, and not that of the gateway', async () => {
    const { call } = setup()
    for (const path of [version, '/nowhere']) {
      const { headers } = await call(path)
      expect(headers.get('qtl-request-id')).toMatch(/^[0-9a-f]{16}$/)
      expect(headers.has('x-cnc-request-id')).toBe(false)
    }
  })

  test('to a new deployment task names the call as the task does', async () => {
    const { call } = setup()
    const actions = [{ action: 'deploy_cert', certificateId: '642c1dc50000000000000a04', version: 2 }]
    const { headers } = await call('/cdn/deploymentTasks', { method: 'POST', body: { target: 'staging', actions } })
    const task = await call(new URL(headers.get('location')!).pathname)
    expect(task.json).toMatchObject({ apiRequestId: headers.get('qtl-request-id') })
  })

  test.each([
    ['/nowhere', {}, 404, 'NotFound', 'The requested resource does not exist.'],
    [version, { method: 'PUT' }, 405, 'MethodNotAllowed', 'The request method is not supported.'],
    [
      '/cdn/certificates',
      { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) },
      413,
      'PayloadTooLarge',
      'The request body is too large.',
    ],
  ])('to %s is worded like those of the service', async (path, sending, status, code, message) => {
    const { call } = setup()
    expect(await call(path, sending)).toMatchObject({ status, text: JSON.stringify({ code, message }) })
  })
})

describe('the native door', () => {
  test.each([
    ['no credentials', { headers: { authorization: '' } }, 'authorization-malformed'],
    ['an unknown user', unknownUser, 'user-unknown'],
    ['a wrong key', { apiKey: 'wrong' }, 'key-wrong'],
    ['an old date', { date: 'Tue, 04 Apr 2023 12:00:00 GMT' }, 'date-skew: -3205 s'],
  ])('says the same to %s, and the journal knows better', async (_, sending, diagnosis) => {
    const { call } = setup()
    expect(await call(version, sending)).toMatchObject({ status: 403, text: notAuthenticated, diagnosis })
  })

  test('does not know x-cnc-date', async () => {
    const { mock, date } = setup()
    const headers = { 'x-cnc-date': date(), authorization: basic('example_username', sign('example_apiKey', date())) }
    const response = await mock.fetch(new Request(`https://ngapi.cdnetworks.com${version}`, { headers }))
    expect([response.status, mock.requests.at(-1)?.diagnosis]).toEqual([403, 'date-missing'])
  })

  test('can be opened and closed while the twin runs', async () => {
    const { call, mock } = setup()
    mock.configure({ door: 'gateway' })
    expect((await call(version)).headers.has('x-cnc-request-id')).toBe(true)
    mock.configure({ door: 'native' })
    expect((await call(version)).headers.has('qtl-request-id')).toBe(true)
  })
})

describe('the bucket of a customer', () => {
  const remaining = ({ headers }: { headers: Headers }): string | null => headers.get('x-rate-limit-remaining')

  test('takes 60 calls at once, then one each two seconds', async () => {
    const { call, clock } = setup()
    for (let left = 59; left >= 0; left--) expect(remaining(await call(version))).toBe(String(left))
    const refused = await call(version)
    expect(refused).toMatchObject({
      status: 429,
      text: '{"code":"TooManyRequests","message":"The API call quota has been exceeded."}',
      diagnosis: 'rate-limit',
    })
    expect(remaining(refused)).toBe('0')
    expect(refused.headers.get('x-rate-limit-retry-after-seconds')).toBe('2')
    clock.advance(1999)
    expect((await call(version)).headers.get('x-rate-limit-retry-after-seconds')).toBe('1')
    clock.advance(1)
    expect((await call(version)).status).toBe(200)
    expect((await call(version)).status).toBe(429)
  })

  test('is one for all its users and operations, and for what fails', async () => {
    const { call } = setup()
    expect(remaining(await call(version))).toBe('59')
    expect(remaining(await call(version, { username: 'readonly_username', apiKey: 'readonly_apiKey' }))).toBe('58')
    expect(remaining(await call('/cdn/certificates/642c1dc50000000000000a02'))).toBe('57')
    expect(remaining(await call('/nowhere'))).toBe('56')
    expect(remaining(await call('/cdn/certificates', { method: 'POST', body: '{' }))).toBe('55')
    expect(remaining(await call(version, otherCustomer))).toBe('59')
  })

  test('is not that of the address, which takes 30 calls of nobody and gets one a second', async () => {
    const { call, clock } = setup()
    for (let left = 29; left >= 0; left--) expect(remaining(await call(version, unknownUser))).toBe(String(left))
    const refused = await call(version, unknownUser)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('x-rate-limit-retry-after-seconds')).toBe('1')
    expect(remaining(await call(version))).toBe('59')
    const large = { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) }
    expect(await call('/cdn/certificates', large)).toMatchObject({ status: 429 })
    clock.advance(1000)
    expect(await call(version, unknownUser)).toMatchObject({ status: 403 })
  })

  test('can be another one, or none', async () => {
    const { call, mock } = setup({ rateLimits: [{ limit: 2, windowMs: 1000 }] })
    expect(remaining(await call(version))).toBe('1')
    mock.configure({ rateLimits: false })
    for (let count = 0; count < 70; count++) expect(remaining(await call(version))).toBe('60')
  })

  test('is full again after a reset', async () => {
    const { call, mock } = setup()
    for (let count = 0; count < 61; count++) await call(version)
    mock.reset()
    expect(remaining(await call(version))).toBe('59')
  })
})

describe('a reseller', () => {
  const list = '/cdn/deploymentTasks'

  test('can call for itself, and for nobody else', async () => {
    const { call } = setup()
    expect((await call(version, { headers: { 'On-Behalf-Of': '20001001' } })).status).toBe(200)
    expect(await call(version, { headers: { 'On-Behalf-Of': '20002002' } })).toMatchObject({
      status: 400,
      text: '{"code":"InvalidImpersonation","message":"The value of On-Behalf-Of is invalid."}',
      diagnosis: 'invalid-impersonation',
    })
  })

  test('can list its own, and the children that it has not', async () => {
    const { call } = setup()
    const count = async (range: string): Promise<unknown> =>
      ((await call(list, { headers: { 'Report-Range': range } })).json as { count: number }).count
    expect([await count('self-only'), await count('self+children'), await count('children-only')]).toEqual([3, 3, 0])
  })

  test('is told what a list can hold', async () => {
    const { call } = setup()
    const headers = { 'Report-Range': 'all' }
    expect(await call(list, { headers })).toMatchObject({
      status: 400,
      text: `{"code":"InvalidReportRange","message":"The value 'all' is invalid for Report-Range header. Only 'self-only', 'children-only' and 'self+children' are supported."}`,
    })
    expect((await call(version, { headers })).status).toBe(200)
  })

  test('is nobody at the gateway', async () => {
    const { call } = setup({ door: 'gateway' })
    const headers = { 'On-Behalf-Of': 'x', 'Report-Range': 'children-only' }
    expect((await call(list, { headers })).json).toMatchObject({ count: 3 })
  })
})
