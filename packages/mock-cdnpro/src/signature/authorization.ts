import { type HeaderSource, memoize } from '@certtwin/mock-kit'

/** User name up to the first colon, password exactly as it is. */
export interface BasicCredentials {
  readonly scheme: 'basic'
  readonly username: string
  readonly password: string
}

/** The parts of `CNC-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`, as far as they are there. */
export interface AccessKeyCredentials {
  readonly scheme: 'access-key'
  readonly accessKey: string | undefined
  readonly signedHeaders: string
  readonly signature: string | undefined
}

export type Credentials = BasicCredentials | AccessKeyCredentials

/**
 * The credentials of a request, before anything is checked; undefined where there are none in a known form. The scheme in
 * `Authorization` decides; where that header is missing, `x-cnc-auth-method` tells what was meant.
 */
export function credentialsOf(headers: HeaderSource): Credentials | undefined {
  const authorization = headers.get('authorization')
  if (authorization !== null) return parseAuthorization(authorization)
  const meant = headers.get('x-cnc-auth-method')?.toLowerCase()
  return meant === 'aksk' ? parseAuthorization('CNC-HMAC-SHA256') : undefined
}

const parseAuthorization = memoize(
  (authorization: string): Credentials | undefined => parseBasic(authorization) ?? parseAccessKey(authorization),
)

function parseBasic(authorization: string): BasicCredentials | undefined {
  const encoded = /^\s*basic\s+([A-Za-z0-9+/]+={0,2})\s*$/i.exec(authorization)?.[1]
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 0) return undefined
  return { scheme: 'basic', username: text.slice(0, colon), password: text.slice(colon + 1) }
}

function parseAccessKey(authorization: string): AccessKeyCredentials | undefined {
  const list = /^\s*cnc-hmac-sha256(?:\s+(.*))?$/is.exec(authorization)
  if (list === null) return undefined
  const part = (name: string): string | undefined =>
    new RegExp(String.raw`(?:^|,)\s*${name}\s*=\s*([^,\s]+)`, 'i').exec(list[1] ?? '')?.[1]
  return {
    scheme: 'access-key',
    accessKey: part('Credential'),
    signedHeaders: part('SignedHeaders') ?? '',
    signature: part('Signature'),
  }
}
