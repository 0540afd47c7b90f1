import type { JournalEntry } from './entry.ts'
import type { JournalRecord } from './record.ts'

/** What a test says of an entry. */
export type EntryParts = Partial<Omit<JournalEntry, 'id'>>

/** An entry that has no number yet. */
export function createEntry(parts: EntryParts = {}): Omit<JournalEntry, 'id'> {
  return {
    world: 'default',
    startedMs: Date.parse('2023-04-04T12:53:25Z'),
    durationMs: 1.5,
    method: 'GET',
    url: 'https://notes.example/notes',
    operation: 'listNotes',
    account: 'writer',
    status: 200,
    diagnosis: undefined,
    fault: undefined,
    request: { headers: [], body: '' },
    response: { headers: [], body: null },
    ...parts,
  }
}

/** The same as it is stored. */
export function createRecord({ id: _id, ...parts }: Partial<JournalEntry> = {}): JournalRecord {
  const { request, response, ...rest } = createEntry(parts)
  return {
    ...rest,
    requestHeaders: request.headers.flat(),
    requestBody: request.body,
    responseHeaders: response.headers.flat(),
    responseBody: response.body,
  }
}
