// A small state for the tests of snapshots and stores: notes, how many there are, and what must not be shown.
import type { WorldMeta } from './store.ts'
import { Table } from './table.ts'

export interface Note {
  readonly text: string
  readonly pages?: readonly number[]
}

/** A type rather than an interface, as states are: only those count as a record of tables. */
export type Notebook = {
  readonly notes: Table<number, Note>
  readonly totals: Table<string, { readonly notes: number }>
  readonly keys: Table<string, { readonly userId: number }>
}

export interface TestNotebook {
  readonly tables: Notebook
  readonly meta: WorldMeta
  /** Adds a note, which changes two tables, and returns its number. */
  readonly add: (text?: string) => number
}

export function setup(): TestNotebook {
  const tables: Notebook = {
    notes: new Table(),
    totals: new Table([['all', { notes: 0 }]]),
    keys: new Table([['canary-key', { userId: 1 }]], { secret: true }),
  }
  const meta = {
    clock: { now: '2023-04-04T12:53:25.000Z', running: false, aheadMs: 0 },
    authoritySeed: 'authority',
    random: { seed: 'test', position: 3 },
  }
  const add = (text = 'a note'): number => {
    const key = tables.notes.size + 1
    tables.notes.set(key, { text, pages: [key] })
    tables.totals.set('all', { notes: key })
    return key
  }
  return { tables, meta, add }
}
