import { describe, expect, test } from 'vitest'
import { failureOfSignature } from './access-key.ts'
import { canonicalText, hashOf, readingsOf, type SentRequest } from './canonical-request.ts'

// Signed requests of which every step is known. Each was computed with two implementations; the first stands in a client's test.
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const common = { secretKey: 'SECRET-TEST-67890', query: '', body: '', timestamp: '1680612805', bodyHash: emptyHash }
const versionQuery = {
  ...common,
  method: 'GET',
  path: '/cdn/certificates/9fddeb2fea3ed5b52d89d81d/versions/1',
  canonicalHash: 'bc2dcbdade28f2456a804d62a1765b01388a75833bd866bb8fde581d453fa349',
}

const vectors = [
  {
    ...common,
    method: 'POST',
    path: '/api/certificate',
    body: '{"name":"t","certificate":"CERT","privateKey":"KEY","comment":""}',
    timestamp: '1700000000',
    bodyHash: '388cc8d85d867444406254527af5701cabd097c63da52aa91bc0820d228f414b',
    canonicalHash: 'eed44739b47d53e7ba7a591a9ef2ad6e59f6867f4128b30dcc67c50b7de32103',
    signature: '0d468a345ded68a3749953c025696abb335a7af99f2bd075eb50cf3983791c97',
  },
  { ...versionQuery, signature: '7ec5d2ac47a9482bf042851945855955567bf34dac1dcba3d412af4dcd845359' },
  {
    ...common,
    method: 'GET',
    path: '/cdn/certificates',
    query: 'limit=200&search=a b',
    canonicalHash: '02b94d121b8254a47015da3633bde32d6a3d33331909a7cb5bd65ccd373c2ecb',
    signature: '494c60f28c883d5f770199518259c6ce73d0210e3f8eaf20646d4faa835cdee2',
  },
  {
    ...common,
    method: 'PATCH',
    path: '/cdn/certificates/9fddeb2fea3ed5b52d89d81d',
    body: '{"description":"renamed"}',
    bodyHash: 'e04dabf3d9f85e7fb384053e0b477acefb0db0dc2e984e1526823b78e4d2f888',
    canonicalHash: '772c2e6b3d7993deefb256e938f8d096df53809368d63f92c29177b0d044e58f',
    signature: 'dfc0b9c8a5851049139a602418bdb9c5f7a8425a80844731c0af33d912cbdcfa',
  },
  {
    ...common,
    method: 'DELETE',
    path: '/cdn/certificates/9fddeb2fea3ed5b52d89d81d',
    canonicalHash: '714bb401411c6a15e0f55aa17f23b68eeee965418bffabebf2661b48253e64dc',
    signature: '9792f252792765483af1b97aa7bfbf132edceda4212eee75e5216ce670b08ded',
  },
  {
    ...versionQuery,
    secretKey: 'example_secretKey',
    signature: 'd0ee7fde28505a6b2639ed27cc078316b4877ebd09fd479b5c534f8e7015f065',
  },
]

type Vector = (typeof vectors)[number]

const host = 'open.chinanetcenter.com'

function sentBy({ method, path, query, body, timestamp }: Vector, headers: Record<string, string> = {}): SentRequest {
  const url = `https://${host}${path}${query === '' ? '' : `?${encodeURI(query)}`}`
  const given = { 'content-type': 'application/json', host, 'x-cnc-timestamp': timestamp, ...headers }
  return { method, url, headers: new Headers(given), body, vendorHosts: [] }
}

function passes(vector: Vector, sent: SentRequest = sentBy(vector)): boolean {
  const { signature, secretKey, timestamp } = vector
  const credentials = { scheme: 'access-key', accessKey: 'x', signedHeaders: 'content-type;host', signature } as const
  const nowMs = Number(timestamp) * 1000
  return failureOfSignature(credentials, sent, { secretKey, windowMs: 300_000, nowMs }) === undefined
}

/** The text with each of its characters changed in turn. */
function changesOf(text: string): string[] {
  return Array.from(text, (character, index) => {
    const other = character === '1' ? '2' : '1'
    return text.slice(0, index) + other + text.slice(index + 1)
  })
}

describe.each(vectors)('the vector of $method $path under $secretKey', (vector) => {
  test('has the hashes that it should have, and passes', () => {
    const [reading] = readingsOf(sentBy(vector), ['content-type', 'host'])
    expect(reading).toMatchObject({ path: vector.path, query: vector.query, bodyHash: vector.bodyHash })
    expect(hashOf(canonicalText(reading!))).toBe(vector.canonicalHash)
    expect(passes(vector)).toBe(true)
  })

  test.each(['signature', 'secretKey', 'timestamp', 'path', 'query', 'body'] as const)(
    'fails with any one character of its %s changed',
    (part) => {
      const own = part === 'body' && vector.method === 'GET' ? '' : vector[part]
      const changes = changesOf(own).filter((text) => part !== 'path' || text.startsWith('/'))
      expect(changes.filter((text) => passes({ ...vector, [part]: text }))).toEqual([])
    },
  )

  test('fails with another method, host or content type', () => {
    expect(passes(vector, { ...sentBy(vector), method: 'PUT' })).toBe(false)
    expect(passes(vector, sentBy(vector, { host: 'open.chinanetcenter.con' }))).toBe(false)
    expect(passes(vector, sentBy(vector, { 'content-type': 'application/jsom' }))).toBe(false)
  })
})
