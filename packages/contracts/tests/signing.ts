// The signatures and the sealed private keys of CDN Pro, made with node:crypto and not with the client: two implementations
// must agree with the twin.
import { createCipheriv, createHash, createHmac } from 'node:crypto'

/** The headers of a signed request. */
export function sign(user: string, key: string, date: string): Record<string, string> {
  const password = createHmac('sha1', key).update(date).digest('base64')
  return { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`, Date: date }
}

/** The encryption of private keys, written from the description once more. */
export function seal(pem: string, key: string, date: string): string {
  const digest = createHmac('sha256', key).update(date).digest()
  const cipher = createCipheriv('aes-128-cbc', digest.subarray(16), digest.subarray(0, 16))
  return Buffer.concat([cipher.update(pem), cipher.final()]).toString('base64')
}

/** What a signature with an access key is made from; each part can be wrong on purpose. */
export interface KeySigning {
  readonly accessKey: string
  readonly secretKey: string
  readonly method: string
  readonly path: string
  readonly query: string
  readonly contentType: string
  readonly host: string
  /** What is hashed in the place of the body. */
  readonly body: string
  /** Seconds since the epoch. */
  readonly timestamp: string
}

/** HMAC-SHA256 over the canonical request, written from the description once more. */
export function keySignature({ secretKey, timestamp, body, ...parts }: KeySigning, bodyHash = sha256(body)): Buffer {
  const { method, path, query, contentType, host } = parts
  const headers = `content-type:${contentType}\nhost:${host}\n\ncontent-type;host`
  const canonical = sha256(`${method}\n${path}\n${query}\n${headers}\n${bodyHash}`)
  return createHmac('sha256', secretKey).update(`CNC-HMAC-SHA256\n${timestamp}\n${canonical}`).digest()
}

/** The headers of a request with an access key. */
export function keyHeaders(
  { accessKey, timestamp }: Pick<KeySigning, 'accessKey' | 'timestamp'>,
  signature: string,
  signedHeaders = 'content-type;host',
): Record<string, string> {
  return {
    Authorization: `CNC-HMAC-SHA256 Credential=${accessKey}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
    'Content-Type': 'application/json',
    'x-cnc-auth-method': 'AKSK',
    'x-cnc-accessKey': accessKey,
    'x-cnc-timestamp': timestamp,
  }
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
