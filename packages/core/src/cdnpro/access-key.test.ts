import { createDecipheriv, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Fetch } from '../fetch.ts'
import { signWithAccessKey } from './access-key.ts'
import { createCdnProClient } from './client.ts'

const url = 'https://open.chinanetcenter.com'
const path = '/cdn/certificates/9fddeb2fea3ed5b52d89d81d'

/** What is known of signed requests; computed with two implementations, the first one stands in another client's test. */
const common = { secretKey: 'SECRET-TEST-67890', timestamp: 1_680_612_805, body: undefined as string | undefined }
const vectors = [
  {
    ...common,
    method: 'POST',
    path: '/api/certificate',
    timestamp: 1_700_000_000,
    body: '{"name":"t","certificate":"CERT","privateKey":"KEY","comment":""}',
    signature: '0d468a345ded68a3749953c025696abb335a7af99f2bd075eb50cf3983791c97',
  },
  {
    ...common,
    method: 'GET',
    path: `${path}/versions/1`,
    signature: '7ec5d2ac47a9482bf042851945855955567bf34dac1dcba3d412af4dcd845359',
  },
  {
    ...common,
    method: 'GET',
    path: '/cdn/certificates?limit=200&search=a%20b',
    signature: '494c60f28c883d5f770199518259c6ce73d0210e3f8eaf20646d4faa835cdee2',
  },
  {
    ...common,
    method: 'PATCH',
    path,
    body: '{"description":"renamed"}',
    signature: 'dfc0b9c8a5851049139a602418bdb9c5f7a8425a80844731c0af33d912cbdcfa',
  },
  {
    ...common,
    method: 'DELETE',
    path,
    signature: '9792f252792765483af1b97aa7bfbf132edceda4212eee75e5216ce670b08ded',
  },
  {
    ...common,
    secretKey: 'example_secretKey',
    method: 'GET',
    path: `${path}/versions/1`,
    signature: 'd0ee7fde28505a6b2639ed27cc078316b4877ebd09fd479b5c534f8e7015f065',
  },
]

type Vector = (typeof vectors)[number]

async function sign(vector: Vector): Promise<Headers> {
  const { method, body = null } = vector
  const headers: Record<string, string> = body === null ? {} : { 'Content-Type': 'application/json' }
  const request = new Request(url + vector.path, { method, headers, body })
  const keys = { accessKey: 'AK', secretKey: vector.secretKey }
  await signWithAccessKey(request, body ?? '', keys, vector.timestamp * 1000 + 999)
  return request.headers
}

/** The text with its last character changed. */
const changed = (text: string): string => text.slice(0, -1) + (text.endsWith('1') ? '2' : '1')

describe.each(vectors)('the signature of $method $path under $secretKey', (vector) => {
  it('is the known one, in the headers that belong to it', async () => {
    const headers = await sign(vector)
    expect(Object.fromEntries(headers)).toEqual({
      authorization: `CNC-HMAC-SHA256 Credential=AK, SignedHeaders=content-type;host, Signature=${vector.signature}`,
      'content-type': 'application/json',
      'x-cnc-accesskey': 'AK',
      'x-cnc-auth-method': 'AKSK',
      'x-cnc-timestamp': String(vector.timestamp),
    })
  })

  it.each(['secretKey', 'path', 'body'] as const)('is another one for another %s', async (part) => {
    const value = vector[part]
    // A GET is signed without a body.
    const other = value === undefined ? { ...vector, method: 'POST' } : { ...vector, [part]: changed(value) }
    expect((await sign(other)).get('authorization')).not.toContain(vector.signature)
  })

  it('is another one a second later', async () => {
    const headers = await sign({ ...vector, timestamp: vector.timestamp + 1 })
    expect(headers.get('authorization')).not.toContain(vector.signature)
  })
})

const keys = { accessKey: 'example_accessKey', secretKey: 'example_secretKey' }
const credentials = { username: 'example_username', apiKey: 'example_apiKey', ...keys }

function setup(...answers: { status: number; date?: string }[]) {
  const seen: { headers: Headers; body: string }[] = []
  const service: Fetch = async (request) => {
    const { status, date } = answers[seen.length] ?? { status: 200 }
    seen.push({ headers: new Headers(request.headers), body: await request.text() })
    const headers = { Location: '/cdn/certificates/x', ...(date !== undefined && { Date: date }) }
    return new Response('{}', { status, headers })
  }
  return { seen, client: createCdnProClient({ ...credentials, now: () => 1_680_612_805_000, fetch: service }) }
}

describe('a request with an access key', () => {
  it('is signed once more when the clock was wrong', async () => {
    const { seen, client } = setup({ status: 462, date: 'Tue, 04 Apr 2023 13:53:25 GMT' })
    await client.certificates.get('x')
    expect(seen.map(({ headers }) => headers.get('x-cnc-timestamp'))).toEqual(['1680612805', '1680616405'])
  })

  it('carries its private key encrypted under the API key and the date of its timestamp', async () => {
    const { seen, client } = setup()
    const privateKey = '-----BEGIN PRIVATE KEY-----\nMOCK\n-----END PRIVATE KEY-----\n'
    await client.certificates.create({ name: 'x', newVersion: { privateKey } })
    const [{ headers, body }] = seen as [(typeof seen)[number]]
    expect(headers.get('date')).toBe('Tue, 04 Apr 2023 12:53:25 GMT')
    const digest = createHmac('sha256', 'example_apiKey').update('Tue, 04 Apr 2023 12:53:25 GMT').digest()
    const decipher = createDecipheriv('aes-128-cbc', digest.subarray(16), digest.subarray(0, 16))
    const sealed = (JSON.parse(body) as { newVersion: { privateKey: string } }).newVersion.privateKey
    expect(decipher.update(sealed, 'base64', 'utf8') + decipher.final('utf8')).toBe(privateKey)
  })
})

describe('access key and secret key', () => {
  it.each([
    [{ accessKey: 'a' }, 'secretKey must be a non-empty string'],
    [{ secretKey: 'a' }, 'accessKey must be a non-empty string'],
    [{ accessKey: 'a,b', secretKey: 'c' }, 'accessKey must be a non-empty string'],
    [{ ...keys, door: 'native' as const }, 'accessKey and secretKey must be left out at the native door.'],
  ])('are refused as %j', (given, message) => {
    const { username, apiKey } = credentials
    expect(() => createCdnProClient({ username, apiKey, ...given })).toThrow(message)
  })
})
