import { timingSafeEqual } from 'node:crypto'
import { diagnoseSignature, type Signing } from './access-key-diagnosis.ts'
import type { AccessKeyCredentials } from './authorization.ts'
import { readingsOf, type SentRequest, signatureOf } from './canonical-request.ts'
import { accessKeyRefused, type SignatureFailure, skewOutside } from './diagnosis.ts'

/** What a signature is checked against. */
export interface AccessKeyContext {
  readonly secretKey: string
  readonly windowMs: number
  readonly nowMs: number
}

/**
 * Checks a signature of the scheme `CNC-HMAC-SHA256`, in the order of need: timestamp present, readable, fresh, signed headers,
 * signature. Whose access key it is has been found out before.
 */
export function failureOfSignature(
  { signature = '', signedHeaders }: AccessKeyCredentials,
  sent: SentRequest,
  { secretKey, windowMs, nowMs }: AccessKeyContext,
): SignatureFailure | undefined {
  const timestamp = sent.headers.get('x-cnc-timestamp') ?? ''
  const failure = failureOfTimestamp(timestamp, windowMs, nowMs)
  if (failure !== undefined) return failure
  const names = signedHeaders.split(';')
  if (!areSigned(names, sent)) return accessKeyRefused('signed_headers_wrong')
  const signing = { sent, names, timestamp, secretKey }
  return isSignatureOf(signature, signing) ? undefined : accessKeyRefused(diagnoseSignature(signature, signing))
}

/** The time that a request with an access key names, in milliseconds since the epoch; undefined for what is no number of seconds. */
export function parseTimestamp(timestamp: string): number | undefined {
  return /^\d{1,11}$/.test(timestamp) ? Number(timestamp) * 1000 : undefined
}

function failureOfTimestamp(timestamp: string, windowMs: number, nowMs: number): SignatureFailure | undefined {
  if (timestamp === '') return accessKeyRefused('timestamp_missing')
  const signedMs = parseTimestamp(timestamp)
  if (signedMs === undefined) return accessKeyRefused('timestamp_unreadable')
  const skewSeconds = skewOutside(windowMs, signedMs, nowMs)
  return skewSeconds === undefined ? undefined : { ...accessKeyRefused('timestamp_skewed'), skewSeconds }
}

/** The names in lower case and sorted, the two that are needed among them, and nothing there that was not sent. */
function areSigned(names: readonly string[], { headers }: SentRequest): boolean {
  const needed = ['content-type', 'host']
  const isSorted = names.every(
    (name, index) => name === name.toLowerCase() && (index === 0 || names[index - 1]! < name),
  )
  return (
    isSorted &&
    needed.every((name) => names.includes(name)) &&
    // Requests that never were on a wire may have no host of their own.
    names.every((name) => name === 'host' || (isToken(name) && headers.get(name) !== null))
  )
}

/** What can be the name of a header at all: others cannot even be asked for. */
function isToken(name: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name)
}

/** Each comparison takes the same time, whatever of the signature is right. */
function isSignatureOf(given: string, { sent, names, timestamp, secretKey }: Signing): boolean {
  if (!/^[0-9a-f]{64}$/i.test(given)) return false
  const bytes = Buffer.from(given, 'hex')
  return readingsOf(sent, names).some((reading) => timingSafeEqual(bytes, signatureOf(reading, timestamp, secretKey)))
}
