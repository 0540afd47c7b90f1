import { type CerttwinError, fail } from '../errors.ts'
import { isObject } from './options.ts'

/** A successful answer. `data` is undefined where the answer has no body. */
export interface Answer<Data> {
  readonly data: Data | undefined
  readonly response: Response
}

/** Makes of an answer what the caller gets. @throws CerttwinError `unexpected_response` when it is not what the contract says */
export type Read<Data, Value> = (answer: Answer<Data>) => Value

/** An answer of success that is not what the contract says; what was asked for may have been done. */
export function unexpected(complaint: string): CerttwinError {
  return fail('unexpected_response', `the answer is not what the contract says: ${complaint}.`, 'unknown')
}

/** The body of an answer that must have one: an object. */
export function toData<Data>({ data }: Answer<Data>): Data {
  if (isRecord(data)) return data as Data
  throw unexpected('no object')
}

/** The list that an answer holds under a name; empty where the name is left out. */
export function listOf<Name extends string, Entry>(
  name: Name,
): Read<{ readonly [Key in Name]?: Entry[] }, readonly Entry[]> {
  return (answer) => {
    const { [name]: entries = [] } = toData(answer)
    if (Array.isArray(entries) && entries.every(isRecord)) return entries
    throw unexpected(`no list of ${name}`)
  }
}

/** For an answer that has nothing to say. */
export function toNothing(): void {}

/** What is there, as JSON unless told otherwise. A refusal may be anything. */
export async function readBody(response: Response, as: 'arrayBuffer' | undefined): Promise<unknown> {
  if (response.ok && as !== undefined) return response[as]()
  const text = await response.text()
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch (error) {
    if (response.ok) throw error
    return undefined
  }
}

export function isRecord(value: unknown): boolean {
  return isObject(value) && !Array.isArray(value)
}
