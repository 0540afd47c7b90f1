import type { HonoRequest, MiddlewareHandler } from 'hono'
import { isDeeperThan, readBody } from '../body.ts'
import { ControlError } from '../definition.ts'
import { explainProblems, type Validator } from '../validation.ts'

/** The body of a request that is none of JSON. */
export class MediaTypeError extends Error {
  override readonly name = 'MediaTypeError'
}

/** A body that is larger than what is taken. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError'
}

const usualLimitBytes = 1024 * 1024
/** A state, and what it is seeded with, may be large. */
export const stateLimitBytes: number = 64 * usualLimitBytes

/** Deeper than anything that is asked for; what recurses over a body relies on it. */
const deepest = 64

/**
 * Refuses what is sent as anything but JSON or YAML, also where nobody reads it: other types can be sent by web pages of
 * other origins without being asked.
 *
 * @throws MediaTypeError
 */
export const refuseOtherTypes: MiddlewareHandler = async ({ req }, next) => {
  const type = mediaTypeOf(req)
  if (type !== undefined && type !== 'application/json' && type !== 'application/yaml') throw notJson()
  await next()
}

/** @throws MediaTypeError, TooLargeError, ControlError */
export async function readJson(request: HonoRequest, limitBytes: number = usualLimitBytes): Promise<unknown> {
  if (mediaTypeOf(request) !== 'application/json') throw notJson()
  return parse(await readText(request, limitBytes), JSON.parse, 'JSON')
}

/** @throws MediaTypeError, TooLargeError, ControlError */
export async function readJsonOrYaml(request: HonoRequest, limitBytes: number): Promise<unknown> {
  if (mediaTypeOf(request) !== 'application/yaml') return readJson(request, limitBytes)
  const yaml = await import('yaml') // only who seeds with it waits for it
  return parse(await readText(request, limitBytes), (text) => yaml.parse(text) as unknown, 'YAML')
}

/** No body at all is an empty object. @throws MediaTypeError, TooLargeError, ControlError */
export async function readJsonIfAny(request: HonoRequest): Promise<unknown> {
  if (mediaTypeOf(request) !== undefined) return readJson(request)
  if ((await readText(request, usualLimitBytes)) !== '') throw notJson()
  return {}
}

/** @throws ControlError when the value is not as the document says */
export function validated(validate: Validator, value: unknown): unknown {
  const problem = explainProblems(validate, value)
  if (problem !== undefined) throw new ControlError(`The body cannot be read: ${problem}.`)
  return value
}

/** Does what moves a clock: times that it cannot show are a mistake of the caller. @throws ControlError */
export function moving(move: () => void): void {
  try {
    move()
  } catch (error) {
    throw error instanceof RangeError ? new ControlError(error.message) : error
  }
}

async function readText(request: HonoRequest, limitBytes: number): Promise<string> {
  const { text, tooLarge } = await readBody(request.raw, 'utf8', limitBytes)
  if (tooLarge) throw new TooLargeError(`The body is too large: send at most ${limitBytes / 1024 / 1024} MiB.`)
  return text
}

function parse(text: string, parser: (text: string) => unknown, format: string): unknown {
  let value: unknown
  try {
    value = parser(text)
  } catch {
    throw new ControlError(`The body is no ${format}.`)
  }
  if (isDeeperThan(deepest, value)) throw new ControlError(`The body is nested more than ${deepest} levels deep.`)
  return value
}

function notJson(): MediaTypeError {
  return new MediaTypeError('Send JSON, with the header Content-Type: application/json.')
}

function mediaTypeOf(request: HonoRequest): string | undefined {
  return request.header('content-type')?.split(';')[0]!.trim().toLowerCase()
}
