import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { Hono } from 'hono'
import { afterEach, describe, expect, it } from 'vitest'
import { answerJson } from './answer.ts'
import { createManualClock } from './clock.ts'
import type { Listening } from './listen.ts'
import { createTwin, type Twin, type TwinEnv, type World } from './twin.ts'

interface NotesWorld extends World {
  readonly notes: string[]
}

const operations = [
  { id: 'addNote', method: 'POST', path: '/notes/{folder}' },
  { id: 'listNotes', method: 'GET', path: '/notes/{folder}' },
] as const

const app = new Hono<TwinEnv<NotesWorld>>()
  .get('/notes/:folder', (context) => answerJson(context, context.env.world.notes, 200, { location: context.req.url }))
  .post('/notes/:folder', (context) => {
    const { world, exchange } = context.env
    if (exchange.body.tooLarge) return answerJson(context, { error: 'too large' }, 413)
    exchange.diagnosis = 'noted'
    world.notes.push(exchange.body.text)
    return answerJson(context, { added: world.notes.length }, 201, { location: '/notes/1', 'x-odd-Case': 'kept' })
  })

const running: Listening[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((listening) => listening.close()))
})

function setup(): Twin<NotesWorld> {
  const clock = createManualClock('2023-04-04T12:53:25Z')
  const createWorld = (): NotesWorld => ({ clock, notes: [] })
  return createTwin({
    app,
    operations,
    createWorld,
    answersHead: true,
    headerNames: ['Content-Type', 'Date', 'Location'],
  })
}

async function setupListening(): Promise<Twin<NotesWorld> & { url: string; port: number }> {
  const twin = setup()
  const listening = await twin.listen()
  running.push(listening)
  return { ...twin, url: listening.url, port: listening.port }
}

const post = (body: string, url = 'http://twin.example'): Request =>
  new Request(`${url}/notes/a`, { method: 'POST', body })

describe('a twin in process', () => {
  it('answers from its world, with the date of its clock', async () => {
    const twin = setup()
    expect((await twin.fetch(post('first'))).status).toBe(201)
    const response = await twin.fetch(new Request('http://twin.example/notes/a'))
    expect(await response.json()).toEqual(['first'])
    expect(response.headers.get('Date')).toBe('Tue, 04 Apr 2023 12:53:25 GMT')
  })

  it('keeps a journal of operation, status and diagnosis', async () => {
    const twin = setup()
    await twin.fetch(post('first'))
    await twin.fetch(new Request('http://twin.example/notes/a', { method: 'HEAD' }))
    await twin.fetch(new Request('http://twin.example/notes/a', { method: 'DELETE' }))
    expect(twin.requests).toEqual([
      { operation: 'addNote', status: 201, diagnosis: 'noted' },
      { operation: 'listNotes', status: 200, diagnosis: undefined },
      { operation: undefined, status: 404, diagnosis: undefined },
    ])
  })

  it('forgets everything at a reset, also for routes that were used before', async () => {
    const twin = setup()
    await twin.fetch(post('first'))
    twin.reset()
    expect(twin.requests).toEqual([])
    expect(await (await twin.fetch(post('second'))).json()).toEqual({ added: 1 })
  })
})

describe('a twin on a port', () => {
  it('leaves the globals of the process alone', async () => {
    const { Request: request, Response: response } = globalThis
    await setupListening()
    expect(globalThis.Request).toBe(request)
    expect(globalThis.Response).toBe(response)
  })

  it('spells header names as told, and others as given', async () => {
    const { port } = await setupListening()
    const answer = await rawExchange(
      port,
      'POST /notes/a HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx',
    )
    const names = answer
      .split('\r\n\r\n')[0]!
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(':')[0])
    expect(names).toEqual(expect.arrayContaining(['Content-Type', 'Date', 'Location', 'x-odd-case']))
  })

  it('takes HTTP/1.0 without Host', async () => {
    const { port } = await setupListening()
    const answer = await rawExchange(port, 'GET /notes/a HTTP/1.0\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\[\]$/)
    expect(answer).toContain(`\r\nLocation: http://127.0.0.1:${port}/notes/a\r\n`)
  })

  it.each(['Host: a b', 'Host: a/b', 'Host: a@b'])(
    'answers a request that makes no URL like one for nothing: %s',
    async (host) => {
      const { port, requests } = await setupListening()
      const answer = await rawExchange(port, `GET /notes/a HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`)
      expect(answer).toMatch(/^HTTP\/1\.1 404 /)
      expect(requests).toEqual([{ operation: undefined, status: 404, diagnosis: undefined }])
    },
  )

  it('says in a sentence that a port is in use', async () => {
    const { port } = await setupListening()
    await expect(setup().listen({ port })).rejects.toThrow(
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
    const { port, requests } = await setupListening()
    const statuses = new Set<number>()
    for (let count = 0; count < 100; count++) statuses.add(await nodeRequest(port, body))
    expect([...statuses]).toEqual([413])
    expect(requests).toHaveLength(100)
  })

  it('leaves the state as it was', async () => {
    const { url, world } = await setupListening()
    await fetch(post(body, url))
    expect(world.notes).toEqual([])
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
    const options = { port, path: '/notes/a', method: 'POST', headers: { 'Content-Length': body.length } }
    httpRequest(options, (response) => response.resume().on('end', () => resolve(response.statusCode!)))
      .on('error', reject)
      .end(body)
  })
}
