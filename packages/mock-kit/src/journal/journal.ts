import { type JournalQuery, matches } from './query.ts'
import type { JournalEntry } from './entry.ts'
import { type FlatHeaders, type JournalRecord, toEntry } from './record.ts'

/** How much a journal keeps; what is too much drops off at its beginning. */
export interface JournalLimits {
  /** 10,000 unless given. */
  readonly entries?: number
  /** Roughly, in bytes of text; 8 MiB unless given. */
  readonly bytes?: number
}

/** The exchanges of one world. */
export interface Journal {
  /** Oldest first. */
  readonly entries: () => JournalEntry[]
  /** Those that match, oldest first; the newest of them where the query has a limit. */
  readonly query: (query: JournalQuery) => JournalEntry[]
  readonly clear: () => void
  /** Adds an entry and returns its id, which is the next one. */
  readonly add: (record: JournalRecord) => number
  /** Told of every entry from now on, until the returned function is called. */
  readonly follow: (listener: (entry: JournalEntry) => void) => () => void
  /**
   * The first entry that matches, one that is there or one that is still to come.
   *
   * @param timeoutMs - real time; 5 seconds unless given
   * @throws Error when none came in time
   */
  readonly waitFor: (query: JournalQuery, timeoutMs?: number) => Promise<JournalEntry>
}

const entryLimit = 10_000
const byteLimit = 8 * 1024 * 1024
/** What an entry costs beside its texts. */
const overheadBytes = 600

/**
 * A ring with a limit in entries and in bytes. Our own: the libraries with both limits are caches, which look things up by
 * a key and cost several times as much for each entry.
 */
export function createJournal({ entries = entryLimit, bytes = byteLimit }: JournalLimits = {}): Journal {
  let kept: (JournalRecord | undefined)[] = []
  let begin = 0
  let size = 0
  let lastId = 0
  const listeners = new Set<(entry: JournalEntry) => void>()

  const isFull = (): boolean => begin < kept.length && (kept.length - begin > entries || size > bytes)
  const dropFirst = (): void => {
    size -= sizeOf(kept[begin]!)
    kept[begin++] = undefined // its texts are given back at once,
    // and the front of the array now and then, so that dropping costs next to nothing.
    if (begin > 1000 && begin * 2 > kept.length) {
      kept = kept.slice(begin)
      begin = 0
    }
  }
  const tell = (entry: JournalEntry): void => {
    for (const listener of listeners) listener(entry)
  }
  const journal: Journal = {
    entries() {
      const firstId = lastId - (kept.length - begin) + 1
      return kept.slice(begin).map((record, index) => toEntry(firstId + index, record!))
    },
    query: (query) => {
      const found = journal.entries().filter((entry) => matches(entry, query))
      return query.limit === undefined ? found : found.slice(-query.limit)
    },
    clear() {
      kept = []
      begin = 0
      size = 0
    },
    add(record) {
      const id = ++lastId
      kept.push(record)
      size += sizeOf(record)
      while (isFull()) dropFirst()
      if (listeners.size > 0) tell(toEntry(id, record))
      return id
    },
    follow(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    waitFor: (query, timeoutMs = 5000) => waitFor(journal, query, timeoutMs),
  }
  return journal
}

async function waitFor(journal: Journal, query: JournalQuery, timeoutMs: number): Promise<JournalEntry> {
  const there = journal.entries().find((entry) => matches(entry, query))
  if (there !== undefined) return there
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop()
      reject(new Error(`No request that matches ${JSON.stringify(query)} came within ${timeoutMs} ms.`))
    }, timeoutMs)
    const stop = journal.follow((entry) => {
      if (!matches(entry, query)) return
      clearTimeout(timer)
      stop()
      resolve(entry)
    })
  })
}

function sizeOf({ url, requestHeaders, requestBody, responseHeaders, responseBody }: JournalRecord): number {
  const bodies = requestBody.length + (responseBody?.length ?? 0)
  return overheadBytes + url.length + bodies + sizeOfHeaders(requestHeaders) + sizeOfHeaders(responseHeaders)
}

function sizeOfHeaders(headers: FlatHeaders): number {
  let size = 0
  for (const text of headers) size += text.length
  return size
}
