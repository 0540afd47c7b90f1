import { invalid } from './options.ts'

/** What an operation is about; what is undefined is left out. */
export interface Message {
  readonly path?: object
  readonly query?: object
  readonly body?: unknown
  /** What of it must not appear anywhere, should an answer repeat it. */
  readonly secrets?: readonly string[]
  /** How the answer is read where it is no JSON. */
  readonly as?: 'arrayBuffer'
}

/** A request before it is signed. */
export interface Draft {
  readonly method: string
  readonly url: string
  readonly body: string | undefined
}

/**
 * Our own in the place of openapi-fetch, of which a third would be used: with it the client would be a quarter larger, and have a
 * dependency. A test compares the two.
 *
 * @param template - of the URL
 * @throws CerttwinError `invalid_options` with the parameter's name
 */
export function toDraft(method: string, template: string, { path = {}, query = {}, body }: Message): Draft {
  const search = toPairs(query).join('&')
  return { method, url: fillPath(template, path) + (search && `?${search}`), body: JSON.stringify(body) }
}

/**
 * For one attempt. A private key that still stands in the body as text was put in the wrong place: it is not sent.
 *
 * @throws CerttwinError `invalid_options`
 */
export function toRequest({ method, url, body }: Draft): Request {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(body ?? ''))
    throw invalid('its input holds a private key in the wrong place.')
  return new Request(url, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body ?? null,
    redirect: 'manual', // following one would hand the credentials to another host
  })
}

/** What leads to another resource, or is left by a value that was never set. */
const noId = /^(?:\.{0,2}|undefined|null|NaN)$/

function fillPath(template: string, path: object): string {
  return template.replaceAll(/\{(\w+)\}/g, (_match, name: string) => {
    const text = String(path[name as keyof typeof path])
    if (noId.test(text)) throw invalid(`${name} must be given, and be more than dots.`)
    return encodeURIComponent(text)
  })
}

/** An object in it becomes a pair for each member, `filters[status]=issued`. */
function toPairs(value: unknown, name: string = ''): string[] {
  if (value === undefined || value === null) return []
  if (typeof value !== 'object') return [`${name}=${encodeURIComponent(value as string)}`]
  return Object.entries(value).flatMap(([key, member]) => toPairs(member, (name && `${name}[${key}]`) || key))
}
