import type { JournalEntry } from './entry.ts'

/** Which entries are meant; members that are left out leave it open. */
export interface JournalQuery {
  readonly operation?: string
  /** A status, or a class such as `4xx`. */
  readonly status?: number | `${1 | 2 | 3 | 4 | 5}xx`
  readonly account?: string
  /** At or after this time, on the clock of the world, in milliseconds since the epoch. */
  readonly sinceMs?: number
  /** Before this time. */
  readonly untilMs?: number
  /** Entries with a higher id. */
  readonly after?: number
  /** At most so many, the newest. */
  readonly limit?: number
}

/** What of an entry decides whether it is meant. */
type Matched = Pick<JournalEntry, 'id' | 'status' | 'startedMs'> & {
  readonly operation?: string | undefined
  readonly account?: string | undefined
}

/** Whether an entry is one of those that are meant; the limit is the business of whoever collects them. */
export function matches(entry: Matched, query: JournalQuery): boolean {
  const { operation, status, account, sinceMs = -Infinity, untilMs = Infinity, after = 0 } = query
  return (
    (operation === undefined || entry.operation === operation) &&
    (account === undefined || entry.account === account) &&
    (status === undefined || hasStatus(entry.status, status)) &&
    entry.startedMs >= sinceMs &&
    entry.startedMs < untilMs &&
    entry.id > after
  )
}

function hasStatus(status: number, wanted: number | string): boolean {
  return typeof wanted === 'number' ? status === wanted : `${Math.floor(status / 100)}xx` === wanted
}
