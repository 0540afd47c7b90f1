import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { StoreError } from './store-error.ts'
import { openStore } from './store.ts'
import { setup as setupNotes } from './test-notes.ts'
import { setup, type TestStore } from './test-store.ts'

/** The modes of a data file and of what can stand beside it. */
const modes = (file: string): (string | undefined)[] =>
  ['', '-wal', '-shm', '-journal'].map((suffix) =>
    statSync(file + suffix, { throwIfNoEntry: false })
      ?.mode.toString(8)
      .slice(-3),
  )

function refusalOf(work: () => unknown): Pick<StoreError, 'name' | 'code' | 'message'> {
  try {
    work()
  } catch (error) {
    const { name, code, message } = error as StoreError
    return { name, code, message }
  }
  throw new Error('It was not refused.')
}

describe('a data file', () => {
  it('and what stands beside it can be read by its owner alone', () => {
    const { file, open, tables, meta } = setup()
    const store = open()
    store.save('default', tables, meta)
    expect(modes(file)).toEqual(['600', '600', undefined, undefined])
  })

  it('that others may read is closed to them', () => {
    const { file, open, tables, meta } = setup()
    const store = open()
    store.save('default', tables, meta)
    store.close()
    chmodSync(file, 0o666)
    writeFileSync(`${file}-shm`, '')
    chmodSync(`${file}-shm`, 0o666)
    const again = open()
    again.save('default', tables, meta)
    expect(modes(file)).toEqual(['600', '600', '600', undefined])
  })

  it('of no bytes is a new one, and so is one whose maker was killed at once', () => {
    for (const makeEmpty of [
      (file: string) => writeFileSync(file, ''),
      (file: string) => new DatabaseSync(file).exec('pragma journal_mode = wal'),
    ]) {
      const { file, open, tables, meta } = setup()
      makeEmpty(file)
      const store = open()
      store.save('default', tables, meta)
      expect(store.worlds()).toEqual(['default'])
      expect(modes(file)[0]).toBe('600')
    }
  })
})

describe('a data file is refused', () => {
  const spoiled = (spoil: (file: string) => void): TestStore => {
    const world = setup()
    for (let count = 0; count < 100; count++) world.add('x'.repeat(100))
    const store = openStore(world.file, 'notebook')
    store.save('default', world.tables, world.meta)
    store.close()
    spoil(world.file)
    return world
  }
  const edit = (sql: string) => (file: string) => {
    const db = new DatabaseSync(file)
    db.exec(sql)
    db.close()
  }
  const emptyOf = (application: number) => (file: string) => {
    writeFileSync(file, '')
    edit(`pragma application_id = ${application}`)(file)
  }
  const overwrite = (from: number, to: number) => (file: string) => {
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.fill(0xa5, from, Math.min(to, bytes.length)))
  }
  const damaged = (file: string): object => ({
    name: 'StoreError',
    code: 'unreadable',
    message: `${file} is damaged or no data file of a twin: give another file, or a new name.`,
  })

  it.each<[string, (file: string) => void]>([
    ['is text', (file) => writeFileSync(file, 'Dear diary')],
    ['is a database of another program', edit('pragma application_id = 5')],
    ['is an empty database of another program', emptyOf(5)],
    ['is a database without a mark', edit('pragma application_id = 0')],
    ['has lost its head', overwrite(0, 100)],
    ['is damaged in the middle', overwrite(4096 * 2, 4096 * 3)],
    ['was cut off', (file) => writeFileSync(file, readFileSync(file).subarray(0, 4096 * 2))],
  ])('that %s', (_, spoil) => {
    const { file, open } = spoiled(spoil)
    const before = readFileSync(file)
    chmodSync(file, 0o644)
    expect(refusalOf(open)).toEqual(damaged(file))
    expect(readFileSync(file)).toEqual(before)
    expect(modes(file)[0]).toBe('644')
  })

  it('that lacks a table, and is free again', () => {
    const { file, open } = spoiled(edit('drop table entities'))
    expect(refusalOf(open)).toEqual(damaged(file))
    expect(refusalOf(open)).toEqual(damaged(file))
  })

  it.each([
    ['no JSON', "update entities set entity = '{' where key = '1'"],
    ['no JSON about the world', "update worlds set meta = ''"],
    ['an unknown table', "update entities set name = 'letters' where key = '1'"],
  ])('at the loading of a world with %s', (_, sql) => {
    const { file, open } = spoiled(edit(sql))
    const store = open()
    const copy = setupNotes()
    copy.add('untouched')
    expect(refusalOf(() => store.load('default', copy.tables))).toEqual(damaged(file))
    expect([...copy.tables.notes.values()]).toEqual([{ text: 'untouched', pages: [1] }])
  })

  it('that is a folder', () => {
    const { file } = setup()
    const folder = join(file, '..')
    expect(refusalOf(() => openStore(folder, 'notebook'))).toEqual(damaged(folder))
  })

  it('that belongs to another twin', () => {
    const { file, open } = spoiled(() => {})
    expect(refusalOf(() => open('diary'))).toEqual({
      name: 'StoreError',
      code: 'other-twin',
      message: `${file} is the data file of notebook: give each twin a file of its own.`,
    })
    expect(open('notebook').worlds()).toEqual(['default'])
  })

  it.each([
    ['a newer', 99, 'update this one, or give another file.'],
    ['an older', 0, 'give another file, or a new name.'],
  ])('that %s release wrote', (age, format, advice) => {
    const { file, open } = spoiled(edit(`pragma user_version = ${format}`))
    expect(refusalOf(open)).toEqual({
      name: 'StoreError',
      code: `${age.split(' ')[1]}-format`,
      message: `${file} was written by ${age} release: ${advice}`,
    })
  })

  it('whose folder is not there', () => {
    const { file } = setup()
    for (const missing of [join(file, '..', 'no', 'twin.db'), join(import.meta.filename, 'twin.db')]) {
      expect(refusalOf(() => openStore(missing, 'notebook'))).toEqual({
        name: 'StoreError',
        code: 'unwritable',
        message: `The folder of ${missing} does not exist: make it, or give another file.`,
      })
    }
  })
})
