import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { answer } from './answer.ts'
import { createManualClock } from './clock.ts'
import type { TwinDefinition } from './definition.ts'
import { type NotesSettings, notesDefinition, notesKey } from './test-twin.ts'
import { createTwin, type Twin, type TwinOptions } from './twin.ts'

type NotesDefinition = typeof notesDefinition
type State = NotesDefinition extends TwinDefinition<infer S, NotesSettings> ? S : never

const running: Twin<NotesSettings>[] = []
afterEach(() => {
  for (const twin of running.splice(0)) twin.close()
})

/** A twin of notes that has a board for everybody, which tells its world, its address, and how long a message is. */
function setup(options: TwinOptions = {}) {
  const published: (readonly [world: string, publicUrl: string | undefined])[] = []
  const definition: TwinDefinition<State, NotesSettings> = {
    ...notesDefinition,
    app: {
      routes: notesDefinition.app.routes,
      fetch(request, bindings) {
        if (!request.url.includes('/board/')) return notesDefinition.app.fetch(request, bindings)
        const { world, exchange } = bindings
        const octets = Buffer.from(exchange.body.text, 'latin1').toString('hex')
        return answer({ env: { exchange } }, [world.name, world.publicUrl, octets].join(' '), 200)
      },
    },
    publicPart: {
      worldOf: (path) => /^\/board\/(\w+)/.exec(path)?.[1],
      onPublished: ({ name, publicUrl }) => void published.push([name, publicUrl]),
    },
  }
  const clock = createManualClock('2023-04-04T12:53:25Z')
  const twin = createTwin(definition, { mood: 'good' }, { clock, seed: 'tests', accounts: 'open', ...options })
  running.push(twin)
  const board = async (world: string, init: RequestInit = {}): Promise<string> =>
    (await twin.fetch(new Request(`http://any.example/board/${world}`, init))).text()
  const enter = async (world: string): Promise<void> => {
    await twin.fetch(new Request('https://notes.example/notes', { headers: { 'x-key': `${notesKey}.${world}` } }))
  }
  return { twin, published, board, enter }
}

describe('what is public', () => {
  it('is answered in the world that the path names, whatever the credentials are', async () => {
    const { board, enter } = setup()
    await enter('mine')
    expect(await board('mine', { headers: { 'x-key': `${notesKey}.other` } })).toBe('mine  ')
  })

  it('begins no world', async () => {
    const { twin, board } = setup()
    expect(await board('nobody')).toBe('default  ')
    expect(twin.worlds()).toEqual(['default'])
  })

  it('gets the octets of a body as they are, with a known length and without', async () => {
    const { board } = setup()
    const octets = Uint8Array.of(0x30, 0x80, 0x9f, 0xff, 0x00)
    const headers = { 'content-length': '5' }
    expect(await board('default', { method: 'POST', body: octets, headers })).toBe('default  30809fff00')
    expect(await board('default', { method: 'POST', body: octets })).toBe('default  30809fff00')
  })

  it('leaves the bodies of the API text', async () => {
    const { twin } = setup()
    const init = { method: 'POST', body: 'é', headers: { 'x-key': notesKey } }
    await twin.fetch(new Request('https://notes.example/notes', init))
    expect(twin.requests.at(-1)?.request.body).toBe('é')
  })
})

describe('the address of a twin', () => {
  it('is none in process, the port once it listens, and told to every world that there is', async () => {
    const { twin, board, enter, published } = setup()
    await enter('mine')
    expect(await board('default')).toBe('default  ')
    expect(published).toEqual([])
    const { url, close } = await twin.listen()
    onTestFinished(close)
    expect(published).toEqual([
      ['default', url],
      ['mine', url],
    ])
    expect(await board('default')).toBe(`default ${url} `)
  })

  it('is the given one, without a slash at its end, also where the twin listens', async () => {
    const { twin, board } = setup({ publicUrl: 'https://twin.example/base/' })
    const { close } = await twin.listen()
    onTestFinished(close)
    expect(await board('default')).toBe('default https://twin.example/base ')
  })

  it('is loopback where the twin listens everywhere', async () => {
    const { twin, board } = setup()
    const { port, close } = await twin.listen({ host: '0.0.0.0' })
    onTestFinished(close)
    expect(await board('default')).toBe(`default http://127.0.0.1:${port} `)
  })

  it.each(['twin.example', 'ftp://twin.example', ''])('cannot be %j', (publicUrl) => {
    expect(() => setup({ publicUrl })).toThrow('The publicUrl must be a URL such as http://twin.example:4010.')
  })

  it('is not told to a world that a snapshot brings back, but to one that began anew', async () => {
    const { twin, published } = setup()
    twin.restore(twin.snapshot())
    onTestFinished((await twin.listen()).close)
    expect(published).toEqual([])
    twin.reset()
    onTestFinished((await twin.listen()).close)
    expect(published).toHaveLength(1)
  })

  it('is not told to a world that a data file brings back, since somebody has seen it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'certtwin-public-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const data = join(folder, 'twin.db')
    setup({ data }).twin.close()
    const { twin, published } = setup({ data })
    onTestFinished((await twin.listen()).close)
    expect(published).toEqual([])
  })
})
