import { get } from 'node:http'
import { describe, expect, test } from 'vitest'
import { createDigicertMock } from './mock.ts'
import { operations } from './operations.generated.ts'
import { errorsOf, member, setup, start } from './test-world.ts'

describe('the twin', () => {
  test('needs no options', async () => {
    const mock = createDigicertMock()
    const response = await mock.fetch(
      new Request('https://certcentral.digicert.eu/services/v2/order/certificate/100001/duplicate', {
        headers: { 'X-DC-DEVKEY': mock.accounts[0].apiKey },
      }),
    )
    expect(response.status).toBe(200)
  })

  test('names its keys, the first of which may do everything', () => {
    const { mock } = setup()
    expect(mock.accounts[0]).toEqual({
      apiKey: 'MOCKKEYADMIN',
      user: 125039,
      role: 'administrator',
      restriction: 0,
      account: 112234,
    })
    expect(mock.accounts.map(({ apiKey }) => apiKey)).toEqual([
      'MOCKKEYADMIN',
      'MOCKKEYMANAGER',
      'MOCKKEYSTANDARD',
      'MOCKKEYVIEWONLY',
      'MOCKKEYUSERS',
      'MOCKKEYAPPROVAL',
      'MOCKKEYFAST',
    ])
  })

  test('serves every operation of the document', () => {
    const { mock } = setup()
    // A route may say of a parameter what it takes.
    const served = mock.routes.map(({ method, path }) => `${method} ${path.replaceAll(/\{[^}]*\}/g, '')}`)
    const promised = operations.map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`)
    expect(served).toEqual(expect.arrayContaining(promised))
  })

  test('keeps a journal', async () => {
    const { mock, duplicate, call } = setup()
    await duplicate()
    await duplicate({ csr: 'x', signature_hash: 'x' })
    await call('GET', '/nowhere')
    expect(mock.requests).toMatchObject([
      { operation: 'requestDuplicate', status: 201, diagnosis: undefined },
      { operation: 'requestDuplicate', status: 400, diagnosis: 'csr-unparsable' },
      { operation: undefined, status: 404, diagnosis: 'path-unknown' },
    ])
  })

  test('does the same for the same seed, clock and calls', async () => {
    const run = async ({ duplicate, call }: ReturnType<typeof setup>): Promise<string[]> => [
      (await duplicate({ common_name: 'www.digicert.com', dns_names: [] }, 1234567)).text,
      (await call('GET', '/order/certificate/100004/duplicate')).text,
    ]
    expect(await run(setup())).toEqual(await run(setup()))
    expect(await run(setup({ seed: 'another' }))).not.toEqual(await run(setup()))
  })

  test('shares nothing with another one', async () => {
    const [one, other] = [setup(), setup()]
    await one.duplicate()
    expect((await other.call('GET', '/order/certificate/112233/duplicate')).text).toBe('{}')
    expect(other.mock.requests).toHaveLength(1)
  })

  test('listens on loopback and spells header names as the vendor does', async () => {
    const { mock } = setup()
    const server = await mock.listen()
    const names = await new Promise<string[]>((resolve) => {
      const headers = { 'X-DC-DEVKEY': 'MOCKKEYADMIN' }
      get(`${server.url}/services/v2/order/certificate/100001/duplicate`, { headers }, (response) => {
        response.resume()
        resolve(response.rawHeaders.filter((_, index) => index % 2 === 0))
      })
    })
    await server.close()
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`)
    expect(names).toEqual(expect.arrayContaining(['Content-Type', 'Date', 'cache-control', 'vary']))
  })
})

describe('reset', () => {
  test('brings the seeds, the ids and an empty journal back, and leaves the clock', async () => {
    const { mock, duplicate, call, clock } = setup()
    await duplicate()
    await call('PUT', '/request/199/status', { status: 'rejected' })
    clock.advance(1000)
    mock.reset()
    expect(mock.requests).toEqual([])
    expect((await duplicate()).text).toBe('{"id":112233,"requests":[{"id":332211}]}')
    const pending = await call('GET', '/order/certificate/100004/duplicate')
    expect(member(pending, 'certificates', 0, 'status')).toBe('pending')
    expect(mock.clock.now()).toBe(Date.parse(start) + 1000)
  })

  test('counts the dates of the seeds from now', async () => {
    const { mock, clock, duplicate } = setup()
    clock.set(Date.parse('2031-01-01T00:00:00Z'))
    expect(errorsOf(await duplicate())).toEqual(['order_is_expired ~ The order is expired.'])
    mock.reset()
    expect((await duplicate()).status).toBe(201)
  })
})

test('a fault of the twin is a 500 in the vendor’s envelope that tells nothing', async () => {
  const failure = new Error('A secret of the inside.')
  let isRunning = false
  const window = {
    limit: 1,
    get windowMs(): number {
      if (isRunning) throw failure
      return 1000
    },
  }
  const told: unknown[] = []
  const mock = createDigicertMock({ rateLimits: [window], onError: (error) => told.push(error) })
  const request = new Request('https://www.digicert.com/services/v2/order/certificate/100001/duplicate', {
    headers: { 'X-DC-DEVKEY': 'MOCKKEYADMIN' },
  })
  isRunning = true
  await mock.fetch(request) // only from the second call on the limiter looks at the window
  const response = await mock.fetch(request)
  expect(response.status).toBe(500)
  expect(await response.text()).toBe('{"errors":[{"code":"internal_error","message":"An unexpected error occurred."}]}')
  expect(mock.requests[1]?.diagnosis).toBe('internal-error')
  expect(told).toEqual([failure])
})

test('options of another kind are refused in a sentence', () => {
  for (const rateLimits of [{}, 'on', 5, null])
    expect(() => createDigicertMock({ rateLimits: rateLimits as unknown as boolean })).toThrow(
      /^The options cannot be read: /,
    )
})
