import { toBytes, toHex } from '../bytes.ts'
import { importHmacKey, signText } from './hmac.ts'

/** A pair of keys that signs whole requests, at the vendor's gateway. */
export interface AccessKeys {
  readonly accessKey: string
  readonly secretKey: string
}

/**
 * Signs a request by the scheme `CNC-HMAC-SHA256`: HMAC-SHA256 under the secret key, over the time and the hash of method, path, query,
 * two headers and the hash of the body (observed, by several clients).
 *
 * @param body - what is sent, the empty text where nothing is
 * @returns the signature
 */
export async function signWithAccessKey(
  { method, url, headers }: Request,
  body: string,
  { accessKey, secretKey }: AccessKeys,
  atMs: number,
): Promise<string> {
  const timestamp = String(Math.floor(atMs / 1000))
  const { pathname, search, host } = new URL(url)
  // It is signed, so it is sent where there is no body, too.
  const contentType = headers.get('Content-Type') ?? 'application/json'
  const query = method === 'POST' ? '' : decodeURIComponent(search.slice(1))
  const names = 'content-type;host'
  const canonical = [
    method,
    decodeURIComponent(pathname),
    query,
    `content-type:${contentType.toLowerCase()}`,
    `host:${host}`,
    '',
    names,
    await sha256(method === 'GET' ? '' : body),
  ].join('\n')
  const text = ['CNC-HMAC-SHA256', timestamp, await sha256(canonical)].join('\n')
  const signature = toHex(await signText(importHmacKey(secretKey, 'SHA-256'), text))
  headers.set('Content-Type', contentType)
  headers.set('x-cnc-auth-method', 'AKSK')
  headers.set('x-cnc-accessKey', accessKey)
  headers.set('x-cnc-timestamp', timestamp)
  headers.set(
    'Authorization',
    `CNC-HMAC-SHA256 Credential=${accessKey}, SignedHeaders=${names}, Signature=${signature}`,
  )
  return signature
}

async function sha256(text: string): Promise<string> {
  return toHex(await crypto.subtle.digest('SHA-256', toBytes(text)))
}
