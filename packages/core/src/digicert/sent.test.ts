import { describe, expect, it } from 'vitest'
import type { Fetch } from '../fetch.ts'
import { answering, digicert, errorOf } from '../test-client.ts'
import type { CallOptions } from '../transport/options.ts'
import type { DigicertClient } from './client.ts'

// What goes out for what is asked: paths, queries and bodies, to the last member.

const certificate = { common_name: 'example.com', csr: 'csr', signature_hash: 'sha256' }
const order = { certificate, organization: { id: 5 }, validity_years: 1 }

type Ask = (client: DigicertClient, options: CallOptions) => Promise<unknown> | AsyncIterable<unknown>

const asks: readonly (readonly [sent: string, body: unknown, ask: Ask])[] = [
  ['POST /order/certificate/ssl_basic', order, ({ orders }, options) => orders.place('ssl_basic', order, options)],
  [
    'POST /order/certificate/7/reissue',
    { certificate },
    ({ orders }, options) => orders.reissue(7, { certificate }, options),
  ],
  [
    'POST /order/certificate/7/duplicate',
    { certificate, comments: 'a' },
    ({ duplicates }, options) => duplicates.create(7, { certificate, comments: 'a' }, options),
  ],
  ['PUT /order/certificate/7/revoke', {}, ({ orders }, options) => orders.revoke(7, options)],
  [
    'PUT /order/certificate/7/revoke',
    { comments: 'a', revocation_reason: 'superseded', skip_approval: true },
    ({ orders }, options) => orders.revoke(7, { comments: 'a', reason: 'superseded', skipApproval: true, ...options }),
  ],
  [
    'PUT /certificate/0A/revoke',
    { comments: '', revocation_reason: 'other', skip_approval: false },
    ({ certificates }, options) =>
      certificates.revoke('0A', { comments: '', reason: 'other', skipApproval: false, ...options }),
  ],
  [
    'PUT /order/certificate/7/status',
    { status: 'canceled', note: 'a' },
    ({ orders }, options) => orders.cancel(7, 'a', options),
  ],
  ['PUT /request/7/status', { status: 'approved' }, ({ requests }, options) => requests.approve(7, options)],
  [
    'PUT /request/7/status',
    { status: 'rejected', processor_comment: 'a' },
    ({ requests }, options) => requests.reject(7, { comment: 'a', ...options }),
  ],
  ['PUT /certificate/7/archive', undefined, ({ certificates }, options) => certificates.archive(7, options)],
  [
    'GET /order/certificate?filters[status]=issued&filters[search]=%a&b&sort=-id,status&limit=2',
    undefined,
    ({ orders }, options) =>
      orders.list({ filters: { status: 'issued', search: '%a&b' }, sort: '-id,status', pageSize: 2, ...options }),
  ],
  [
    'GET /request?filters[type]=revoke&sort=-id',
    undefined,
    ({ requests }, options) => requests.list({ filters: { type: 'revoke' }, sort: '-id', ...options }),
  ],
  [
    'GET /order/certificate/status-changes?seconds=9',
    undefined,
    ({ orders }, options) => orders.statusChanges({ seconds: 9 }, options),
  ],
  [
    'GET /order/certificate/status-changes?filters[status_last_updated]=2023-04-01...2023-04-02',
    undefined,
    ({ orders }, options) => orders.statusChanges({ from: '2023-04-01', to: '2023-04-02' }, options),
  ],
  ['GET /account/metadata', undefined, ({ account }, options) => account.metadata(options)],
  ['GET /product', undefined, ({ products }, options) => products.list(options)],
]

async function finish(asked: Promise<unknown> | AsyncIterable<unknown>): Promise<void> {
  if (asked instanceof Promise) await asked
  else for await (const entry of asked) void entry
}

describe('a call', () => {
  it.each(asks)('sends %s with %j', async (sent, body, ask) => {
    const seen: unknown[] = []
    const fetch: Fetch = async (request) => {
      const { pathname, search } = new URL(request.url)
      const text = await request.text()
      seen.push(`${request.method} ${decodeURIComponent(pathname.replace('/services/v2', '') + search)}`)
      seen.push(text === '' ? undefined : JSON.parse(text))
      return Response.json({ id: 7, certificate_id: 8, page: { total: 0 } })
    }
    await finish(ask(digicert(fetch), {}))
    expect(seen).toEqual([sent, body])
  })

  it.each(asks)('is not made when its caller gave up before: %s with %j', async (_sent, _body, ask) => {
    const never: Fetch = () => Promise.reject(new Error('Nothing should have been sent.'))
    const error = await errorOf(finish(ask(digicert(never), { signal: AbortSignal.abort() })))
    expect(error).toMatchObject({ code: 'aborted', outcome: 'not_sent', attempts: 0 })
  })
})

describe('an answer that is no answer to a change', () => {
  it.each([200, 201])('leaves open whether a certificate is revoked: status %i without a body', async (status) => {
    const error = await errorOf(digicert(answering(status, '')).certificates.revoke(7))
    expect(error).toMatchObject({ code: 'unexpected_response', outcome: 'unknown', status })
  })

  it.each([408, 500, 503])('leaves open whether it was made: status %i', async (status) => {
    expect(await errorOf(digicert(answering(status, '{}')).orders.place('x', order))).toMatchObject({
      outcome: 'unknown',
      status,
    })
  })
})

describe('a duplicate', () => {
  const csr = 'MAkwBwIBADAAMAA=' // the smallest that has a place for a key

  it.each(['approved', 'issued'])('is there when it is listed as %s', async (status) => {
    const service = answering(200, { certificates: [{ id: 1, csr, status }] })
    expect(await digicert(service).duplicates.waitForIssued(7, csr)).toMatchObject({ id: 1 })
  })
})
