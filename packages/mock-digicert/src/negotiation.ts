// What is looked at before a handler runs: rate, route, `Accept`, and the body's size, type and syntax.
import { parseJsonObject } from '@certtwin/mock-kit'
import { parseAccept } from 'hono/utils/accept'
import type { DigicertBindings } from './env.ts'
import { refuse } from './errors.ts'

/** What curl and others send when nobody tells them; it is taken when it holds a JSON object. */
const tolerated = new Set(['application/x-www-form-urlencoded', 'text/plain'])
/** Operations that can do without a body. */
const bodiless: ReadonlySet<string | undefined> = new Set(['revokeOrder', 'revokeCertificate', 'archiveCertificate'])
const json = /^application\/(?:json|.+\+json)$/

/** @throws Refusal `request_limit_exceeded`; a refused call is not counted. */
export function rateLimit({ caller, world: { limiter, clock } }: DigicertBindings): void {
  if (!limiter.admit(caller.key.apiKey, clock.now())) throw refuse('rate-limited')
}

/** @throws Refusal `not_found|route`; the vendor's table has no 405. */
export function knownRoute({ exchange, operations }: DigicertBindings): void {
  if (exchange.operation === undefined) {
    throw refuse(operations.methodsOf(exchange.path).length > 0 ? 'method-unknown' : 'path-unknown')
  }
}

/** @throws Refusal `not_acceptable` when `Accept` admits no JSON; a download is no JSON and not asked. */
export function acceptance({ exchange }: DigicertBindings, { headers }: Request): void {
  const isDownload = exchange.operation?.startsWith('download') === true
  if (!isDownload && !admitsJson(headers.get('Accept') ?? '')) throw refuse('not-acceptable')
}

/**
 * Reads the body of a POST or PUT as a JSON object.
 *
 * @throws Refusal `request_too_large`, `unsupported_content_type` or `bad_request_format`
 */
export function jsonBody(env: DigicertBindings, { method, headers }: Request): void {
  const { exchange } = env
  if (exchange.body.tooLarge) throw refuse('body-too-large')
  if (method === 'POST' || method === 'PUT') {
    const isLeftOut = exchange.body.text === '' && bodiless.has(exchange.operation)
    const value = isLeftOut ? {} : parseJsonObject(exchange.body.text)
    const mediaType = mediaTypeOf(headers.get('Content-Type') ?? '')
    if (exchange.body.text !== '' && !json.test(mediaType)) {
      if (!tolerated.has(mediaType) || value === undefined) throw refuse('content-type-unsupported')
      exchange.diagnosis = 'content-type-tolerated'
    }
    if (value === undefined) throw refuse('body-unparsable')
    env.json = value
  }
}

/** Without parameters, in lower case; a missing header is read as JSON. */
function mediaTypeOf(header: string): string {
  const [type = ''] = header.split(';')
  return type.trim().toLowerCase() || 'application/json'
}

/** The most specific range decides, as RFC 9110 has it. */
function admitsJson(header: string): boolean {
  const ranges = parseAccept(header.toLowerCase())
  if (ranges.length === 0) return true
  const range = ['application/json', 'application/*', '*/*']
    .map((type) => ranges.find((each) => each.type === type))
    .find((each) => each !== undefined)
  return range !== undefined && range.q > 0
}
