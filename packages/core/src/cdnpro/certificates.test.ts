import { describe, expect, it } from 'vitest'
import type { Fetch } from '../fetch.ts'
import { answering, cdnpro, errorOf } from '../test-client.ts'
import type { CdnProClient } from './client.ts'

/** A made-up service that gives one answer after the other, the last one for ever, and what it was asked. */
function setup(...answers: readonly Response[]): { client: CdnProClient; calls: string[] } {
  const calls: string[] = []
  const left = [...answers]
  const fetch: Fetch = async (request) => {
    const { pathname, search } = new URL(request.url)
    calls.push(`${request.method} ${pathname}${search}`)
    return (left.length > 1 ? left.shift()! : left[0]!).clone()
  }
  return { client: cdnpro(fetch), calls }
}

const page = (...names: string[]): Response =>
  Response.json({ count: 3, certificates: names.map((name) => ({ name })) })
const done = new Response(null, { status: 204 })

describe('a list of certificates', () => {
  it('is fetched page after page, as it is read', async () => {
    const { client, calls } = setup(page('one', 'two'), page('three'))
    const names: string[] = []
    for await (const { name } of client.certificates.list({ pageSize: 2, filters: { target: 'all', search: 'a b' } }))
      names.push(name)
    expect(names).toEqual(['one', 'two', 'three'])
    expect(calls).toEqual([
      'GET /cdn/certificates?target=all&search=a%20b&limit=2',
      'GET /cdn/certificates?target=all&search=a%20b&limit=2&offset=2',
    ])
  })

  it('has pages, too', async () => {
    const { client, calls } = setup(page('two'))
    const query = { offset: 1, pageSize: 1, sortBy: 'expirationTime', sortOrder: 'asc' } as const
    expect(await client.certificates.page(query)).toEqual({ certificates: [{ name: 'two' }], count: 3 })
    expect(await client.certificates.page()).toMatchObject({ count: 3 })
    expect(calls).toEqual([
      'GET /cdn/certificates?sortBy=expirationTime&sortOrder=asc&limit=1&offset=1',
      'GET /cdn/certificates',
    ])
  })

  it('is no list where the answer is none', async () => {
    const client = cdnpro(answering(200, { count: 1, certificates: 'none' }))
    expect(await errorOf(client.certificates.page())).toMatchObject({ code: 'unexpected_response' })
    expect(await errorOf(client.certificates.list()[Symbol.asyncIterator]().next())).toMatchObject({
      code: 'unexpected_response',
    })
  })
})

describe('what has an answer without a body', () => {
  it('gives nothing, or the id that stands in the Location', async () => {
    const { client, calls } = setup(done)
    expect(await client.certificates.delete('a1')).toBeUndefined()
    expect(await client.versions.delete('a1', 2)).toBeUndefined()
    expect(calls).toEqual(['DELETE /cdn/certificates/a1', 'DELETE /cdn/certificates/a1/versions/2'])
    const headers = { Location: 'http://open.chinanetcenter.com/cdn/certificates/a1/versions/12' }
    const update = setup(new Response(null, { status: 201, headers })).client
    expect(await update.certificates.update('a1', { newVersion: { chainCert: 'x' } })).toBe(12)
    expect(await update.certificates.update('a1', { description: 'x' })).toBeUndefined()
  })

  it('is refused with the code that the status has', async () => {
    const client = cdnpro(answering(409, { code: 'CertificateInUse', message: 'The certificate cannot be deleted.' }))
    expect(await errorOf(client.certificates.delete('a1'))).toMatchObject({
      code: 'conflict',
      vendorErrors: [{ code: 'CertificateInUse' }],
    })
  })
})

it('no version at all is for the service to refuse', async () => {
  const client = cdnpro(answering(400, { code: 'InvalidCert', message: 'The certificate body cannot be empty.' }))
  const error = await errorOf(client.certificates.create({ name: 'x', newVersion: null as never }))
  expect(error).toMatchObject({ code: 'invalid_request', vendorErrors: [{ code: 'InvalidCert' }] })
})

it('a signing request is asked for with its file or without', async () => {
  const request = { certificateId: 'a1', csr: 'x', latestVersion: 2 }
  const { client, calls } = setup(Response.json(request))
  expect(await client.certificates.downloadCsr('a1')).toEqual(request)
  await client.certificates.downloadCsr('a1', { dcv: 'sectigo' })
  expect(calls).toEqual(['GET /cdn/certificates/a1/csr', 'GET /cdn/certificates/a1/csr?dcv=sectigo'])
})

it('the latest version is asked for by its word', async () => {
  const { client, calls } = setup(Response.json({ version: 7 }))
  expect(await client.versions.get('a1', 'latest')).toEqual({ version: 7 })
  expect(calls).toEqual(['GET /cdn/certificates/a1/versions/latest'])
})

it('a change is asked for again where it had no effect, and not where nobody knows', async () => {
  const changed = new Response(null, { status: 201, headers: { Location: '/cdn/certificates/a1/versions/2' } })
  const retry = { attempts: 3, baseMs: 0 }
  const newVersion = { certificate: 'x' }
  const busy = setup(new Response('{}', { status: 429, headers: { 'Retry-After': '0' } }), changed)
  expect(await busy.client.certificates.update('a1', { newVersion }, { retry })).toBe(2)
  const broken = setup(new Response('{}', { status: 500 }), changed)
  expect(await errorOf(broken.client.certificates.update('a1', { newVersion }, { retry }))).toMatchObject({
    outcome: 'unknown',
    attempts: 1,
  })
  expect(broken.calls).toEqual(['PATCH /cdn/certificates/a1'])
})
