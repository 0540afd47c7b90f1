import { describe, expect, it, vi } from 'vitest'
import type { CreateCertificate } from './cdnpro/api.generated.ts'
import { type CdnProClient, createCdnProClient } from './cdnpro/client.ts'
import type { OrderPlacement, ReissueRequest } from './digicert/api.generated.ts'
import { createDigicertClient, type DigicertClient } from './digicert/client.ts'
import type { Fetch } from './fetch.ts'
import { canary, cdnpro, digicert, errorOf, firstOf } from './test-client.ts'

// What never leaves: wrong options, wrong input, private keys in wrong places.

interface Clients {
  readonly digicert: DigicertClient
  readonly cdnpro: CdnProClient
}

function storing(certificate: string, chainCert: string = ''): CreateCertificate {
  return { name: 'x', newVersion: { certificate, chainCert, privateKey: 'ECC256' } }
}

function asking(csr: string): OrderPlacement & ReissueRequest {
  const certificate = { common_name: 'example.com', csr, signature_hash: 'sha256' }
  return { certificate, order_validity: { years: 1 } }
}

describe('options that cannot be used', () => {
  it.each([
    ['apiKey', () => createDigicertClient({ apiKey: '' })],
    ['apiKey', () => createDigicertClient({ apiKey: 'two words' })],
    ['apiKey', () => createCdnProClient({ username: 'user', apiKey: 'line\nbreak' })],
    ['username', () => createCdnProClient({ username: '', apiKey: canary })],
    ['username', () => createCdnProClient({ username: 'with:colon', apiKey: canary })],
    ['baseUrl', () => createDigicertClient({ apiKey: canary, baseUrl: 'ftp://example.com' })],
    ['baseUrl', () => createDigicertClient({ apiKey: canary, baseUrl: 'https://user:password@example.com' })],
    ['baseUrl', () => createCdnProClient({ username: 'user', apiKey: canary, baseUrl: 'example.com' })],
    ['baseUrl', () => createDigicertClient({ apiKey: canary, baseUrl: 'https://example.com/?a=b' })],
    ['baseUrl', () => createDigicertClient({ apiKey: canary, baseUrl: 'https://example.com/#a' })],
  ])('are refused by name when the client is made: %s', (name, create) => {
    expect(create).toThrow(
      expect.objectContaining({ code: 'invalid_options', message: expect.stringMatching(`^${name} must`) }),
    )
  })
})

describe('retry options that cannot be used', () => {
  it.each([
    ['attempts', 0],
    ['attempts', 1.5],
    ['baseMs', -1],
    ['capMs', NaN],
    ['retryAfterCapMs', '5'],
    ['unsafe', 'yes'],
  ])('are refused by name, of a client and of a call: %s of %j', async (name, value) => {
    const retry = { [name]: value } as object
    const refusal = { code: 'invalid_options', message: expect.stringContaining(`retry.${name} must be `) as unknown }
    expect(() => createDigicertClient({ apiKey: canary, retry })).toThrow(expect.objectContaining(refusal))
    const fetch: Fetch = () => Promise.reject(new Error('Nothing should have been sent.'))
    const call = createDigicertClient({ apiKey: canary, fetch }).account.get({ retry })
    expect(await errorOf(call)).toMatchObject({ ...refusal, operation: 'getAccount', outcome: 'not_sent' })
  })
})

it('a base URL may have an at sign in its path', async () => {
  const seen: string[] = []
  const fetch: Fetch = async ({ url }) => {
    seen.push(url)
    return Response.json({})
  }
  const baseUrl = 'https://example.com/@vendor/v2/'
  await createDigicertClient({ apiKey: canary, baseUrl, fetch }).account.get()
  expect(seen).toEqual(['https://example.com/@vendor/v2/account'])
})

describe('a time limit that no timer keeps', () => {
  it.each([0, -1, NaN, Infinity, 2 ** 31])('is refused when the client is made: %d', (timeoutMs) => {
    expect(() => createDigicertClient({ apiKey: canary, timeoutMs })).toThrow(
      expect.objectContaining({
        code: 'invalid_options',
        message: 'timeoutMs must be a number of milliseconds from 1 to 2147483647.',
      }),
    )
  })
})

describe('a call that cannot be sent', () => {
  const never: Fetch = () => Promise.reject(new Error('Nothing should have been sent.'))

  it.each([undefined, null, NaN])('is refused for the id %j, which was never set', async (id) => {
    const error = await errorOf(digicert(never).orders.revoke(id as unknown as number))
    expect(error).toMatchObject({ code: 'invalid_options', operation: 'revokeOrder', outcome: 'not_sent' })
  })

  it.each(['', '.', '..'])('is refused for the id %j, which would lead elsewhere', async (id) => {
    const error = await errorOf(cdnpro(never).certificates.get(id))
    expect(error).toMatchObject({ code: 'invalid_options', operation: 'getCertificate' })
    expect(error.message).toBe('getCertificate failed: certificateId must be given, and be more than dots.')
  })

  const circular: Record<string, unknown> = {}
  circular['name'] = circular
  const half = '\ud800' // of a character

  it.each<[string, string, (clients: Clients) => Promise<unknown>]>([
    ['a body that holds itself', 'updateCertificate', (clients) => clients.cdnpro.certificates.update('x', circular)],
    [
      'a body with a BigInt',
      'createPropertyVersion',
      (clients) => clients.cdnpro.properties.createVersion('x', { configs: { ports: [443n] } }),
    ],
    ['half a character in the path', 'getProduct', (clients) => clients.digicert.products.get(half)],
    ['half a character in the path', 'getHostname', (clients) => clients.cdnpro.hostnames.get(`a${half}b`)],
    [
      'half a character in the query',
      'listOrders',
      (clients) => firstOf(clients.digicert.orders.list({ filters: { search: half } })),
    ],
  ])('is refused for its input: %s of %s', async (_name, operation, ask) => {
    const error = await errorOf(ask({ digicert: digicert(never), cdnpro: cdnpro(never) }))
    expect(error).toMatchObject({ code: 'invalid_options', outcome: 'not_sent', operation, attempts: 0 })
    expect(error.message).toBe(`${operation} failed: its input cannot be sent as JSON.`)
  })

  it.each([
    'MIIEvQ==',
    '----BEGIN PRIVATE KEY-----',
    '-----BEGIN ENCRYPTED PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----\r\nProc-Type: 4,ENCRYPTED\r\n',
    Buffer.from('-----BEGIN PRIVATE KEY-----') as never,
    null as never,
  ])('is refused when a private key is none: %j', async (privateKey) => {
    const { certificates } = cdnpro(never)
    const newVersion = { privateKey }
    for (const call of [certificates.create({ name: 'x', newVersion }), certificates.update('x', { newVersion })]) {
      const error = await errorOf(call)
      expect(error).toMatchObject({ code: 'invalid_options', outcome: 'not_sent' })
      expect(error.message).toBe('newVersion.privateKey must be an unencrypted key as PEM text, RSA2048 or ECC256.')
    }
  })

  it.each<[string, string, (clients: Clients, key: string) => Promise<unknown>]>([
    ['certificate', 'createCertificate', ({ cdnpro: { certificates } }, key) => certificates.create(storing(key))],
    ['chain', 'updateCertificate', (clients, key) => clients.cdnpro.certificates.update('x', storing('x', key))],
    ['name', 'createCertificate', (clients, name) => clients.cdnpro.certificates.create({ name, newVersion: {} })],
    ['property', 'createPropertyVersion', (clients, key) => clients.cdnpro.properties.createVersion('x', { key })],
    ['CSR of an order', 'placeOrder', (clients, csr) => clients.digicert.orders.place('ssl_basic', asking(csr))],
    ['CSR of a reissue', 'reissueOrder', (clients, csr) => clients.digicert.orders.reissue(1, asking(csr))],
    ['CSR', 'requestDuplicate', (clients, csr) => clients.digicert.duplicates.create(1, asking(csr))],
  ])('is refused when a private key stands in the place of another thing: a %s', async (_name, operation, ask) => {
    for (const kind of ['', 'EC ', 'ENCRYPTED ']) {
      const key = `-----BEGIN ${kind}PRIVATE KEY-----\n${canary}\n-----END ${kind}PRIVATE KEY-----\n`
      const error = await errorOf(ask({ digicert: digicert(never), cdnpro: cdnpro(never) }, key))
      expect(error).toMatchObject({ code: 'invalid_options', outcome: 'not_sent', operation, attempts: 0 })
      expect(error.message).toBe(`${operation} failed: its input holds a private key in the wrong place.`)
    }
  })
})

describe('a platform without WebCrypto', () => {
  it('is refused by name when the client is made', () => {
    vi.stubGlobal('crypto', {})
    try {
      expect(() => cdnpro(async () => new Response())).toThrow(
        expect.objectContaining({
          code: 'unsupported_runtime',
          message: 'This platform has no WebCrypto (crypto.subtle), which signing needs.',
        }),
      )
    } finally {
      vi.unstubAllGlobals()
    }
  })
})

describe('where something new is', () => {
  const located =
    (location: string): Fetch =>
    async () =>
      new Response(null, { status: 201, headers: { Location: location } })
  const newVersion = { certificate: 'GENERATE', privateKey: 'ECC256' }

  it('is read from the end of the location', async () => {
    const client = cdnpro(located('https://proxy.example/certificates/proxy/cdn/certificates/abc123'))
    expect(await client.certificates.create({ name: 'x', newVersion })).toBe('abc123')
  })

  it('must be a number for a version', async () => {
    const client = cdnpro(located('https://proxy.example/cdn/certificates/abc/versions/latest'))
    expect(await errorOf(client.certificates.update('abc', { newVersion }))).toMatchObject({
      code: 'unexpected_response',
    })
  })
})
