import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { TwinListening } from '../listen/listen-twin.ts'
import { collectGarbage } from '../test-garbage.ts'
import { notesKey, setupNotes } from '../test-twin.ts'
import { streamJournal } from './journal-stream.ts'
import { planeRequest, setupPlane } from './test-plane.ts'

const running: TwinListening[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((listening) => listening.close()))
})

const never = new AbortController().signal

/** Reads a stream event by event. */
function readEvents(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader()
  const next = async (): Promise<string | undefined> => {
    const { value } = await reader.read()
    return value && Buffer.from(value).toString()
  }
  const nextEntry = async (): Promise<object> => JSON.parse((await next())!.split('data: ')[1]!) as object
  return { reader, next, nextEntry }
}

/** Opens the stream over a port, and waits until it is open. */
async function openStream({ url }: TwinListening): Promise<IncomingMessage> {
  const request = httpRequest(`${url}/__mock/requests/stream`).end()
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  await once(response.setEncoding('utf8'), 'data')
  return response
}

async function setupListening() {
  const notes = setupNotes()
  const listening = await notes.twin.listen()
  running.push(listening)
  return { ...notes, listening }
}

describe('the stream of requests', () => {
  it('opens at once and sends entries as they come', async () => {
    const { twin, add } = setupPlane()
    const response = await twin.fetch(planeRequest('GET /requests/stream'))
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const { next, nextEntry } = readEvents(response.body!)
    expect(await next()).toBe(': open\n\n')
    await add('two\nlines')
    await add('more')
    expect(await next()).toMatch(/^id: 1\ndata: \{.*"body":"two\\nlines".*\}\n\n$/)
    expect(await nextEntry()).toMatchObject({ id: 2, operation: 'addNote', request: { body: 'more' } })
  })

  it('sends nothing of other worlds', async () => {
    const { twin, add } = setupPlane({ accounts: 'open' })
    const { next, nextEntry } = readEvents((await twin.fetch(planeRequest('GET /requests/stream?world=a'))).body!)
    await next()
    await add('elsewhere')
    await add('here', `${notesKey}.a`)
    expect(await nextEntry()).toMatchObject({ id: 1, world: 'a', request: { body: 'here' } })
  })

  it('has a head alone for HEAD, and leaves nobody behind', async () => {
    const { twin } = setupPlane()
    const follow = vi.spyOn(twin.journal, 'follow')
    const response = await twin.fetch(planeRequest('HEAD /requests/stream'))
    expect([response.status, response.body]).toEqual([200, null])
    expect(follow).not.toHaveBeenCalled()
  })

  it('holds nothing any more when its reader has left', async () => {
    const { twin, add } = setupPlane()
    const { reader, next } = readEvents(streamJournal(twin.journal, planeRequest('GET /requests/stream'), never))
    await next()
    await reader.cancel()
    await add('unheard') // would throw into a stream that is closed
    expect(twin.requests).toHaveLength(1)
  })

  it('ends for a reader that falls 1,000 entries behind', async () => {
    const { twin, add } = setupPlane()
    const { next } = readEvents(streamJournal(twin.journal, planeRequest('GET /requests/stream'), never))
    for (let count = 0; count < 1010; count++) await add('unread')
    let events = 0
    while ((await next()) !== undefined) events += 1
    expect(events).toBe(1001)
  })

  it('ends when the request is aborted in process', async () => {
    const { twin, add } = setupPlane()
    const leaving = new AbortController()
    const request = new Request(planeRequest('GET /requests/stream'), { signal: leaving.signal })
    const { next } = readEvents((await twin.fetch(request)).body!)
    await next()
    await collectGarbage() // nobody but the stream holds the request
    leaving.abort()
    await add('unheard')
    expect(await next()).toBeUndefined()
  })

  it.each(['close', 'drain'] as const)('ends at the %s() of the listener', async (verb) => {
    const { listening } = await setupListening()
    const response = await openStream(listening)
    const over = new Promise((resolve) => response.on('close', () => resolve('over')).resume())
    response.on('error', () => undefined) // `close()` cuts it off
    await listening[verb]()
    expect(await over).toBe('over')
  })

  it('leaves the listener when the connection breaks', async () => {
    const { listening, twin, add } = await setupListening()
    const response = await openStream(listening)
    response.destroy()
    await listening.drain()
    await add('unheard')
    expect(twin.requests).toHaveLength(1)
  })
})
