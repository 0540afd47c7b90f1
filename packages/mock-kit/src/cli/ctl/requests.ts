import type { ReadableStream } from 'node:stream/web'
import type { components } from '../../control/control.generated.ts'
import { readJournalQuery } from '../../control/journal-query.ts'
import { ControlError } from '../../definition.ts'
import { toCurl } from '../../journal/curl.ts'
import type { JournalEntry } from '../../journal/entry.ts'
import { type JournalQuery, matches } from '../../journal/query.ts'
import { misuse, obstacle } from '../failure.ts'
import { readAnswer, send, type Target } from './client.ts'
import { print, printText } from './output.ts'

/** Which entries of the journal are wanted and in which form, as they are written in a query. */
export type Wanted = Readonly<Record<string, string>>

/** Prints the entries that are there. */
export async function listRequests(target: Target, wanted: Wanted): Promise<void> {
  print(await readAnswer(target, await send(target, { method: 'GET', path: '/requests', query: wanted })))
}

/** Prints the entries as they come, one a line, until the twin stops, the limit is reached, or nobody reads on. */
export async function followRequests(target: Target, { as = 'json', ...wanted }: Wanted): Promise<void> {
  if (as === 'har') throw misuse('HAR is written as a whole: leave out --follow, or choose --as json or curl.')
  const { limit = Infinity, ...query } = readWanted({ as, ...wanted })
  process.stdout.once('error', () => process.exit())
  const { body } = await send(target, { method: 'GET', path: '/requests/stream' })
  let left = limit
  for await (const view of entriesIn(target, body as ReadableStream<Uint8Array>)) {
    const entry = toEntry(view)
    if (!matches(entry, query)) continue
    printText(`${as === 'curl' ? toCurl(entry) : JSON.stringify(view)}\n`)
    left -= 1
    if (left === 0) return
  }
}

function readWanted(wanted: Wanted): JournalQuery {
  try {
    return readJournalQuery(wanted)
  } catch (error) {
    throw error instanceof ControlError ? misuse(error.message) : error
  }
}

type EntryView = components['schemas']['JournalEntry']

/** The twin sends each entry as one line of JSON, so nothing else of server-sent events has to be understood. */
async function* entriesIn({ url }: Target, body: ReadableStream<Uint8Array>): AsyncGenerator<EntryView> {
  let rest = ''
  try {
    for await (const text of body.pipeThrough(new TextDecoderStream())) {
      const lines = `${rest}${text}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.startsWith('data: ')) yield JSON.parse(line.slice(6)) as EntryView
    }
  } catch {
    throw obstacle(`The connection to ${url} is broken: look whether the twin still runs.`)
  }
}

/** What is left out on the wire is undefined, or empty, in the journal. */
function toEntry({ request, ...view }: EntryView): JournalEntry {
  return { operation: undefined, account: undefined, ...view, request: { body: '', ...request } } as JournalEntry
}
