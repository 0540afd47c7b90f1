import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import { createManualClock } from './clock.ts'
import { type ClockReading, SnapshotError } from './state/snapshot.ts'
import { openStore } from './state/store.ts'
import { notesDefinition, type NotesSetup, notesKey, setupNotes } from './test-twin.ts'
import { createTwin, type Twin, type TwinOptions } from './twin.ts'
import type { ClockChange } from './world-control.ts'

const folder = mkdtempSync(join(tmpdir(), 'certtwin-keeping-'))
const open: NotesSetup[] = []
let files = 0

afterEach(() => {
  for (const { twin } of open.splice(0)) twin.close()
})
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

/** A twin that keeps its state, and the same one after a restart. */
function setup(options: TwinOptions = {}): {
  data: string
  first: NotesSetup
  restart: (again?: TwinOptions) => NotesSetup
} {
  const data = join(folder, `${++files}.db`)
  const start = (given: TwinOptions): NotesSetup => {
    const notes = setupNotes({ data, ...given })
    open.push(notes)
    return notes
  }
  const first = start(options)
  return {
    data,
    first,
    restart(again = options) {
      first.twin.close()
      return start(again)
    },
  }
}

const textOf = async (response: Promise<Response>): Promise<string> => (await response).text()

describe('a twin with a data file', () => {
  it('has after a restart what it answered before', async () => {
    const { first, restart } = setup()
    await first.add('kept')
    const before = await textOf(first.list())
    const { list } = restart()
    expect(await textOf(list())).toBe(before)
    expect(before).toContain('"text":"kept"')
  })

  it('goes on with its random sequence', async () => {
    const { add } = setupNotes()
    const expected = [await textOf(add('one')), await textOf(add('two'))]
    const { first, restart } = setup()
    const one = await textOf(first.add('one'))
    expect([one, await textOf(restart().add('two'))]).toEqual(expected)
  })

  it('refuses another seed than the one that it began with, and takes the same one again', async () => {
    const { first, restart } = setup({ seed: 'one' })
    await first.add('kept')
    const code = { code: 'other-seed' }
    expect(() => restart({ seed: 'two' })).toThrow(expect.objectContaining({ name: 'StoreError', ...code }))
    expect(await textOf(restart().list())).toContain('"text":"kept"')
  })

  const time = '{"now":"2023-04-04T12:53:25Z","running":false,"aheadMs":0}'
  const random = '{"seed":"a","position":0}'
  it.each([
    [`update worlds set meta = '{"clock":${time},"random":{"seed":1},"authoritySeed":"x"}'`],
    [`update worlds set meta = '{"clock":${time},"random":{"seed":"a","position":-5},"authoritySeed":"x"}'`],
    [`update worlds set meta = '{"clock":{},"random":${random},"authoritySeed":"x"}'`],
    [`update entities set entity = 'null'`],
    [`update entities set key = 'null'`],
    [`update entities set name = 'toString'`],
  ])('is refused in a sentence when somebody wrote into what is kept of a world: %s', (change) => {
    const data = join(folder, `${++files}.db`)
    const start = (): Twin<object> => createTwin(notesDefinition, { mood: 'good' }, { data })
    const twin = start()
    twin.seed({ notes: ['kept'] })
    twin.close()
    const db = new DatabaseSync(data)
    db.exec(change)
    db.close()
    expect(start).toThrow(`${data} is damaged or no data file of a twin: give another file, or a new name.`)
  })

  it('keeps worlds apart, and loads one when it is entered', async () => {
    const { first, restart } = setup({ accounts: 'open' })
    await first.add('elsewhere', `${notesKey}.abc`)
    const { list, twin } = restart()
    expect(await textOf(list())).not.toContain('elsewhere')
    expect(await textOf(list(`${notesKey}.abc`))).toContain('elsewhere')
    expect(twin.worlds()).toEqual(['default', 'abc'])
  })

  it('keeps what the control plane changed: data, actions, a reset, a snapshot put back', async () => {
    const { first, restart } = setup()
    await first.add('gone')
    first.twin.reset()
    first.twin.seed({ notes: ['seeded', 'burnt'] })
    first.twin.act('burn-note', { id: 'burnt' })
    const snapshot = first.twin.snapshot()
    first.twin.reset()
    first.twin.restore(snapshot)
    const second = restart()
    expect(second.twin.snapshot().tables).toEqual(snapshot.tables)
    expect(JSON.stringify(snapshot.tables)).toContain('seeded')
    expect(JSON.stringify(snapshot.tables)).not.toContain('burnt')
  })

  it('keeps a clock that was moved, unless it is given one', () => {
    const data = join(folder, `${++files}.db`)
    const clockOf = (options: TwinOptions, change: ClockChange = {}): ClockReading => {
      const twin = createTwin(notesDefinition, { mood: 'good' }, { data, ...options })
      twin.moveClock(change)
      const { clock } = twin.snapshot()
      twin.close()
      return clock
    }
    clockOf({}, { now: '2031-01-01T00:00:00Z', running: false })
    expect(clockOf({})).toEqual({ now: '2031-01-01T00:00:00.000Z', running: false })
    clockOf({}, { running: true })
    const running = clockOf({})
    expect(running).toMatchObject({ running: true, now: expect.stringMatching(/^2031-01-01T00:0/) as string })
    const given = { clock: createManualClock('2019-01-01T00:00:00Z') }
    expect(clockOf(given)).toEqual({ now: '2019-01-01T00:00:00.000Z', running: false })
  })

  it('says in a sentence that the file is in use', () => {
    const { first } = setup()
    expect(first.twin.health().status).toBe('ok')
    const data = join(folder, `${files}.db`)
    expect(() => setupNotes({ data })).toThrow(/^Another process has .* open/)
  })

  it('keeps nothing of a request that failed, and of one that only reads', async () => {
    const { first, restart } = setup()
    await first.add('break')
    await first.list()
    expect(await textOf(restart().list())).toContain('"notes":[]')
  })
})

describe('what a twin began with', () => {
  it('is what its authority follows from, also after the random sequence began anew', async () => {
    const { first, restart } = setup()
    await first.add('one')
    first.twin.setRandom('another')
    const next = await textOf(first.add('two'))
    first.twin.setRandom('another')
    const { add } = restart()
    expect(await textOf(add('again'))).toBe(next)
  })

  it('is what later worlds follow from, also where the seed was left out in between', () => {
    const data = join(folder, `${++files}.db`)
    const start = (options: TwinOptions): Twin<object> =>
      createTwin(notesDefinition, { mood: 'good' }, { data, ...options })
    start({ seed: 'one' }).close()
    const without = start({})
    without.world('abc').seed({ notes: ['later'] })
    without.close()
    const again = start({ seed: 'one' })
    expect(JSON.stringify(again.world('abc').snapshot())).toContain('later')
    again.close()
  })

  it('puts no world into the file that was only looked into', async () => {
    const { first, restart } = setup({ accounts: 'open' })
    await first.list(`${notesKey}.idle`)
    await first.add('kept', `${notesKey}.busy`)
    first.twin.close()
    const store = openStore(join(folder, `${files}.db`), 'mock-notes')
    expect(store.worlds()).toEqual(['default', 'busy'])
    store.close()
    expect(await textOf(restart().list(`${notesKey}.busy`))).toContain('kept')
  })
})

describe('a verb that is refused', () => {
  it('has restored nothing, neither tables nor clock', async () => {
    const { twin, add, clock } = setupNotes()
    await add('kept')
    const before = twin.snapshot()
    const later = { now: '+012000-01-01T00:00:00.000Z', running: false }
    expect(() => twin.restore({ ...before, clock: later })).toThrow(SnapshotError)
    expect(() => twin.restore({ ...before, tables: { notes: [['x', 1]] } })).toThrow(SnapshotError)
    expect(twin.snapshot()).toEqual(before)
    expect(clock.now()).toBe(Date.parse('2023-04-04T12:53:25Z'))
  })

  it('has added no fault whose media type no header can carry', () => {
    const { twin } = setupNotes()
    for (const contentType of ['text/html\r\nX-Evil: y', 'text/é', ''])
      expect(() => twin.faults.add({ kind: 'wrong-content-type', contentType })).toThrow('contentType does not match')
    expect(twin.faults.list()).toEqual([])
  })

  it('has drawn nothing from the random sequence', async () => {
    const { twin, add } = setupNotes()
    expect(() => twin.act('burn-note', { id: 'none' })).toThrow('There is no note none.')
    expect(await textOf(add('x'))).toBe(await textOf(setupNotes().add('x')))
  })
})
