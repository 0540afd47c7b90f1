import { type JournalQuery, matches } from './query.ts'
import type { JournalEntry } from './entry.ts'
import { type ByteRing, createByteRing } from './byte-ring.ts'
import { fromRingEntry, type JournalRecord, ringNumbers, toEntry, toRingEntry } from './record.ts'

/** How much a journal keeps; what is too much drops off at its beginning. */
export interface JournalLimits {
  /** 10,000 unless given. */
  readonly entries?: number
  /** 4 MiB unless given. An entry that is larger is not kept, nor what was before it. */
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
const byteLimit = 4 * 1024 * 1024

export function createJournal({ entries = entryLimit, bytes = byteLimit }: JournalLimits = {}): Journal {
  // Most worlds see few requests, and some none.
  let ring: ByteRing | undefined
  let lastId = 0
  // Whoever looks once looks again, and reading is slow; but nobody has to look.
  let lastRead: WeakRef<readonly JournalEntry[]> | undefined
  const listeners = new Set<(entry: JournalEntry) => void>()
  const tell = (entry: JournalEntry): void => {
    for (const listener of listeners) listener(entry)
  }
  const journal: Journal = {
    entries() {
      const firstId = lastId - (ring?.count() ?? 0) + 1
      const known = (lastRead?.deref() ?? []).filter(({ id }) => id >= firstId)
      const unread = ring?.read(known.length) ?? []
      const nextId = firstId + known.length
      const read = [...known, ...unread.map((entry, index) => toEntry(nextId + index, fromRingEntry(entry)))]
      lastRead = new WeakRef(read)
      return [...read]
    },
    query: (query) => {
      const found = journal.entries().filter((entry) => matches(entry, query))
      return query.limit === undefined ? found : found.slice(Math.max(0, found.length - query.limit))
    },
    clear() {
      ring?.clear()
      lastRead = undefined
    },
    add(record) {
      const id = ++lastId
      ring ??= createByteRing({ entries: wholeNumber(entries), bytes: wholeNumber(bytes) }, ringNumbers)
      ring.add(toRingEntry(record))
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

function wholeNumber(limit: number): number {
  return Number.isFinite(limit) ? Math.max(0, Math.floor(limit)) : 0
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
