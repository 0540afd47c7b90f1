import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { collectGarbage } from '../test-garbage.ts'
import { notesKey, notesUrl, setupNotes, type NotesSetup } from '../test-twin.ts'
import type { FaultRule } from './fault.ts'

// Every kind of fault as a caller of `twin.fetch` sees it; how it looks on the wire is tested with the listener.

function setup(rule: FaultRule): NotesSetup {
  return setupNotes({ faults: [rule] })
}

const call = ({ twin }: NotesSetup, init: RequestInit = {}): Promise<Response> =>
  twin.fetch(new Request(notesUrl, { method: 'POST', headers: { 'x-key': notesKey }, body: 'note', ...init }))

const notesIn = ({ twin }: NotesSetup): number => twin.snapshot().tables['notes']!.length

describe('an error', () => {
  it("is the vendor's own, in its own dialect, and the request has no effect", async () => {
    const world = setup({ kind: 'error', operation: 'addNote', status: 503 })
    const response = await call(world)
    expect(response.status).toBe(503)
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'application/json',
      date: 'Tue, 04 Apr 2023 12:53:25 GMT',
      'x-always': 'yes',
    })
    expect(await response.json()).toEqual({ code: 'closed', error: 'Closed.' })
    expect(notesIn(world)).toBe(0)
    expect(world.twin.requests).toMatchObject([
      { status: 503, diagnosis: 'injected', fault: { rule: 'f1', kind: 'error', injected: true } },
    ])
  })

  it('has the values that its code was given with', async () => {
    const world = setup({ kind: 'error', operation: 'addNote', code: 'invalid|colour' })
    expect(await (await call(world)).json()).toEqual({ code: 'invalid|colour', error: 'The member colour is invalid.' })
  })

  it('can come late', async () => {
    vi.useFakeTimers()
    const world = setup({ kind: 'error', status: 429, delay: '2s' })
    const answered = vi.fn<() => void>()
    const response = call(world)
    void response.then(answered)
    await vi.advanceTimersByTimeAsync(1999)
    expect(answered).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect((await response).status).toBe(429)
    vi.useRealTimers()
  })
})

describe('a delay', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('lets the twin answer later, and is no injected answer', async () => {
    const world = setup({ kind: 'delay', delay: '10s' })
    const response = call(world)
    await vi.advanceTimersByTimeAsync(9999)
    expect(notesIn(world)).toBe(0)
    await vi.advanceTimersByTimeAsync(1)
    expect((await response).status).toBe(201)
    expect(world.twin.requests).toMatchObject([
      { status: 201, diagnosis: 'noted', fault: { kind: 'delay', injected: false } },
    ])
  })

  it('ends with the caller', async () => {
    const world = setup({ kind: 'delay', delay: '10s' })
    const leaving = new AbortController()
    const left = call(world, { signal: leaving.signal }).catch(({ name }: Error) => name)
    await vi.advanceTimersByTimeAsync(1)
    leaving.abort()
    await vi.advanceTimersByTimeAsync(0)
    expect(await left).toBe('AbortError')
    expect(vi.getTimerCount()).toBe(0)
    expect(world.twin.requests).toHaveLength(1)
  })

  it('does not wait for a caller who has gone already', async () => {
    const world = setup({ kind: 'delay', delay: '10s' })
    await expect(call(world, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('of a month waits as long as a timer can, instead of not at all', async () => {
    const world = setup({ kind: 'delay', delay: '30d' })
    void call(world)
    await vi.advanceTimersByTimeAsync(24 * 24 * 3_600_000)
    expect(notesIn(world)).toBe(0)
  })
})

describe('a slow body', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is the same body in pieces, with its length and a pause between them', async () => {
    const world = setup({ kind: 'slow-body', bytes: 5, delay: '1s' })
    const response = await call(world)
    expect([response.status, response.headers.get('content-length')]).toEqual([201, '17'])
    const pieces: string[] = []
    const read = (async () => {
      for await (const piece of response.body!) pieces.push(Buffer.from(piece).toString())
    })()
    await vi.advanceTimersByTimeAsync(0)
    expect(pieces).toEqual(['{"id"'])
    await vi.advanceTimersByTimeAsync(2999)
    expect(pieces).toHaveLength(3)
    await vi.advanceTimersByTimeAsync(1)
    await read
    expect(pieces.map(({ length }) => length)).toEqual([5, 5, 5, 2])
    expect(world.twin.requests).toMatchObject([{ response: { body: pieces.join('') }, fault: { injected: false } }])
  })

  it('has ten pieces and a tenth of a second between them unless told', async () => {
    const response = await call(setup({ kind: 'slow-body' }))
    let pieces = 0
    const read = (async () => {
      for await (const _ of response.body!) pieces += 1
    })()
    await vi.advanceTimersByTimeAsync(700)
    expect(pieces).toBe(8)
    await vi.advanceTimersByTimeAsync(100)
    await read
    expect(pieces).toBe(9)
  })

  it('leaves no timer behind when its reader leaves', async () => {
    const response = await call(setup({ kind: 'slow-body', bytes: 1, delay: '1h' }))
    const reader = response.body!.getReader()
    await reader.read()
    void reader.read()
    await vi.advanceTimersByTimeAsync(1)
    expect(vi.getTimerCount()).toBe(1)
    await reader.cancel()
    await vi.advanceTimersByTimeAsync(0)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('fails when the request is aborted, as a body from the wire would', async () => {
    const leaving = new AbortController()
    const response = await call(setup({ kind: 'slow-body', bytes: 1 }), { signal: leaving.signal })
    const text = response.text().catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(1)
    leaving.abort()
    await vi.advanceTimersByTimeAsync(0)
    expect(await text).toMatchObject({ name: 'AbortError' })
  })

  it('fails with the abort also when nobody has held the request meanwhile', async () => {
    vi.useRealTimers()
    const leaving = new AbortController()
    const response = await call(setup({ kind: 'slow-body', bytes: 1, delay: '1h' }), { signal: leaving.signal })
    const text = response.text().catch((error: unknown) => error)
    await collectGarbage()
    leaving.abort()
    expect(await text).toMatchObject({ name: 'AbortError' })
  })

  it('of nothing is nothing', async () => {
    expect((await call(setup({ kind: 'slow-body' }), { method: 'DELETE' })).status).toBe(204)
  })
})

describe('a truncated body', () => {
  it('breaks off in the middle unless told where; the request took effect', async () => {
    const world = setup({ kind: 'truncated-body' })
    const response = await call(world)
    expect([response.status, response.headers.get('content-length')]).toEqual([201, '17'])
    let text = ''
    const read = async (): Promise<void> => {
      for await (const piece of response.body!) text += Buffer.from(piece).toString()
    }
    await expect(read()).rejects.toMatchObject({ message: 'terminated' })
    expect(text).toMatch(/^\{"id":"[0-9a-f]$/)
    expect(notesIn(world)).toBe(1)
    expect(world.twin.requests).toMatchObject([{ status: 201, fault: { kind: 'truncated-body', injected: true } }])
  })

  it('has as many bytes as told, and all of them where that is more than there are', async () => {
    expect(await (await call(setup({ kind: 'truncated-body', bytes: 1000 }))).text()).toMatch(
      /^\{"id":"[0-9a-f]{8}"\}$/,
    )
    await expect((await call(setup({ kind: 'truncated-body', bytes: 0 }))).text()).rejects.toThrow('terminated')
  })
})

describe('broken JSON', () => {
  it('is the first half of the answer, which says that it is JSON', async () => {
    const world = setup({ kind: 'broken-json' })
    const response = await call(world)
    expect([response.status, response.headers.get('content-type')]).toEqual([201, 'application/json'])
    const text = await response.text()
    expect(text).toMatch(/^\{"id":"[0-9a-f]{2}$/)
    expect(notesIn(world)).toBe(1)
    expect(world.twin.requests).toMatchObject([{ response: { body: text }, fault: { injected: true } }])
  })

  it('leaves an answer alone that has no body', async () => {
    const response = await call(setup({ kind: 'broken-json' }), { method: 'DELETE', body: null })
    expect([response.status, await response.text()]).toEqual([204, ''])
  })
})

describe('a wrong content type', () => {
  it.each([
    [undefined, 'text/html'],
    ['application/octet-stream', 'application/octet-stream'],
  ])('given as %s stands before the right body as %s', async (contentType, type) => {
    const response = await call(setup({ kind: 'wrong-content-type', ...(contentType && { contentType }) }))
    expect([response.status, response.headers.get('content-type')]).toEqual([201, type])
    expect(await response.json()).toEqual({ id: expect.stringMatching(/^[0-9a-f]{8}$/) as string })
  })
})

describe.each(['reset', 'silence'] as const)('%s', (kind) => {
  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('comes %s the request took effect', async (effect, notes) => {
    const world = setup({ kind, effect })
    const leaving = new AbortController()
    const outcome = call(world, { signal: leaving.signal }).catch((error: Error) => error.name)
    await vi.waitFor(() => expect(world.twin.requests).toHaveLength(1))
    leaving.abort()
    expect(await outcome).toBe(kind === 'reset' ? 'TypeError' : 'AbortError')
    expect(notesIn(world)).toBe(notes)
    expect(world.twin.requests).toMatchObject([
      { status: 0, response: { body: null }, fault: { kind, injected: true } },
    ])
  })

  it('comes before the effect unless told', async () => {
    const world = setup({ kind })
    await call(world, { signal: AbortSignal.abort() }).catch(() => undefined)
    expect(notesIn(world)).toBe(0)
  })
})

describe('a request that no fault is for', () => {
  it('is answered as ever', async () => {
    const world = setup({ kind: 'reset', operation: 'clearNotes' })
    expect((await call(world)).status).toBe(201)
    expect(world.twin.requests).toMatchObject([{ fault: undefined }])
  })
})
