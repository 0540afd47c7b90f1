import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { ControlError } from './definition.ts'
import { type NotesSetup, notesKey, setupNotes } from './test-twin.ts'
import type { TwinOptions } from './twin.ts'

const folder = mkdtempSync(join(tmpdir(), 'certtwin-data-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const running: NotesSetup[] = []
let files = 0
afterEach(() => {
  for (const { twin } of running.splice(0)) twin.close()
})

function setup(options: TwinOptions): NotesSetup {
  const notes = setupNotes({ accounts: 'open', ...options })
  running.push(notes)
  return notes
}

async function textsOf({ list }: NotesSetup, key?: string): Promise<string[]> {
  const { notes } = (await (await list(key)).json()) as { notes: { text: string }[] }
  return notes.map(({ text }) => text)
}

describe('data that worlds begin with', () => {
  const beginWith = [{ notes: ['first'] }, { notes: ['second'] }]

  it('is in every world, and there again after a reset', async () => {
    const notes = setup({ beginWith })
    expect(await textsOf(notes, `${notesKey}.abc`)).toEqual(['first', 'second'])
    await notes.add('mine')
    notes.twin.reset()
    expect(await textsOf(notes)).toEqual(['first', 'second'])
  })

  it('is not put again into a world that a data file brings back', async () => {
    const data = join(folder, `${++files}.db`)
    const notes = setup({ beginWith, data })
    notes.twin.act('burn-note', { id: 'first' })
    notes.twin.close()
    expect(await textsOf(setup({ beginWith, data }))).toEqual(['second'])
  })

  it.each([
    [{ nonsense: [] }, 'The data cannot be read: nonsense must be one of ….'],
    [{ notes: [''] }, 'There is no empty note.'],
  ])('stops the twin when it cannot be used, and lets go of the data file: %j', (wrong, message) => {
    const data = join(folder, `${++files}.db`)
    expect(() => setup({ data, beginWith: [wrong] })).toThrow(new ControlError(message))
    expect(() => setup({ data })).not.toThrow()
  })
})

describe('data that is refused', () => {
  it('leaves nothing behind', async () => {
    const notes = setup({})
    expect(() => notes.twin.seed({ notes: ['kept?', ''] })).toThrow(new ControlError('There is no empty note.'))
    expect(await textsOf(notes)).toEqual([])
  })
})

describe('a credential of one world', () => {
  it('opens that world with its suffix, and no other', async () => {
    const notes = setup({})
    notes.twin.world('abc').seed({ keys: ['mine'], notes: ['here'] })
    expect(await textsOf(notes, 'mine.abc')).toEqual(['here'])
    expect([(await notes.list('mine.other')).status, (await notes.list('mine')).status]).toEqual([401, 401])
    expect(notes.twin.worlds()).toEqual(['default', 'abc'])
  })

  it('opens it after a restart, too', async () => {
    const data = join(folder, `${++files}.db`)
    const before = setup({ data })
    before.twin.world('abc').seed({ keys: ['mine'], notes: ['here'] })
    before.twin.close()
    const after = setup({ data })
    expect(after.twin.worlds()).toEqual(['default'])
    expect(await textsOf(after, 'mine.abc')).toEqual(['here'])
  })
})
