import { array, assert, constant, integer, nat, oneof, property } from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { collectGarbage } from '../test-garbage.ts'
import type { JournalEntry } from './entry.ts'
import { createJournal, type JournalLimits } from './journal.ts'
import type { JournalQuery } from './query.ts'
import { type JournalRecord, toEntry, toRingEntry } from './record.ts'
import { createRecord, type EntryParts } from './test-entry.ts'

const ids = (entries: readonly JournalEntry[]): number[] => entries.map(({ id }) => id)

function setup(limits?: JournalLimits) {
  const journal = createJournal(limits)
  const records: WeakRef<JournalRecord>[] = []
  const add = (parts: EntryParts = {}): JournalEntry => {
    const record = createRecord(parts)
    records.push(new WeakRef(record))
    return toEntry(journal.add(record), record)
  }
  return { journal, add, records }
}

describe('a journal', () => {
  it('counts its entries, also over those that were dropped and after it was emptied', () => {
    const { journal, add } = setup({ entries: 2 })
    expect([add(), add(), add()].map(({ id }) => id)).toEqual([1, 2, 3])
    expect(ids(journal.entries())).toEqual([2, 3])
    journal.clear()
    expect(journal.entries()).toEqual([])
    expect(add().id).toBe(4)
  })

  it('keeps the newest 10,000 unless told otherwise', () => {
    const { journal, add } = setup()
    for (let count = 0; count < 10_001; count++) add()
    expect([journal.entries().length, journal.entries()[0]?.id]).toEqual([10_000, 2])
  })

  it('takes no more memory than its few entries need', () => {
    const sizes = vi.spyOn(Buffer, 'allocUnsafeSlow')
    const { journal, add } = setup({ entries: 10 })
    for (let count = 0; count < 2000; count++) add()
    const taken = sizes.mock.calls.map(([size]) => size)
    sizes.mockRestore()
    expect(Math.max(...taken)).toBe(64 * 1024)
    expect(ids(journal.entries())).toEqual([1991, 1992, 1993, 1994, 1995, 1996, 1997, 1998, 1999, 2000])
  })

  it('keeps none where it may have none', () => {
    const { journal, add } = setup({ entries: 0 })
    const told: number[] = []
    journal.follow(({ id }) => told.push(id))
    add()
    expect(journal.entries()).toEqual([])
    expect(told).toEqual([1])
  })

  it.each<[string, EntryParts]>([
    ['the request body', { request: { headers: [], body: 'x'.repeat(5000) } }],
    ['the answer', { response: { headers: [], body: 'x'.repeat(5000) } }],
    ['bytes in the answer', { response: { headers: [], body: new Uint8Array(5000) } }],
    ['the URL', { url: `https://notes.example/${'x'.repeat(5000)}` }],
    ['headers of the request', { request: { headers: [['name', 'x'.repeat(5000)]], body: '' } }],
    ['headers of the answer', { response: { headers: [['x'.repeat(5000), 'value']], body: null } }],
  ])('keeps no more than its limit in bytes: %s count', (_, parts) => {
    const { journal, add } = setup({ bytes: 20_000 })
    for (let count = 0; count < 10; count++) add(parts)
    expect(ids(journal.entries())).toEqual([8, 9, 10])
  })

  it('drops an entry that is larger than the limit alone', () => {
    const { journal, add } = setup({ bytes: 20_000 })
    add()
    add({ request: { headers: [], body: 'x'.repeat(20_000) } })
    expect(journal.entries()).toEqual([])
    add()
    expect(ids(journal.entries())).toEqual([3])
  })

  it('is always the newest entries that both limits allow, but for the gap of one', () => {
    const sizes = array(oneof(constant(-1), nat(9000)), { maxLength: 60 })
    const holds = property(
      integer({ min: 0, max: 12 }),
      oneof(integer({ min: 0, max: 40_000 }), integer({ min: 60_000, max: 300_000 })),
      sizes,
      (entries, bytes, steps) => {
        const { journal, add } = setup({ entries, bytes })
        let all: JournalEntry[] = []
        for (const step of steps) {
          if (step < 0) journal.clear()
          all = step < 0 ? [] : [...all, add({ request: { headers: [], body: 'x'.repeat(step) } })]
          const kept = journal.entries()
          expect(kept).toEqual(all.slice(all.length - kept.length))
          expect(kept.length).toBeLessThanOrEqual(entries)
          expect(bytesOf(kept)).toBeLessThanOrEqual(bytes)
          if (kept.length === Math.min(entries, all.length)) continue
          const oneMore = bytesOf(all.slice(all.length - kept.length - 1))
          const largest = Math.max(...all.map((entry) => bytesOf([entry])))
          expect(oneMore + largest).toBeGreaterThan(bytes)
        }
      },
    )
    assert(holds)
  })

  it('gives back every kind of body as it was', () => {
    const { journal, add } = setup()
    const parts: EntryParts[] = [
      { request: { headers: [['a', 'b']], body: 'Grüße \u0000 €' }, response: { headers: [], body: null } },
      {
        response: {
          headers: [
            ['x', '1'],
            ['x', '2'],
          ],
          body: new Uint8Array([0, 255, 128, 10]),
        },
      },
      { response: { headers: [], body: '' }, operation: undefined, account: undefined },
      { diagnosis: 'odd', fault: { rule: 'f1', kind: 'reset', injected: true }, status: 0, durationMs: 0.125 },
    ]
    const added = parts.map((each) => add(each))
    expect(journal.entries()).toEqual(added)
    expect(journal.entries()).toEqual(added)
  })
})

/** What entries take in the ring. */
function bytesOf(entries: readonly JournalEntry[]): number {
  const kept = entries.map((entry) => toRingEntry(createRecord(entry)))
  return kept.reduce((sum, { text, bytes }) => sum + Buffer.byteLength(text) + bytes.length, 0)
}

describe('an entry', () => {
  it('is not kept on the heap', async () => {
    const { journal, add, records } = setup()
    for (let count = 0; count < 5; count++) add()
    await collectGarbage()
    expect(records.map((record) => record.deref())).toEqual(records.map(() => undefined))
    expect(journal.entries()).toHaveLength(5)
  })
})

describe('a query', () => {
  const at = (seconds: number): number => Date.parse('2023-04-04T12:53:25Z') + seconds * 1000

  function setupSix() {
    const { journal, add } = setup()
    add({ operation: 'listNotes', status: 200, account: 'writer', startedMs: at(0) })
    add({ operation: 'addNote', status: 201, account: 'writer', startedMs: at(1) })
    add({ operation: 'addNote', status: 429, account: 'reader', startedMs: at(2) })
    add({ operation: undefined, status: 404, account: undefined, startedMs: at(3) })
    add({ operation: 'addNote', status: 0, account: 'reader', startedMs: at(4) })
    add({ operation: 'listNotes', status: 503, account: 'reader', startedMs: at(5) })
    return journal
  }

  it.each<[JournalQuery, number[]]>([
    [{}, [1, 2, 3, 4, 5, 6]],
    [{ operation: 'addNote' }, [2, 3, 5]],
    [{ account: 'reader' }, [3, 5, 6]],
    [{ status: 429 }, [3]],
    [{ status: '4xx' }, [3, 4]],
    [{ status: '2xx' }, [1, 2]],
    [{ status: 0 }, [5]],
    [{ sinceMs: at(2) }, [3, 4, 5, 6]],
    [{ untilMs: at(2) }, [1, 2]],
    [{ sinceMs: at(1), untilMs: at(3) }, [2, 3]],
    [{ after: 4 }, [5, 6]],
    [{ limit: 2 }, [5, 6]],
    [{ operation: 'addNote', limit: 2 }, [3, 5]],
    [{ operation: 'addNote', account: 'reader', status: '4xx' }, [3]],
    [{ operation: 'clearNotes' }, []],
  ])('finds the entries that match %j', (query, found) => {
    expect(ids(setupSix().query(query))).toEqual(found)
  })
})

describe('waiting for a request', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('finds one that is there, the oldest', async () => {
    const { journal, add } = setup()
    for (let count = 0; count < 2; count++) add({ operation: 'addNote' })
    expect((await journal.waitFor({ operation: 'addNote' })).id).toBe(1)
  })

  it('finds the first one that comes and matches', async () => {
    const { journal, add } = setup()
    const waiting = journal.waitFor({ status: '5xx' }, 1000)
    add({ status: 200 })
    vi.advanceTimersByTime(999)
    add({ status: 503 })
    add({ status: 500 })
    expect((await waiting).id).toBe(2)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('gives up after its time, 5 seconds unless told, with a sentence', async () => {
    const { journal, add } = setup()
    const refused = journal.waitFor({ operation: 'addNote' }).catch((error: unknown) => error)
    vi.advanceTimersByTime(4999)
    add({ operation: 'listNotes' })
    expect(vi.getTimerCount()).toBe(1)
    vi.advanceTimersByTime(1)
    expect(await refused).toEqual(new Error('No request that matches {"operation":"addNote"} came within 5000 ms.'))
    add({ operation: 'addNote' }) // nobody listens any more
  })
})

describe('following a journal', () => {
  it('ends when told', () => {
    const { journal, add } = setup()
    const told: number[] = []
    const stop = journal.follow(({ id }) => told.push(id))
    add()
    stop()
    add()
    expect(told).toEqual([1])
  })
})
