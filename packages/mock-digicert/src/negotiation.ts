// What is looked at before a handler runs: rate, route, `Accept`, and the body's size, type and syntax.
import { parseJsonObject } from '@certtwin/mock-kit'
import type { MiddlewareHandler } from 'hono'
import { parseAccept } from 'hono/utils/accept'
import type { DigicertEnv } from './env.ts'
import { refuse } from './errors.ts'

/** What curl and others send when nobody tells them; it is taken when it holds a JSON object. */
const tolerated = new Set(['application/x-www-form-urlencoded', 'text/plain'])
const json = /^application\/(?:json|.+\+json)$/

/** @throws Refusal `request_limit_exceeded`; a refused call is not counted. */
export const rateLimit: MiddlewareHandler<DigicertEnv> = async (context, next) => {
  const { limiter, clock } = context.env.world
  if (!limiter.admit(context.get('caller').key.apiKey, clock.now())) throw refuse('rate-limited')
  await next()
}

/** @throws Refusal `not_found|route`; the vendor's table has no 405. */
export const knownRoute: MiddlewareHandler<DigicertEnv> = async (context, next) => {
  const { exchange, operations } = context.env
  if (exchange.operation === undefined) {
    throw refuse(operations.methodsOf(context.req.path).length > 0 ? 'method-unknown' : 'path-unknown')
  }
  await next()
}

/** @throws Refusal `not_acceptable` when `Accept` admits no JSON; a download is no JSON and not asked. */
export const acceptance: MiddlewareHandler<DigicertEnv> = async (context, next) => {
  const isDownload = context.env.exchange.operation === 'downloadCertificate'
  if (!isDownload && !admitsJson(context.req.header('Accept'))) throw refuse('not-acceptable')
  await next()
}

/**
 * Reads the body of a POST or PUT as a JSON object.
 *
 * @throws Refusal `request_too_large`, `unsupported_content_type` or `bad_request_format`
 */
export const jsonBody: MiddlewareHandler<DigicertEnv> = async (context, next) => {
  const { exchange } = context.env
  if (exchange.body.tooLarge) throw refuse('body-too-large')
  if (context.req.method === 'POST' || context.req.method === 'PUT') {
    const value = parseJsonObject(exchange.body.text)
    const mediaType = mediaTypeOf(context.req.header('Content-Type'))
    if (exchange.body.text !== '' && !json.test(mediaType)) {
      if (!tolerated.has(mediaType) || value === undefined) throw refuse('content-type-unsupported')
      exchange.diagnosis = 'content-type-tolerated'
    }
    if (value === undefined) throw refuse('body-unparsable')
    context.set('json', value)
  }
  await next()
}

/** Without parameters, in lower case; a missing header is read as JSON. */
function mediaTypeOf(header = ''): string {
  const [type = ''] = header.split(';')
  return type.trim().toLowerCase() || 'application/json'
}

/** The most specific range decides, as RFC 9110 has it. */
function admitsJson(header = ''): boolean {
  const ranges = parseAccept(header.toLowerCase())
  if (ranges.length === 0) return true
  const range = ['application/json', 'application/*', '*/*']
    .map((type) => ranges.find((each) => each.type === type))
    .find((each) => each !== undefined)
  return range !== undefined && range.q > 0
}
