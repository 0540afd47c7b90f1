import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { notesDefinition, type NotesSetup, notesKey, notesUrl, setupNotes } from './test-twin.ts'
import type { TwinClock } from './clock.ts'
import type { TwinListening } from './listen/listen-twin.ts'
import { createTwin, type TwinOptions } from './twin.ts'

const running: TwinListening[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((listening) => listening.close()))
})

async function setupListening(options: TwinOptions = {}): Promise<NotesSetup & TwinListening> {
  const world = setupNotes(options)
  const listening = await world.twin.listen()
  running.push(listening)
  return { ...world, ...listening }
}

const post = (body: string, url = 'https://notes.example'): Request =>
  new Request(`${url}/notes`, { method: 'POST', headers: { 'x-key': notesKey }, body })

async function notesOf(response: Promise<Response>): Promise<string[]> {
  const { notes } = (await (await response).json()) as { notes: { text: string }[] }
  return notes.map(({ text }) => text)
}

describe('a world in the hands of a test', () => {
  it('answers in process, whatever the credentials, and shows what happened there and nowhere else', async () => {
    const { twin } = setupNotes()
    const mine = twin.world('mine')
    expect((await mine.fetch(post('only here'))).status).toBe(201)
    expect(mine.requests.map(({ world }) => world)).toEqual(['mine'])
    expect(twin.requests).toEqual([])
    expect(twin.world('mine').requests).toHaveLength(1)
    expect(await notesOf(twin.fetch(new Request(notesUrl, { headers: { 'x-key': notesKey } })))).not.toContain(
      'only here',
    )
  })

  it('puts the faults of that world in the way', async () => {
    const { twin } = setupNotes()
    const mine = twin.world('mine')
    mine.faults.add({ kind: 'reset' })
    await expect(mine.fetch(post('lost'))).rejects.toThrow(TypeError)
    expect((await twin.fetch(post('arrives'))).status).toBe(201)
  })
})

it('takes an address with options in process, too, as the platform does', async () => {
  const { twin } = setupNotes()
  const headers = { 'x-key': notesKey }
  for (const fetch of [twin.fetch, twin.world('mine').fetch]) {
    expect((await fetch(notesUrl, { method: 'POST', headers, body: 'by address' })).status).toBe(201)
    expect(await notesOf(fetch(new URL(notesUrl), { headers }))).toContain('by address')
    expect((await fetch(new Request(notesUrl), { headers })).status).toBe(200)
  }
})

describe('options that cannot be', () => {
  it('are refused in a sentence', () => {
    const settings = { mood: 'angry' } as unknown as { mood: 'good' }
    expect(() => createTwin(notesDefinition, settings)).toThrow(/^The options cannot be read: /)
    const accounts = 'nope' as 'open'
    expect(() => setupNotes({ accounts })).toThrow("The accounts must be 'seeded' or 'open'.")
    const clock = '2023-04-04' as unknown as TwinClock
    expect(() => setupNotes({ clock })).toThrow(
      'The clock must be one that createClock() or createManualClock() makes.',
    )
  })
})

describe('a twin in process', () => {
  it('answers from its world, with the date of its clock and the headers of every answer', async () => {
    const { add, list } = setupNotes()
    expect((await add('first')).status).toBe(201)
    const response = await list()
    expect(response.headers.get('Date')).toBe('Tue, 04 Apr 2023 12:53:25 GMT')
    expect(response.headers.get('x-always')).toBe('yes')
    expect(await notesOf(Promise.resolve(response))).toEqual(['first'])
  })

  it('keeps a journal of everything that came, masked, with times and texts', async () => {
    const { twin, add, clock } = setupNotes()
    await add('first')
    clock.advance('1s')
    await twin.fetch(new Request(notesUrl, { method: 'HEAD', headers: { 'x-key': notesKey } }))
    await twin.fetch(new Request(notesUrl, { method: 'PUT' }))
    expect(twin.requests).toMatchObject([
      {
        id: 1,
        world: 'default',
        startedMs: Date.parse('2023-04-04T12:53:25Z'),
        method: 'POST',
        url: notesUrl,
        operation: 'addNote',
        account: 'writer',
        status: 201,
        diagnosis: 'noted',
        fault: undefined,
        request: { body: 'first' },
        response: { body: expect.stringMatching(/^\{"id":"[0-9a-f]{8}"\}$/) as string },
      },
      { id: 2, operation: 'listNotes', status: 200, startedMs: Date.parse('2023-04-04T12:53:26Z') },
      { id: 3, operation: undefined, status: 401, account: undefined, diagnosis: 'key-unknown' },
    ])
    expect(twin.requests[0]?.request.headers).toContainEqual(['x-key', '***'])
    expect(twin.requests[0]?.response.headers).toContainEqual(['x-always', 'yes'])
    expect(JSON.stringify(twin.requests)).not.toContain(notesKey)
  })

  it('keeps no journal when told so, and still tells of exchanges', async () => {
    const told: number[] = []
    const { twin, add } = setupNotes({ journal: false, onExchange: ({ status }) => told.push(status) })
    await add('first')
    expect(twin.requests).toEqual([])
    expect(told).toEqual([201])
  })

  it('tells of its own mistakes, which its caller learns nothing of', async () => {
    const told: unknown[] = []
    const { add } = setupNotes({ onError: (error) => told.push(error) })
    const response = await add('break')
    expect(response.status).toBe(500)
    expect(await response.text()).toBe('{"error":"Sorry."}')
    expect(told).toEqual([new Error('The twin is broken.')])
  })

  it('forgets everything at a reset, but the clock, the settings and the faults it began with', async () => {
    const { twin, add, list, clock } = setupNotes({ faults: [{ id: 'given', kind: 'delay', operation: 'clearNotes' }] })
    const first = await (await add('first')).text()
    twin.faults.add({ id: 'later', kind: 'delay', operation: 'clearNotes' })
    twin.configure({ mood: 'bad' })
    clock.advance('1h')
    twin.reset()
    expect(twin.requests).toEqual([])
    expect(await notesOf(list())).toEqual([])
    expect(twin.faults.list().map(({ id }) => id)).toEqual(['given'])
    expect(twin.settings).toEqual({ mood: 'bad' })
    expect(clock.now()).toBe(Date.parse('2023-04-04T13:53:25Z'))
    expect(await (await add('first')).text()).toBe(first)
  })
})

describe('a twin on a port', () => {
  it('takes HTTP/1.0 without Host', async () => {
    const { port } = await setupListening()
    const answer = await rawExchange(port, `POST /notes HTTP/1.0\r\nX-Key: ${notesKey}\r\nContent-Length: 1\r\n\r\nx`)
    expect(answer).toMatch(/^HTTP\/1\.1 201 Created\r\n[\s\S]*\{"id":"[0-9a-f]{8}"\}$/)
    expect(answer).toMatch(new RegExp(`\r\nLocation: http://127\\.0\\.0\\.1:${port}/notes/[0-9a-f]{8}\r\n`))
  })

  it('keeps the headers of requests as they were spelled', async () => {
    const { port, twin } = await setupListening()
    await rawExchange(port, 'GET /notes HTTP/1.1\r\nhOsT: x\r\nX-Two: 1\r\nConnection: close\r\n\r\n')
    expect(twin.requests[0]?.request.headers).toEqual([
      ['hOsT', 'x'],
      ['X-Two', '1'],
      ['Connection', 'close'],
    ])
  })

  it.each(['Host: a b', 'Host: a/b', 'Host: a@b'])(
    'answers a request that makes no URL like one for nothing: %s',
    async (host) => {
      const { port, twin } = await setupListening()
      const answer = await rawExchange(
        port,
        `GET /notes HTTP/1.1\r\n${host}\r\nX-Key: ${notesKey}\r\nConnection: close\r\n\r\n`,
      )
      expect(answer).toMatch(/^HTTP\/1\.1 404 /)
      expect(twin.requests).toMatchObject([{ operation: undefined, status: 404 }])
    },
  )

  it('says in a sentence that a port is in use', async () => {
    const { port } = await setupListening()
    await expect(setupNotes().twin.listen({ port })).rejects.toThrow(
      `Cannot listen on 127.0.0.1 port ${port}: it is in use. Choose another one, or 0 for a free one.`,
    )
  })
})

describe('a body of 2 MB', () => {
  const body = 'x'.repeat(2 * 1024 * 1024)

  it('gets its 413 every time with fetch', async () => {
    const { url } = await setupListening()
    const statuses = new Set<number>()
    for (let count = 0; count < 100; count++) statuses.add((await fetch(post(body, url))).status)
    expect([...statuses]).toEqual([413])
  })

  it('gets its 413 every time with node:http on connections that are kept', async () => {
    const { port, twin } = await setupListening()
    const statuses = new Set<number>()
    for (let count = 0; count < 100; count++) statuses.add(await nodeRequest(port, body))
    expect([...statuses]).toEqual([413])
    expect(twin.requests).toHaveLength(100)
  })

  it('leaves the state as it was', async () => {
    const { url, list } = await setupListening()
    await fetch(post(body, url))
    expect(await notesOf(list())).toEqual([])
  })
})

/** Sends bytes and gives what comes back until the server ends the connection. */
function rawExchange(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket
      .setEncoding('utf8')
      .on('data', (part: string) => (answer += part))
      .on('end', () => resolve(answer))
      .on('error', reject)
  })
}

function nodeRequest(port: number, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = {
      port,
      path: '/notes',
      method: 'POST',
      headers: { 'x-key': notesKey, 'Content-Length': body.length },
    }
    httpRequest(options, (response) => response.resume().on('end', () => resolve(response.statusCode!)))
      .on('error', reject)
      .end(body)
  })
}
