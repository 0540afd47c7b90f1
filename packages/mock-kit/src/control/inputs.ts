import type { HonoRequest } from 'hono'
import { ControlError } from '../definition.ts'
import { explainProblems, type Validator } from '../validation.ts'

/** The body of a request that is none of JSON. */
export class MediaTypeError extends Error {
  override readonly name = 'MediaTypeError'
}

/**
 * The JSON of a request. Nothing else is taken, since web pages of other origins can send other types without being asked.
 *
 * @throws MediaTypeError, ControlError
 */
export async function readJson(request: HonoRequest): Promise<unknown> {
  if (mediaTypeOf(request) !== 'application/json')
    throw new MediaTypeError('Send JSON, with the header Content-Type: application/json.')
  return parse(await request.text(), JSON.parse, 'JSON')
}

/** @throws MediaTypeError, ControlError */
export async function readJsonOrYaml(request: HonoRequest): Promise<unknown> {
  if (mediaTypeOf(request) !== 'application/yaml') return readJson(request)
  const yaml = await import('yaml') // only who seeds with it waits for it
  return parse(await request.text(), (text) => yaml.parse(text) as unknown, 'YAML')
}

/** An absent body is an empty object. @throws MediaTypeError, ControlError */
export async function readJsonIfAny(request: HonoRequest): Promise<unknown> {
  const isAbsent = request.header('content-type') === undefined && (await request.raw.clone().text()) === ''
  return isAbsent ? {} : readJson(request)
}

/** @throws ControlError when the value is not as the document says */
export function validated(validate: Validator, value: unknown): unknown {
  const problem = explainProblems(validate, value)
  if (problem !== undefined) throw new ControlError(`The body cannot be read: ${problem}.`)
  return value
}

function parse(text: string, parser: (text: string) => unknown, format: string): unknown {
  try {
    return parser(text)
  } catch {
    throw new ControlError(`The body is no ${format}.`)
  }
}

function mediaTypeOf(request: HonoRequest): string {
  return (request.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
}
