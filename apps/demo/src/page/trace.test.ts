import type { Fetch } from '@certtwin/core'
import { expect, it } from 'vitest'
import { type Exchange, withTrace } from './trace.ts'

function setup(fetch: Fetch): { readonly traced: Fetch; readonly exchanges: Exchange[] } {
  const exchanges: Exchange[] = []
  const record = (exchange: Exchange): void => void exchanges.push(exchange)
  return { traced: withTrace(fetch, { service: 'CDN Pro', secrets: ['canary'], record }), exchanges }
}

function post(body: string): Request {
  return new Request('http://127.0.0.1/cdn/things?x=1', { method: 'POST', body, headers: { 'X-DC-DEVKEY': 'canary' } })
}

it('records a request with its answer and leaves both readable', async () => {
  const { traced, exchanges } = setup(async (request) => new Response(await request.text(), { status: 201 }))
  const response = await traced(post('{"a":1}'))
  expect(await response.text()).toBe('{"a":1}')
  expect(exchanges).toEqual([
    {
      service: 'CDN Pro',
      method: 'POST',
      path: '/cdn/things?x=1',
      status: 201,
      durationMs: expect.any(Number),
      requestBody: '{\n  "a": 1\n}',
      responseBody: '{\n  "a": 1\n}',
    },
  ])
})

it('records neither headers nor secrets, not even those that an answer repeats', async () => {
  const { traced, exchanges } = setup(async () => Response.json({ error: 'canary is no key' }, { status: 403 }))
  await traced(post('{"privateKey":"canary"}'))
  expect(exchanges).toHaveLength(1)
  expect(JSON.stringify(exchanges)).not.toContain('canary')
})

it('records a request that got no answer, and throws what was thrown', async () => {
  const { traced, exchanges } = setup(async () => {
    throw new TypeError('fetch failed')
  })
  await expect(traced(post(''))).rejects.toThrow(new TypeError('fetch failed'))
  expect(exchanges[0]).toMatchObject({ status: undefined, responseBody: '' })
})

it('hands on an answer whose body breaks off', async () => {
  const broken = new ReadableStream({ start: (controller) => controller.error(new TypeError('terminated')) })
  const { traced, exchanges } = setup(async () => new Response(broken))
  const response = await traced(post(''))
  await expect(response.text()).rejects.toThrow('terminated')
  expect(exchanges[0]).toMatchObject({ status: 200, responseBody: '' })
})
