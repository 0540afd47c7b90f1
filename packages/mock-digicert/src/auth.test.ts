import { describe, expect, test } from 'vitest'
import { errorsOf, sampleBody, setup } from './test-world.ts'

const invalidKey = 'access_denied|access_denied_invalid_key ~ Access denied due to access_denied_invalid_key.'
const noPermission = 'access_denied|missing_permission ~ Access denied due to missing_permission.'

const operations = [
  ['requestDuplicate', 'POST', '/order/certificate/112233/duplicate', sampleBody()],
  ['listDuplicates', 'GET', '/order/certificate/112233/duplicate', undefined],
  ['updateRequestStatus', 'PUT', '/request/199/status', { status: 'pending' }],
  ['downloadCertificate', 'GET', '/certificate/100303/download/format/pem_all', undefined],
] as const

describe('a key that is not known', () => {
  test.each([
    ['', 'key-missing'],
    ['MOCKKEYNOBODY', 'key-unknown'],
    ['mockkeyadmin', 'key-unknown'],
    ['MOCKKEYADMIN0', 'key-unknown'],
    ['constructor', 'key-unknown'],
  ])('%j is refused everywhere: %s', async (apiKey, reason) => {
    for (const [, method, path, body] of operations) {
      const { call, diagnosis } = setup()
      const answer = await call(method, path, body, { apiKey })
      expect(answer.status).toBe(403)
      expect(errorsOf(answer)).toEqual([invalidKey])
      expect(diagnosis()).toBe(reason)
    }
  })

  test('is refused before anything else is looked at', async () => {
    const { call } = setup()
    const headers = { Accept: 'text/html', 'Content-Type': 'application/xml' }
    const answer = await call('POST', '/nowhere', 'x'.repeat(2_000_000), { apiKey: 'no', headers })
    expect(errorsOf(answer)).toEqual([invalidKey])
  })

  test('never appears in the journal or the answer', async () => {
    const { call, mock } = setup()
    const apiKey = 'A-VERY-SECRET-KEY'
    const answer = await call('POST', '/order/certificate/112233/duplicate', sampleBody({ csr: apiKey }), { apiKey })
    expect(answer.text).not.toContain(apiKey)
    expect(JSON.stringify(mock.requests)).not.toContain(apiKey)
    expect(mock.requests).toMatchObject([{ operation: 'requestDuplicate', status: 403, diagnosis: 'key-unknown' }])
  })
})

describe('what a key may do', () => {
  test.each([
    ['MOCKKEYADMIN', [201, 200, 204, 200]],
    ['MOCKKEYMANAGER', [201, 200, 204, 200]],
    ['MOCKKEYSTANDARD', [201, 200, 403, 200]],
    ['MOCKKEYVIEWONLY', [403, 200, 403, 200]],
    ['MOCKKEYUSERS', [403, 403, 403, 403]],
    ['MOCKKEYAPPROVAL', [404, 404, 404, 404]],
    ['MOCKKEYFAST', [201, 200, 204, 200]],
  ])('%s', async (apiKey, expected) => {
    const { call } = setup()
    const statuses: number[] = []
    for (const [, method, path, body] of operations) statuses.push((await call(method, path, body, { apiKey })).status)
    expect(statuses).toEqual(expected)
  })

  test('a key for reading may not write', async () => {
    const { call, diagnosis } = setup()
    const answer = await call('PUT', '/request/199/status', { status: 'approved' }, { apiKey: 'MOCKKEYVIEWONLY' })
    expect(answer.status).toBe(403)
    expect(errorsOf(answer)).toEqual([noPermission])
    expect(diagnosis()).toBe('permission-missing')
  })

  test('a key for users may not even read orders', async () => {
    const { call } = setup()
    const options = { apiKey: 'MOCKKEYUSERS' }
    expect(errorsOf(await call('GET', '/order/certificate/112233/duplicate', undefined, options))).toEqual([
      noPermission,
    ])
  })

  test('a key for reading may use HEAD', async () => {
    const { call } = setup()
    const path = '/order/certificate/112233/duplicate'
    expect((await call('HEAD', path, undefined, { apiKey: 'MOCKKEYVIEWONLY' })).status).toBe(200)
  })
})

describe('accounts', () => {
  const strangers = [
    ['GET', '/order/certificate/200001/duplicate', undefined, 'not_found|order ~ The specified order was not found.'],
    [
      'POST',
      '/order/certificate/200001/duplicate',
      sampleBody(),
      'not_found|order ~ The specified order was not found.',
    ],
    [
      'GET',
      '/certificate/200101/download/format/pem_all',
      undefined,
      'not_found|certificate ~ The specified certificate was not found.',
    ],
    ['PUT', '/request/117/status', { status: 'rejected' }, 'not_found|request ~ The specified request was not found.'],
  ] as const

  test.each(strangers)('another account’s %s %s is not found', async (method, path, body, expected) => {
    const { call, diagnosis } = setup()
    const answer = await call(method, path, body)
    expect(answer.status).toBe(404)
    expect(errorsOf(answer)).toEqual([expected])
    expect(diagnosis()).toMatch(/-of-other-account$/)
  })

  test.each(strangers)('one’s own %s %s is found', async (method, path, body) => {
    const { call } = setup()
    expect((await call(method, path, body, { apiKey: 'MOCKKEYAPPROVAL' })).status).not.toBe(404)
  })

  test('a request of one account cannot be decided by another', async () => {
    const { duplicate, call } = setup()
    await duplicate()
    const options = { apiKey: 'MOCKKEYAPPROVAL' }
    expect((await call('PUT', '/request/332211/status', { status: 'approved' }, options)).status).toBe(404)
    expect((await call('PUT', '/request/332211/status', { status: 'approved' })).status).toBe(204)
  })
})
