import { readDocument } from '../documents.ts'
import { misuse } from '../failure.ts'

/** What an argument means: JSON as it is, or the name of a file of JSON or YAML, `-` for the standard input. */
export async function readInput(text: string): Promise<unknown> {
  return /^\s*[[{]/.test(text) ? parseJson(text) : readDocument(text)
}

/**
 * A change of settings from JSON or from `name=value` pairs.
 *
 * @param readCurrent - tells the settings as they are: where a text is now, digits are a text too
 */
export async function readChange(texts: readonly string[], readCurrent: () => Promise<unknown>): Promise<unknown> {
  const [first = ''] = texts
  if (texts.length === 1 && first.startsWith('{')) return parseJson(first)
  const pairs = texts.map(splitPair)
  const current = (await readCurrent()) as Readonly<Record<string, unknown>>
  return Object.fromEntries(pairs.map(([name, written]) => [name, toValue(written, current[name])]))
}

function splitPair(text: string): [name: string, written: string] {
  const [, name, written = ''] = /^(\w+)=(.*)$/s.exec(text) ?? []
  if (name === undefined) throw misuse(`${JSON.stringify(text)} changes nothing: write name=value, or one JSON object.`)
  return [name, written]
}

function toValue(written: string, current: unknown): unknown {
  const value = parseIfJson(written)
  return typeof value === 'number' && typeof current === 'string' ? written : value
}

function parseIfJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw misuse('The argument begins like JSON and is none.')
  }
}
