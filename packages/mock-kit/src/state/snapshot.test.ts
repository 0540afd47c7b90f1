import { describe, expect, it } from 'vitest'
import { parseSnapshot, restoreTables, type Snapshot, SnapshotError, toSnapshot } from './snapshot.ts'
import { type Notebook, setup as setupNotes } from './test-notes.ts'

interface TestSnapshot {
  readonly tables: Notebook
  readonly snapshot: Snapshot
}

/** A snapshot of one note, and the tables that it was taken of. */
function setup(): TestSnapshot {
  const { tables, meta, add } = setupNotes()
  add('first')
  for (const table of Object.values(tables)) table.settle()
  return { tables, snapshot: toSnapshot('notebook', tables, { now: meta.clock.now, running: meta.clock.running }) }
}

describe('a snapshot', () => {
  it('has the tables, the clock, and whose it is', () => {
    expect(setup().snapshot).toStrictEqual({
      format: 4,
      twin: 'notebook',
      clock: { now: '2023-04-04T12:53:25.000Z', running: false },
      tables: { notes: [[1, { text: 'first', pages: [1] }]], totals: [['all', { notes: 1 }]] },
    })
  })

  it('has nothing of a secret table', () => {
    expect(JSON.stringify(setup().snapshot)).not.toMatch(/canary|keys/)
  })

  it('is a copy', () => {
    const { tables, snapshot } = setup()
    Object.assign(snapshot.tables['notes']![0]![1], { text: 'changed' })
    expect(tables.notes.get(1)?.text).toBe('first')
  })

  it('is plain JSON, also where an entity has members that are undefined', () => {
    const { tables } = setup()
    tables.notes.set(2, { text: 'second', pages: undefined as never })
    const snapshot = toSnapshot('notebook', tables, { now: '2023-04-04T12:53:25.000Z', running: true })
    expect(snapshot.tables['notes']![1]).toStrictEqual([2, { text: 'second' }])
  })
})

describe('a snapshot that is put back', () => {
  it('replaces what was there, and leaves the secret tables alone', () => {
    const { tables, snapshot } = setup()
    tables.notes.set(2, { text: 'second' })
    tables.keys.set('new-key', { userId: 2 })
    restoreTables(tables, parseSnapshot(JSON.parse(JSON.stringify(snapshot)), 'notebook', tables))
    expect([...tables.notes]).toEqual([[1, { text: 'first', pages: [1] }]])
    expect([...tables.totals]).toEqual([['all', { notes: 1 }]])
    expect([...tables.keys.keys()]).toEqual(['canary-key', 'new-key'])
  })

  it('counts as a change, so that it is saved', () => {
    const { tables, snapshot } = setup()
    tables.notes.set(2, { text: 'second' })
    tables.notes.settle()
    restoreTables(tables, snapshot)
    expect(tables.notes.changes()).toEqual([
      [1, { text: 'first', pages: [1] }],
      [2, undefined],
    ])
  })

  it('can be changed afterwards without an effect', () => {
    const { tables, snapshot } = setup()
    restoreTables(tables, snapshot)
    Object.assign(snapshot.tables['notes']![0]![1], { text: 'changed' })
    expect(tables.notes.get(1)?.text).toBe('first')
  })
})

describe('no snapshot', () => {
  const sample = setup().snapshot
  const { notes } = sample.tables
  const asItWas = 'is no list of [key, entity] pairs: send it as the twin gave it.'

  it.each<[string, unknown, string]>([
    ['a text', 'state', 'This is no snapshot: send what a twin gave as its state.'],
    ['a list', [sample], 'This is no snapshot: send what a twin gave as its state.'],
    ['null', null, 'This is no snapshot: send what a twin gave as its state.'],
    ['one of nobody', { ...sample, twin: undefined }, 'This is no snapshot of notebook: send what that twin gave.'],
    ['one of another twin', { ...sample, twin: 'diary' }, 'This is no snapshot of notebook: send what that twin gave.'],
    [
      'a newer one',
      { ...sample, format: 5 },
      'The snapshot has format 5, made by a newer release: update this one, or take one of format 4.',
    ],
    [
      'one without a format',
      { ...sample, format: undefined },
      'The snapshot has format undefined, made by another release: take one of format 4.',
    ],
    [
      'one without a clock',
      { ...sample, clock: { now: 'noon', running: true } },
      'The snapshot has no clock: add one such as {"now":"2023-04-04T12:53:25Z","running":false}.',
    ],
    [
      'one whose clock is half',
      { ...sample, clock: { now: '2023-04-04T12:53:25Z' } },
      'The snapshot has no clock: add one such as {"now":"2023-04-04T12:53:25Z","running":false}.',
    ],
    ['one without tables', { ...sample, tables: [] }, 'The snapshot has no tables: send it as the twin gave it.'],
    [
      'one that lacks a table',
      { ...sample, tables: { notes } },
      'The snapshot lacks the table totals: add it, if need be as [].',
    ],
    [
      'one with an unknown table',
      { ...sample, tables: { ...sample.tables, letters: [] } },
      'No snapshot of this twin has a table "letters": leave it out.',
    ],
    [
      'one with a secret table',
      { ...sample, tables: { ...sample.tables, keys: [] } },
      'No snapshot of this twin has a table "keys": leave it out.',
    ],
    [
      'one with an object as table',
      { ...sample, tables: { ...sample.tables, notes: {} } },
      `The table notes of the snapshot ${asItWas}`,
    ],
    [
      'one with bare entities',
      { ...sample, tables: { ...sample.tables, notes: [{ text: 'a' }] } },
      `The table notes of the snapshot ${asItWas}`,
    ],
    [
      'one with half a row',
      { ...sample, tables: { ...sample.tables, notes: [[1]] } },
      `The table notes of the snapshot ${asItWas}`,
    ],
    [
      'one with an odd key',
      { ...sample, tables: { ...sample.tables, notes: [[null, {}]] } },
      `The table notes of the snapshot ${asItWas}`,
    ],
    [
      'one with a text for an entity',
      { ...sample, tables: { ...sample.tables, notes: [[1, 'a']] } },
      `The table notes of the snapshot ${asItWas}`,
    ],
  ])('is %s', (_, value, message) => {
    const { tables } = setup()
    expect(() => parseSnapshot(value, 'notebook', tables)).toThrow(new SnapshotError(message))
  })
})
