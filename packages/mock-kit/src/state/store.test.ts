import { describe, expect, it } from 'vitest'
import { setup as setupNotes, type TestNotebook } from './test-notes.ts'
import { setup } from './test-store.ts'

const rowsOf = ({ tables }: TestNotebook): object =>
  Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, [...table]]))

describe('a store', () => {
  it('gives back what was saved, after a restart too', () => {
    const { open, reopen, tables, meta, add } = setup()
    add('first')
    const saved = {
      notes: [[1, { text: 'first', pages: [1] }]],
      totals: [['all', { notes: 1 }]],
      keys: [['canary-key', { userId: 1 }]],
    }
    const store = open()
    store.save('default', tables, meta)
    const [copy, later] = [setupNotes(), setupNotes()]
    later.tables.notes.set(99, { text: 'to be replaced' })
    expect(store.load('default', copy.tables)).toEqual(meta)
    expect(rowsOf(copy)).toEqual(saved)
    expect(reopen(store).load('default', later.tables)).toEqual(meta)
    expect(rowsOf(later)).toEqual(saved)
  })

  it('saves what changed since the last time, and only that', () => {
    const { open, tables, meta, add } = setup()
    const store = open()
    add('first')
    add('second')
    store.save('default', tables, meta)
    expect(tables.notes.isChanged).toBe(false)
    tables.notes.set(2, { text: 'changed' })
    tables.notes.delete(1)
    store.save('default', tables, { ...meta, random: { seed: 'other', position: 4 } })
    const copy = setupNotes()
    expect(store.load('default', copy.tables)?.random).toEqual({ seed: 'other', position: 4 })
    expect([...copy.tables.notes]).toEqual([[2, { text: 'changed' }]])
  })

  it('keeps the order of a table, whatever changed in between', () => {
    const { open, tables, meta } = setup()
    const store = open()
    tables.notes.set(30, { text: 'a' }).set(4, { text: 'b' })
    store.save('default', tables, meta)
    tables.notes.set(100, { text: 'c' }).set(30, { text: 'd' }).set(5, { text: 'e' })
    store.save('default', tables, meta)
    const copy = setupNotes()
    store.load('default', copy.tables)
    expect([...copy.tables.notes.keys()]).toEqual([30, 4, 100, 5])
    expect([...copy.tables.notes.keys()]).toEqual([...tables.notes.keys()])
  })

  it('tells a number from a text of the same digits, and keeps any text', () => {
    const { open, tables, meta } = setup()
    const store = open()
    const text = '\u0000 "quoted" \uD800 münze 𝄞'
    tables.totals.set('1', { notes: 1 })
    tables.notes.set(1, { text })
    store.save("a world's name", tables, meta)
    const copy = setupNotes()
    store.load("a world's name", copy.tables)
    expect(copy.tables.notes.get(1)).toEqual({ text })
    expect(copy.tables.totals.get('1')).toEqual({ notes: 1 })
  })

  it('keeps worlds apart, and knows them in the order of their saving', () => {
    const { open, reopen, tables, meta, add } = setup()
    add('of b')
    const store = open()
    store.save('b', tables, meta)
    store.save('a', setupNotes().tables, meta)
    const copy = setupNotes()
    store.load('a', copy.tables)
    expect(copy.tables.notes.size).toBe(0)
    expect(store.worlds()).toEqual(['b', 'a'])
    store.drop('b')
    expect(reopen(store).worlds()).toEqual(['a'])
  })

  it('leaves the tables alone when it does not know the world', () => {
    const { open, tables, meta, add } = setup()
    const store = open()
    store.save('default', tables, meta)
    store.drop('default')
    add('here')
    expect(store.load('default', tables)).toBeUndefined()
    expect([...tables.notes.values()]).toEqual([{ text: 'here', pages: [1] }])
    expect(tables.notes.isChanged).toBe(true)
  })

  it('calls nothing that it loaded a change', () => {
    const { open, tables, meta, add } = setup()
    add()
    const store = open()
    store.save('default', tables, meta)
    const copy = setupNotes()
    store.load('default', copy.tables)
    expect(Object.values(copy.tables).map(({ isChanged }) => isChanged)).toEqual([false, false, false])
  })

  it('forgets what it had when a world is replaced', () => {
    const { open, tables, meta, add } = setup()
    const store = open()
    add('old')
    add('old')
    store.save('default', tables, meta)
    const anew = setupNotes()
    anew.add('new')
    store.replace('default', anew.tables, meta)
    expect(anew.tables.notes.isChanged).toBe(false)
    const copy = setupNotes()
    store.load('default', copy.tables)
    expect(rowsOf(copy)).toEqual(rowsOf(anew))
    expect(store.worlds()).toEqual(['default'])
  })

  it('saves all or nothing, and what failed once is saved the next time', () => {
    const { open, tables, meta, add } = setup()
    const store = open()
    store.save('default', tables, meta)
    add('good')
    tables.notes.set(2, { text: 'bad', pages: [1n] as never })
    expect(() => store.save('default', tables, meta)).toThrow(TypeError)
    const copy = setupNotes()
    store.load('default', copy.tables)
    expect(copy.tables.notes.size).toBe(0)
    tables.notes.delete(2)
    store.save('default', tables, meta)
    store.load('default', copy.tables)
    expect([...copy.tables.notes.keys()]).toEqual([1])
  })

  it('has a seed that was made with the file and stays', () => {
    const [one, other] = [setup(), setup()]
    const store = one.open()
    const { seed } = store
    expect(seed).toMatch(/^[0-9a-f]{32}$/)
    expect(one.reopen(store).seed).toBe(seed)
    expect(other.open().seed).not.toBe(seed)
  })
})
