import { describe, expect, test } from 'vitest'
import { errorsOf, sampleBody, setup, start } from './test-world.ts'

const list = '/order/certificate/112233/duplicate'
const noRoute = 'not_found|route ~ The specified route was not found.'

describe('routes', () => {
  test.each([
    ['GET', '/nowhere', 'path-unknown'],
    ['GET', '', 'path-unknown'],
    ['GET', '/order/certificate/112233/shoes', 'path-unknown'],
    ['GET', `${list}/`, 'path-unknown'],
    ['DELETE', list, 'method-unknown'],
    ['PUT', list, 'method-unknown'],
    ['POST', '/request/199/status', 'method-unknown'],
    ['GET', '/request/199/status', 'method-unknown'],
    ['HEAD', '/request/199/status', 'method-unknown'],
    ['OPTIONS', list, 'method-unknown'],
  ])('%s %s is unknown: %s', async (method, path, reason) => {
    const { call, diagnosis } = setup()
    const answer = await call(method, path)
    expect(answer.status).toBe(404)
    expect(errorsOf(answer)).toEqual(method === 'HEAD' ? [] : [noRoute])
    expect(diagnosis()).toBe(reason)
  })

  test.each([
    'https://www.digicert.com/',
    'https://www.digicert.com/services/v20/x',
    'https://certcentral.digicert.eu/services',
  ])('%s is outside, key or not', async (url) => {
    const { mock } = setup()
    const response = await mock.fetch(new Request(url))
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({ errors: [{ code: 'not_found', message: 'Not found.' }] })
    expect(mock.requests).toMatchObject([{ operation: undefined, status: 404, diagnosis: 'prefix-unknown' }])
  })

  test.each(['0', '-1', '1.5', 'x', '112233x', '1e5', '9007199254740993', '99999999999999999999', '%zz', '%00'])(
    'order %s is unknown',
    async (id) => {
      const { call, diagnosis } = setup()
      const answer = await call('GET', `/order/certificate/${id}/duplicate`)
      expect(answer.status).toBe(404)
      expect(errorsOf(answer)).toEqual(['not_found|order ~ The specified order was not found.'])
      expect(diagnosis()).toBe('order-unknown')
    },
  )
})

describe('Accept', () => {
  test.each(['*/*', 'application/*', 'application/json', 'text/html, */*;q=0.1', 'Application/JSON;q=0.5', ','])(
    '%j admits JSON',
    async (accept) => {
      const { call } = setup()
      expect((await call('GET', list, undefined, { headers: { Accept: accept } })).status).toBe(200)
    },
  )

  test.each([
    'text/html',
    'application/xml',
    'text/csv',
    'application/json;q=0',
    'application/json;q=0, */*',
    'garbage',
  ])('%j does not', async (accept) => {
    const { call, diagnosis } = setup()
    const answer = await call('GET', list, undefined, { headers: { Accept: accept } })
    expect(answer.status).toBe(406)
    expect(answer.headers.get('Content-Type')).toBe('application/json')
    expect(errorsOf(answer)).toEqual(['not_acceptable ~ The requested content type is not acceptable.'])
    expect(diagnosis()).toBe('not-acceptable')
  })
})

describe('the type of a body', () => {
  const post = (
    type: string,
    body: string = JSON.stringify(sampleBody()),
  ): ReturnType<ReturnType<typeof setup>['call']> =>
    setup().call('POST', list, body, { headers: { 'Content-Type': type } })

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    'application/vnd.api+json',
    '',
  ])('%j is taken', async (type) => {
    expect((await post(type)).status).toBe(201)
  })

  test.each(['application/x-www-form-urlencoded', 'text/plain;charset=UTF-8'])(
    '%s is taken when it holds JSON, and the journal notes it',
    async (type) => {
      const { call, diagnosis } = setup()
      const headers = { 'Content-Type': type }
      expect((await call('POST', list, JSON.stringify(sampleBody()), { headers })).status).toBe(201)
      expect(diagnosis()).toBe('content-type-tolerated')
    },
  )

  test.each([
    ['application/xml', '<certificate/>'],
    ['application/xml', JSON.stringify(sampleBody())],
    ['text/plain', 'garbage'],
    ['application/x-www-form-urlencoded', 'certificate=1'],
    ['multipart/form-data', JSON.stringify(sampleBody())],
    ['garbage', JSON.stringify(sampleBody())],
  ])('%s with %s is refused', async (type, body) => {
    const answer = await post(type, body)
    expect(answer.status).toBe(415)
    expect(errorsOf(answer)).toEqual(['unsupported_content_type ~ The content type of the request is not supported.'])
  })

  test('of an empty body is not looked at', async () => {
    expect(errorsOf(await post('application/xml', ''))).toEqual([
      'bad_request_format ~ The request body could not be parsed.',
    ])
  })

  test('of a GET is not looked at', async () => {
    const { call } = setup()
    expect((await call('GET', list, undefined, { headers: { 'Content-Type': 'application/xml' } })).status).toBe(200)
  })
})

describe('the size of a body', () => {
  const padded = (bytes: number): string => {
    const text = JSON.stringify(sampleBody())
    return text + ' '.repeat(bytes - text.length)
  }

  test('of 1 MiB is taken', async () => {
    const { call } = setup()
    expect((await call('POST', list, padded(1_048_576))).status).toBe(201)
  })

  test('of one byte more is refused', async () => {
    const { call, diagnosis } = setup()
    const answer = await call('POST', list, padded(1_048_577))
    expect(answer.status).toBe(413)
    expect(errorsOf(answer)).toEqual(['request_too_large ~ The request body is too large.'])
    expect(diagnosis()).toBe('body-too-large')
  })
})

describe('the order of checks', () => {
  test('is rate, route, Accept, permission, size, type, syntax, resource, members', async () => {
    const { call } = setup({ rateLimits: [{ limit: 9, windowMs: 1000 }] })
    const html = { Accept: 'text/html', 'Content-Type': 'application/xml' }
    const xml = { 'Content-Type': 'application/xml' }
    const viewOnly = { apiKey: 'MOCKKEYVIEWONLY' }
    const unknown = '/order/certificate/1/duplicate'
    const large = 'x'.repeat(1_100_000)
    const statuses = [
      await call('POST', '/nowhere', large, { ...viewOnly, headers: html }),
      await call('POST', unknown, large, { ...viewOnly, headers: html }),
      await call('POST', unknown, large, { ...viewOnly, headers: xml }),
      await call('POST', unknown, large, { headers: xml }),
      await call('POST', unknown, 'x', { headers: xml }),
      await call('POST', unknown, 'x'),
      await call('POST', unknown, {}),
      await call('POST', list, {}),
    ].map((answer) => `${answer.status} ${errorsOf(answer)[0]?.split(' ~ ')[0]}`)
    expect(statuses).toEqual([
      '404 not_found|route',
      '406 not_acceptable',
      '403 access_denied|missing_permission',
      '413 request_too_large',
      '415 unsupported_content_type',
      '400 bad_request_format',
      '404 not_found|order',
      '400 required_param:certificate',
    ])
  })
})

describe('response headers', () => {
  const common = {
    'cache-control': 'private,no-cache',
    vary: 'Accept-Encoding',
    'x-xss-protection': '1; mode=block',
    'x-frame-options': 'SAMEORIGIN',
    'x-content-type-options': 'nosniff',
    'strict-transport-security': 'max-age=31536000',
    date: new Date(start).toUTCString(),
  }

  test('are the vendor’s, and no more, on a 201 and on refusals', async () => {
    const { duplicate } = setup()
    const expected = { ...common, 'content-type': 'application/json' }
    expect(Object.fromEntries((await duplicate()).headers)).toEqual(expected)
    expect(Object.fromEntries((await duplicate({ csr: 'x' })).headers)).toEqual(expected)
    expect(Object.fromEntries((await duplicate({}, 112233, { apiKey: 'x' })).headers)).toEqual(expected)
  })

  test('of a 204 name no content', async () => {
    const { call } = setup()
    const answer = await call('PUT', '/request/199/status', { status: 'pending' })
    expect(Object.fromEntries(answer.headers)).toEqual(common)
  })

  test('of a read tell the version and the time', async () => {
    const { call, duplicate } = setup()
    const before = await call('GET', list)
    expect(before.headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/)
    expect(before.headers.get('last-modified')).toBe(common.date)
    await duplicate()
    expect((await call('GET', list)).headers.get('etag')).not.toBe(before.headers.get('etag'))
  })

  test('of a read do not lead to a 304', async () => {
    const { call } = setup()
    const headers = { 'If-None-Match': (await call('GET', list)).headers.get('etag') ?? '' }
    expect((await call('GET', list, undefined, { headers })).status).toBe(200)
  })

  test('of HEAD are those of GET, without a body', async () => {
    const { call, mock } = setup()
    const [get, head] = [await call('GET', list), await call('HEAD', list)]
    expect(head.text).toBe('')
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(get.headers))
    expect(mock.requests.map(({ operation }) => operation)).toEqual(['listDuplicates', 'listDuplicates'])
  })
})
