import { ControlError } from '../definition.ts'
import type { JournalQuery } from '../journal/query.ts'

type Parameters = Readonly<Record<string, string>>

const readers: Readonly<Record<string, (text: string, name: string) => Partial<JournalQuery>>> = {
  operation: (operation) => ({ operation }),
  account: (account) => ({ account }),
  status: readStatus,
  since: (text, name) => ({ sinceMs: readTime(text, name) }),
  until: (text, name) => ({ untilMs: readTime(text, name) }),
  after: (text, name) => ({ after: readCount(text, name, 0) }),
  limit: (text, name) => ({ limit: readCount(text, name, 1) }),
  as: readForm,
}

/** The parameters that make a query. */
export const queryNames: readonly string[] = Object.keys(readers)

/** Reads those of the parameters that make a query. @throws ControlError for a value that cannot be read */
export function readJournalQuery(parameters: Parameters): JournalQuery {
  const parts = queryNames.flatMap((name) => {
    const text = parameters[name]
    return text === undefined ? [] : [readers[name]!(text, name)]
  })
  return Object.assign({}, ...parts) as JournalQuery
}

function readStatus(text: string): Partial<JournalQuery> {
  if (/^[1-5]xx$/.test(text)) return { status: text as `${1 | 2 | 3 | 4 | 5}xx` }
  if (/^\d{1,3}$/.test(text)) return { status: Number(text) }
  throw new ControlError(`${text} is no status: write 429, or 4xx for a class, or 0 for no answer.`)
}

function readForm(text: string): Partial<JournalQuery> {
  if (['json', 'har', 'curl'].includes(text)) return {}
  throw new ControlError(`There is no form ${text}: choose from json, har, curl.`)
}

function readTime(text: string, name: string): number {
  const timeMs = Date.parse(text)
  if (Number.isNaN(timeMs)) throw new ControlError(`${name} is no date: write 2023-04-04T12:53:25Z.`)
  return timeMs
}

function readCount(text: string, name: string, least: number): number {
  const count = /^\d{1,15}$/.test(text) ? Number(text) : -1
  if (count < least) throw new ControlError(`${name} must be a whole number from ${least} on.`)
  return count
}
