import { describe, expect, it } from 'vitest'
import { createDigicertClient } from '../digicert/client.ts'
import type { Fetch } from '../fetch.ts'
import { canary } from '../test-client.ts'
import { openTelemetryHooks, type TracerLike } from './hooks.ts'

interface Recorded {
  readonly name: string
  readonly kind: number
  readonly attributes: Record<string, string | number>
  status?: number
  ended: number
}

/** A tracer that keeps its spans. */
function setup(fetch: Fetch) {
  const spans: Recorded[] = []
  const tracer: TracerLike = {
    startSpan(name, { kind, attributes }) {
      const span: Recorded = { name, kind, attributes: { ...attributes }, ended: 0 }
      spans.push(span)
      return {
        setAttributes: (more) => Object.assign(span.attributes, more),
        setStatus: ({ code }) => (span.status = code),
        end: () => void span.ended++,
      }
    },
  }
  const client = createDigicertClient({
    apiKey: canary,
    baseUrl: 'http://127.0.0.1:4010/services/v2',
    fetch,
    hooks: openTelemetryHooks(tracer),
    retry: { baseMs: 0 },
  })
  return { spans, client }
}

const request = {
  'http.request.method': 'GET',
  'url.full': 'http://127.0.0.1:4010/services/v2/order/certificate/1/duplicate',
  'server.address': '127.0.0.1',
  'server.port': 4010,
  'certtwin.operation': 'listDuplicates',
}

describe('the spans of a call', () => {
  it('are one for each attempt, and end with it', async () => {
    let calls = 0
    const { spans, client } = setup(async () => {
      if (++calls === 1) throw new TypeError('terminated')
      return new Response('{}', { status: calls === 2 ? 500 : 200 })
    })
    await client.duplicates.list(1)
    expect(spans).toEqual([
      { name: 'GET', kind: 2, ended: 1, status: 2, attributes: { ...request, 'error.type': 'network' } },
      {
        name: 'GET',
        kind: 2,
        ended: 1,
        status: 2,
        attributes: {
          ...request,
          'http.request.resend_count': 1,
          'http.response.status_code': 500,
          'error.type': '500',
        },
      },
      {
        name: 'GET',
        kind: 2,
        ended: 1,
        attributes: { ...request, 'http.request.resend_count': 2, 'http.response.status_code': 200 },
      },
    ])
  })

  it('end with their call where no answer came', async () => {
    const { spans, client } = setup(async () => {
      throw new TypeError('terminated')
    })
    await client.orders.revoke(1).catch(() => undefined)
    expect(spans).toMatchObject([{ ended: 1, status: 2, attributes: { 'error.type': 'network' } }])
  })

  it('of calls side by side do not mix', async () => {
    const { spans, client } = setup(async ({ url }) => {
      await new Promise(setImmediate)
      return new Response('{}', { status: url.includes('/2/') ? 404 : 200 })
    })
    await Promise.allSettled([1, 2, 3].map((id) => client.duplicates.list(id)))
    const statuses = spans.map(({ attributes }) => [attributes['url.full'], attributes['http.response.status_code']])
    expect(statuses).toEqual([1, 2, 3].map((id) => [expect.stringContaining(`/${id}/`), id === 2 ? 404 : 200]))
    expect(spans.every(({ ended }) => ended === 1)).toBe(true)
  })

  it('say the port of a scheme, and nothing secret', async () => {
    const { spans, client } = setup(async () => new Response('{}', { status: 404 }))
    await client.products.get(canary).catch(() => undefined)
    const text = JSON.stringify(spans)
    expect(text).toContain('***')
    for (const form of [canary, encodeURIComponent(canary)]) expect(text).not.toContain(form)
  })
})
