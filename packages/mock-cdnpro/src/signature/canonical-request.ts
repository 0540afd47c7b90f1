import { createHash, createHmac } from 'node:crypto'
import type { HeaderSource } from '@certtwin/mock-kit'

/** What is signed of a request with an access key. */
export interface CanonicalRequest {
  readonly method: string
  readonly path: string
  readonly query: string
  /** The signed headers, in their order. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly bodyHash: string
}

/** A request as it came, and the hosts that it may have been signed for besides its own. */
export interface SentRequest {
  readonly method: string
  readonly url: string
  readonly headers: HeaderSource
  readonly body: string
  readonly vendorHosts: readonly string[]
}

/** The bytes of a signature: HMAC-SHA256 over the hash of the canonical request. */
export function signatureOf(request: CanonicalRequest, timestamp: string, secretKey: string): Buffer {
  const text = ['CNC-HMAC-SHA256', timestamp, hashOf(canonicalText(request))].join('\n')
  return createHmac('sha256', secretKey).update(text).digest()
}

export function canonicalText({ method, path, query, headers, bodyHash }: CanonicalRequest): string {
  const lines = headers.map(([name, value]) => `${name}:${value}`)
  return [method, path, query, ...lines, '', headers.map(([name]) => name).join(';'), bodyHash].join('\n')
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/**
 * What a caller may have signed, the likeliest first: public clients differ in how they read `+`, in whether they hash the
 * bodies of PATCH and DELETE, and a client that was sent elsewhere signs the vendor's host.
 */
export function readingsOf(sent: SentRequest, names: readonly string[]): CanonicalRequest[] {
  const { method } = sent
  const path = decode(pathOf(sent))
  return bodyHashesOf(sent).flatMap((bodyHash) =>
    queriesOf(sent).flatMap((query) =>
      hostsOf(sent).map((host) => {
        const headers = names.map((name) => [name, name === 'host' ? host : valueOf(sent, name)] as const)
        return { method, path, query, headers, bodyHash }
      }),
    ),
  )
}

/** The path as it came, without its query. */
export function pathOf({ url }: Pick<SentRequest, 'url'>): string {
  return new URL(url).pathname
}

/** The query as it came, without its question mark. */
export function queryOf({ url }: Pick<SentRequest, 'url'>): string {
  return new URL(url).search.slice(1)
}

function valueOf({ headers }: SentRequest, name: string): string {
  return (headers.get(name) ?? '').trim().toLowerCase()
}

/** Of POST nothing is signed. */
function queriesOf(sent: SentRequest): string[] {
  const query = sent.method === 'POST' ? '' : queryOf(sent)
  return distinct([decode(query), decode(query.replaceAll('+', ' '))])
}

function hostsOf({ url, headers, vendorHosts }: SentRequest): string[] {
  const host = (headers.get('host') ?? new URL(url).host).toLowerCase()
  return distinct([host, host.replace(/:\d+$/, ''), ...vendorHosts])
}

function bodyHashesOf({ method, body }: SentRequest): string[] {
  if (method === 'GET') return [hashOf('')]
  return method === 'PATCH' || method === 'DELETE' ? distinct([hashOf(body), hashOf('')]) : [hashOf(body)]
}

/** Percent-decoded as a whole; as it is where that cannot be. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}
