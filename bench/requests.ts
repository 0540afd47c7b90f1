import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A request as the measurements send it. */
export interface WireRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly expectedStatus: number
}

export type Target = 'version-query' | 'duplicate' | 'issued-duplicate'

/** In the place of these digits the load generator counts, so that no request is like another. */
export const counterDigits = '#00000000'

/** Below which path the DigiCert document has its operations; mock servers leave it out. */
export const digicertServerPath = '/services/v2'

const usualCsr = readFileSync(join(import.meta.dirname, 'request.csr.pem'), 'utf8')

/** The request of a target at this moment: signatures name their second. */
export const requestOf: Readonly<Record<Target | 'duplicate-renewed', (nowMs: number) => WireRequest>> = {
  'version-query': (nowMs) => {
    const date = new Date(nowMs).toUTCString()
    return {
      method: 'GET',
      path: '/cdn/certificates/9fddeb2fea3ed5b52d89d81d/versions/1',
      headers: {
        Date: date,
        Authorization: signed('example_username', 'example_apiKey', date),
        Accept: 'application/json',
      },
      body: '',
      expectedStatus: 200,
    }
  },
  duplicate: () => duplicateOf(112_233, 'example.com', ['sub.example.com']),
  // The text before a PEM belongs to what was sent, so this is another CSR that is just as hard to read.
  'duplicate-renewed': () => duplicateOf(112_233, 'example.com', ['sub.example.com'], `${counterDigits}\n${usualCsr}`),
  'issued-duplicate': () => duplicateOf(100_002, 'multi.example.net', ['a.example.net', 'b.example.org']),
}

/** The request as it goes over the wire. */
export function toWire({ method, path, headers, body }: WireRequest, port: number): string {
  const length = method === 'POST' ? { 'Content-Length': String(Buffer.byteLength(body)) } : {}
  const lines = Object.entries({ Host: `127.0.0.1:${port}`, ...headers, ...length })
  return [`${method} ${path} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`), '', body].join('\r\n')
}

function duplicateOf(
  orderId: number,
  commonName: string,
  dnsNames: readonly string[],
  csr: string = usualCsr,
): WireRequest {
  return {
    method: 'POST',
    path: `${digicertServerPath}/order/certificate/${orderId}/duplicate`,
    headers: { 'X-DC-DEVKEY': 'MOCKKEYADMIN', 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({
      certificate: {
        common_name: commonName,
        dns_names: dnsNames,
        csr,
        server_platform: { id: 45 },
        signature_hash: 'sha256',
      },
    }),
    expectedStatus: 201,
  }
}

function signed(username: string, apiKey: string, date: string): string {
  const password = createHmac('sha1', apiKey).update(date).digest('base64')
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}
