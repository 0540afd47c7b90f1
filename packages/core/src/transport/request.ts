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
 * @param route - method and path template, as generated from the OpenAPI document
 * @throws CerttwinError `invalid_options` with the parameter's name
 */
export function toDraft(baseUrl: string, route: string, { path = {}, query = {}, body }: Message): Draft {
  const [method = '', template = ''] = route.split(' ')
  const search = toPairs(query).join('&')
  const url = `${baseUrl}${fillPath(template, path)}${search && `?${search}`}`
  return { method, url, body: JSON.stringify(body) }
}

/** For one attempt. */
export function toRequest({ method, url, body }: Draft): Request {
  const request = new Request(url, {
    method,
    redirect: 'manual', // following one would hand the credentials to another host
    ...(body !== undefined && { body }),
  })
  if (body !== undefined) request.headers.set('Content-Type', 'application/json')
  return request
}

/** What leads to another resource, or is left by a value that was never set. */
const noId = /^(?:\.{0,2}|undefined|null|NaN)$/

function fillPath(template: string, path: object): string {
  const values = new Map<string, unknown>(Object.entries(path))
  return template.replaceAll(/\{(\w+)\}/g, (_match, name: string) => {
    const text = String(values.get(name))
    if (noId.test(text)) throw invalid(`${name} must not be empty or made of dots.`)
    return encodeURIComponent(text)
  })
}

type Value = string | number | boolean | object | null | undefined

/** An object in it becomes a pair for each member, `filters[status]=issued`. */
function toPairs(query: object): string[] {
  return Object.entries(query).flatMap(([name, value]: [string, Value]) => {
    if (value === undefined || value === null) return []
    if (typeof value !== 'object') return `${name}=${encodeURIComponent(value)}`
    return toPairs(Object.fromEntries(Object.entries(value).map(([key, member]) => [`${name}[${key}]`, member])))
  })
}
