// What only a second process can show: the lock, what a killed process leaves behind, and a disk that is full.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from './store.ts'
import { type Notebook, setup as setupNotes } from './test-notes.ts'

const script = join(import.meta.dirname, 'test-process.ts')

interface Writer {
  readonly child: ChildProcessWithoutNullStreams
  /** What it said so far. */
  readonly lines: string[]
  /** Waits until it said so many lines, or ended. */
  readonly said: (count: number) => Promise<void>
  /** Kills it and waits for its end. */
  readonly kill: () => Promise<void>
}

interface TestFile {
  readonly file: string
  /** Starts a process that opens the file, by another name if need be, and adds so many notes. */
  readonly write: (count: number, name?: string) => Writer
  /** The same with a limit to the size of files, in blocks of 512 bytes. */
  readonly writeWithin: (blocks: number, count: number) => Writer
  /** What the file has, read by this process. */
  readonly read: () => Notebook
}

function setup(): TestFile {
  const folder = mkdtempSync(join(tmpdir(), 'store-'))
  const file = join(folder, 'twin.db')
  const writers: Writer[] = []
  onTestFinished(async () => {
    await Promise.all(writers.map((writer) => writer.kill()))
    rmSync(folder, { recursive: true })
  })
  const start = (command: string, ...args: string[]): Writer => {
    const writer = toWriter(spawn(command, args, { cwd: folder }))
    writers.push(writer)
    return writer
  }
  return {
    file,
    write: (count, name = file) => start(process.execPath, script, name, `${count}`),
    writeWithin: (blocks, count) =>
      start('sh', '-c', `ulimit -f ${blocks}; exec "$@"`, 'sh', process.execPath, script, file, `${count}`),
    read() {
      const store = openStore(file, 'notebook')
      const { tables } = setupNotes()
      store.load('default', tables)
      store.close()
      return tables
    },
  }
}

function toWriter(child: ChildProcessWithoutNullStreams): Writer {
  const lines: string[] = []
  const output = createInterface(child.stdout)
  output.on('line', (line) => lines.push(line))
  const ended = Promise.all([once(output, 'close'), once(child, 'exit')])
  return {
    child,
    lines,
    async said(count) {
      while (lines.length < count && child.exitCode === null) await Promise.race([once(output, 'line'), ended])
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

const inUse = (file: string): string => `StoreError: Another process has ${file} open: stop it, or give another file.`

describe('a data file', () => {
  it('belongs to one process', async () => {
    const { file, write, read } = setup()
    const first = write(1)
    await first.said(2)
    expect(read).toThrow(expect.objectContaining({ code: 'in-use', message: inUse(file).slice('StoreError: '.length) }))
    const second = write(1)
    await second.said(1)
    expect(second.lines).toEqual([inUse(file)])
  })

  it('still belongs to it after the same process tried to open it again', async () => {
    const { file, write } = setup()
    const store = openStore(file, 'notebook')
    expect(() => openStore(file, 'notebook')).toThrow(expect.objectContaining({ code: 'in-use' }))
    const other = write(1)
    await other.said(1)
    store.close()
    expect(other.lines).toEqual([inUse(file)])
  })

  it.each([1, 2, 17, 90, 300])(
    'has everything that a process said it had saved %i times when it was killed',
    async (saves) => {
      const { write, read } = setup()
      const writer = write(10_000)
      await writer.said(saves + 1)
      await writer.kill()
      expect(writer.child.signalCode).toBe('SIGKILL')
      const acknowledged = writer.lines.filter((line) => line.startsWith('saved')).length
      const { notes, totals } = read()
      expect(acknowledged).toBeGreaterThanOrEqual(saves)
      expect([acknowledged, acknowledged + 1]).toContain(notes.size)
      expect([...notes.keys()]).toEqual(Array.from({ length: notes.size }, (_, index) => index + 1))
      expect(totals.get('all')).toEqual({ notes: notes.size })
    },
  )

  it('is closed to others with all that a killed process left', async () => {
    const { file, write, read } = setup()
    const writer = write(5)
    await writer.said(6)
    await writer.kill()
    for (const path of [file, `${file}-wal`]) chmodSync(path, 0o644)
    const store = openStore(file, 'notebook')
    const modes = [file, `${file}-wal`].map((path) => statSync(path).mode.toString(8).slice(-3))
    store.close()
    expect(modes).toEqual(['600', '600'])
    expect(read().notes.size).toBe(5)
  })

  it.each([':memory:', 'file:twin.db?mode=memory'])('may be called %s, whatever that means to SQLite', async (name) => {
    const { file, write } = setup()
    const writer = write(1, name)
    await writer.said(2)
    expect(statSync(join(dirname(file), name)).size).toBeGreaterThan(0)
  })

  it('that cannot grow says so, and has what was saved before', async () => {
    const { file, writeWithin, read } = setup()
    const writer = writeWithin(400, 10_000)
    await writer.said(10_001)
    const unwritable = `StoreError: ${file} cannot be written: see to its permissions and to the room on the disk.`
    expect(writer.lines.at(-1)).toBe(unwritable)
    expect(writer.lines.length).toBeGreaterThan(10)
    expect(read().notes.size).toBe(writer.lines.length - 2)
  })

  it('that cannot even begin says so', async () => {
    const { file, writeWithin } = setup()
    const writer = writeWithin(0, 1)
    await writer.said(1)
    expect(writer.lines).toEqual([
      `StoreError: ${file} cannot be written: see to its permissions and to the room on the disk.`,
    ])
  })
})
