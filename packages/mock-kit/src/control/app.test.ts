import { describe, expect, it, vi } from 'vitest'
import { notesKey, notesUrl } from '../test-twin.ts'
import { planeRequest, setupPlane } from './test-plane.ts'

const asExpected = (error: string | RegExp): unknown =>
  typeof error === 'string' ? error : expect.stringMatching(error)
const json = { 'Content-Type': 'application/json' }

describe('the control plane', () => {
  it('tells that the twin answers, and which one it is', async () => {
    const { call } = setupPlane()
    expect((await call('GET /health')).json).toEqual({
      status: 'ok',
      twin: 'mock-notes',
      version: '1.2.3',
      now: '2023-04-04T12:53:25.000Z',
      worlds: 1,
    })
  })

  it('is not kept by anybody on the way, and its texts are taken for nothing else', async () => {
    const { twin } = setupPlane()
    for (const line of ['GET /health', 'GET /requests?as=curl', 'GET /nothing', 'GET /requests/stream']) {
      const { headers, body } = await twin.fetch(planeRequest(line))
      expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual(['no-store', 'nosniff'])
      await body?.cancel()
    }
  })

  it('forgets what happened', async () => {
    const { call, add, twin } = setupPlane()
    await add('first')
    expect(await call('POST /reset')).toMatchObject({ status: 204, text: '' })
    expect(twin.requests).toEqual([])
    expect((await call('GET /state')).json).toMatchObject({ tables: { notes: [] } })
  })

  it.each([
    ['JSON', 'application/json; charset=utf-8', '{"notes":["seeded"]}'],
    ['YAML', 'application/yaml', 'notes:\n  - seeded\n'],
  ])('takes seed data as %s', async (_, type, body) => {
    const { call, list } = setupPlane()
    expect((await call('POST /seed', body, { 'Content-Type': type })).status).toBe(204)
    expect(await (await list()).json()).toMatchObject({ notes: [{ id: 'seeded', text: 'seeded' }] })
  })

  it('gives a snapshot and takes it back, without credentials', async () => {
    const { call, add, clock } = setupPlane()
    await add('first')
    const snapshot = await call('GET /state')
    expect(snapshot.json['tables']).toMatchObject({ notes: [[expect.any(String), { text: 'first' }]] })
    expect(snapshot.text).not.toContain(notesKey)
    clock.advance('1h')
    await call('POST /reset')
    expect((await call('PUT /state', snapshot.json)).status).toBe(204)
    expect((await call('GET /state')).json).toEqual(snapshot.json)
    expect(clock.now()).toBe(Date.parse('2023-04-04T12:53:25Z'))
  })

  it('moves the clock, stops it and lets it run', async () => {
    const { call, clock } = setupPlane()
    expect((await call('GET /clock')).json).toEqual({ now: '2023-04-04T12:53:25.000Z', running: false })
    expect((await call('POST /clock/advance', { by: '16m' })).json).toMatchObject({ now: '2023-04-04T13:09:25.000Z' })
    expect((await call('POST /clock/advance', { by: 1500 })).json).toMatchObject({ now: '2023-04-04T13:09:26.500Z' })
    expect((await call('PUT /clock', { running: true })).json).toMatchObject({ running: true })
    expect(clock.running).toBe(true)
    const set = await call('PUT /clock', { now: '2030-01-01T00:00:00Z', running: false })
    expect(set.json).toEqual({ now: '2030-01-01T00:00:00.000Z', running: false })
  })

  it('begins the random sequence anew', async () => {
    const { call, add } = setupPlane()
    const ids: string[] = []
    for (let count = 0; count < 2; count++) {
      expect((await call('PUT /random', { seed: 'other' })).status).toBe(204)
      ids.push(await (await add('note')).text())
    }
    expect(ids[0]).toBe(ids[1])
  })

  it('reads and changes settings', async () => {
    const { call, list } = setupPlane()
    expect((await call('GET /settings')).json).toEqual({ mood: 'good' })
    expect((await call('PUT /settings', { mood: 'bad' })).json).toEqual({ mood: 'bad' })
    expect(await (await list()).json()).toMatchObject({ mood: 'bad' })
  })

  it('lists what only this twin can do, and does it', async () => {
    const { call } = setupPlane()
    await call('POST /seed', { notes: ['old'] })
    expect((await call('GET /actions')).json).toMatchObject({
      actions: [{ name: 'burn-note', input: { type: 'object' } }],
    })
    expect((await call('POST /actions/burn-note', { id: 'old' })).json).toEqual({ burnt: 'old' })
  })

  it('tells what the behaviour is based on', async () => {
    expect((await setupPlane().call('GET /evidence')).json).toMatchObject({ operations: [{ id: 'listNotes' }] })
  })

  it('adds faults, one or several, lists them with their counts, and removes them', async () => {
    const { call, list } = setupPlane()
    const one = await call('POST /faults', { id: 'slow', kind: 'delay', delay: 0 })
    expect(one.json).toEqual({ faults: [{ id: 'slow', kind: 'delay', delay: 0, calls: 0, hits: 0 }] })
    await call('POST /faults', [
      { kind: 'error', operation: 'listNotes', status: 429 },
      { kind: 'delay', operation: ['addNote', 'clearNotes'] },
    ])
    await list()
    const { faults } = (await call('GET /faults')).json as { faults: object[] }
    expect(faults).toMatchObject([
      { id: 'slow', calls: 1, hits: 1 },
      { id: 'f1', calls: 1, hits: 0 },
      { id: 'f2', calls: 0, hits: 0 },
    ])
    expect((await call('DELETE /faults?id=slow')).status).toBe(204)
    expect((await call('GET /faults')).json['faults']).toHaveLength(2)
    expect((await call('DELETE /faults')).status).toBe(204)
    expect((await call('GET /faults')).json['faults']).toEqual([])
  })

  it('gives the journal as JSON, as HAR and as curl commands, and empties it', async () => {
    const { call, add, list } = setupPlane()
    await add('first')
    await list()
    const { requests } = (await call('GET /requests?operation=addNote')).json as { requests: object[] }
    expect(requests).toMatchObject([
      { id: 1, operation: 'addNote', account: 'writer', status: 201, request: { body: 'first' } },
    ])
    expect((await call('GET /requests?as=har')).json).toMatchObject({ log: { creator: { name: 'mock-notes' } } })
    const curl = await call('GET /requests?as=curl&status=2xx')
    expect(curl.type).toMatch(/^text\/plain/)
    expect(curl.text.split('\n')).toEqual([
      expect.stringMatching(/^curl -X POST /),
      expect.stringMatching(/^curl /),
      '',
    ])
    expect((await call('DELETE /requests')).status).toBe(204)
    expect((await call('GET /requests')).json).toEqual({ requests: [] })
  })

  it('answers for the world that is named, which begins with that', async () => {
    const { call, twin } = setupPlane({ accounts: 'open' })
    await twin.fetch(new Request(notesUrl, { headers: { 'x-key': `${notesKey}.one` } }))
    await call('POST /clock/advance?world=two', { by: '1h' })
    expect((await call('GET /worlds')).json).toEqual({ worlds: ['default', 'one', 'two'] })
    expect((await call('GET /requests?world=one')).json['requests']).toMatchObject([{ world: 'one' }])
    expect((await call('GET /requests?world=two')).json['requests']).toEqual([])
    expect((await call('GET /clock?world=two')).json).toMatchObject({ now: '2023-04-04T13:53:25.000Z' })
    expect((await call('GET /clock')).json).toMatchObject({ now: '2023-04-04T12:53:25.000Z' })
  })

  it('begins no world for who asks only whether the twin answers', async () => {
    const { call, twin } = setupPlane()
    await call('GET /health?world=new')
    await call('GET /nothing?world=new')
    expect(twin.worlds()).toEqual(['default'])
  })

  it('is not there when it is switched off', async () => {
    expect((await setupPlane({ control: false }).call('GET /health')).status).toBe(401) // the API's own answer
  })
})

describe('the control plane refuses, with a sentence,', () => {
  const deep = `${'['.repeat(70)}${']'.repeat(70)}`
  it.each<[line: string, body: unknown, headers: Record<string, string>, status: number, error: string | RegExp]>([
    ['GET /nothing', undefined, {}, 404, 'There is no GET /__mock/nothing in the control plane.'],
    ['POST /state', {}, {}, 404, 'There is no POST /__mock/state in the control plane.'],
    [
      'GET /clock?world=a%20b',
      undefined,
      {},
      400,
      '"a b" is no name of a world: use up to 64 letters, digits, - and _.',
    ],
    ['GET /clock?world=', undefined, {}, 400, '"" is no name of a world: use up to 64 letters, digits, - and _.'],
    ['POST /reset?wrold=a', undefined, {}, 400, 'There is no parameter wrold: choose from world.'],
    ['PUT /clock', 'running', {}, 415, 'Send JSON, with the header Content-Type: application/json.'],
    ['PUT /clock', 'a=b', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415, /^Send JSON/],
    ['POST /reset', 'a=b', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415, /^Send JSON/],
    ['DELETE /requests', undefined, { 'Content-Type': 'multipart/form-data; boundary=x' }, 415, /^Send JSON/],
    ['PUT /clock', 'now: 1', { 'Content-Type': 'application/yaml' }, 415, /^Send JSON/],
    ['PUT /clock', undefined, {}, 415, /^Send JSON/],
    ['PUT /clock', '', json, 400, 'The body is no JSON.'],
    ['PUT /clock', '{"now":', json, 400, 'The body is no JSON.'],
    ['PUT /settings', deep, json, 400, 'The body is nested more than 64 levels deep.'],
    ['PUT /clock', {}, {}, 400, 'The body cannot be read: it has no members.'],
    ['PUT /clock', { time: 1 }, {}, 400, 'The body cannot be read: time is unknown.'],
    [
      'PUT /clock',
      { now: 'noon' },
      {},
      400,
      'The clock cannot be set to noon: give a date such as 2023-04-04T12:53:25Z.',
    ],
    ['PUT /clock', { running: 'yes' }, {}, 400, 'The body cannot be read: running must be of the type boolean.'],
    ['POST /clock/advance', {}, {}, 400, 'The body cannot be read: by is missing.'],
    ['POST /clock/advance', { by: 'soon' }, {}, 400, '"soon" is no length of time: write 500ms, 30s, 16m, 2h or 1d.'],
    ['POST /clock/advance', { by: -1 }, {}, 400, '-1 is no length of time: write 500ms, 30s, 16m, 2h or 1d.'],
    ['POST /clock/advance', { by: 1e300 }, {}, 400, /^The clock cannot be set to 1e\+300/],
    ['PUT /random', { seed: '' }, {}, 400, 'The body cannot be read: seed is empty.'],
    ['PUT /random', { seed: 7 }, {}, 400, 'The body cannot be read: seed must be of the type string.'],
    ['POST /seed', 'notes: [', { 'Content-Type': 'application/yaml' }, 400, 'The body is no YAML.'],
    ['POST /seed', { books: [] }, {}, 400, 'The data cannot be read: books must be one of ….'],
    ['PUT /state', [], {}, 400, 'This is no snapshot: send what a twin gave as its state.'],
    ['PUT /state', { twin: 'mock-other' }, {}, 400, /^This is no snapshot of mock-notes/],
    ['PUT /settings', { mood: 'odd' }, {}, 400, 'The settings cannot be read: mood must be one of ….'],
    ['POST /actions/fly', {}, {}, 400, 'There is no action fly: choose from burn-note.'],
    ['POST /actions/constructor', {}, {}, 400, 'There is no action constructor: choose from burn-note.'],
    ['POST /actions/burn-note', { id: 1 }, {}, 400, 'The input of burn-note cannot be read: id must be one of ….'],
    ['POST /actions/burn-note', { id: 'none' }, {}, 400, 'There is no note none.'],
    ['POST /actions/burn-note', 'id', {}, 415, /^Send JSON/],
    ['POST /faults', {}, {}, 400, 'A fault cannot be read: kind is missing.'],
    ['POST /faults', null, {}, 400, 'A fault is an object such as {"kind":"delay","delay":"2s"}.'],
    ['POST /faults', [['delay']], {}, 400, 'A fault is an object such as {"kind":"delay","delay":"2s"}.'],
    [
      'POST /faults',
      { kind: 'fire' },
      {},
      400,
      /^A fault cannot be read: kind must be one of error, delay, slow-body, /,
    ],
    [
      'POST /faults',
      { kind: 'delay', operation: 'fly' },
      {},
      400,
      /^There is no operation fly: choose from listNotes, /,
    ],
    ['POST /faults', { kind: 'delay', when: 'now' }, {}, 400, 'when is for code: it must be a function.'],
    ['POST /faults', { kind: 'delay', delay: 'x' }, {}, 400, /^The delay of a fault cannot be read: "x" is no length/],
    ['POST /faults', { kind: 'error' }, {}, 400, 'A fault of the kind error needs a status or a code of the document.'],
    ['DELETE /faults?id=f9', undefined, {}, 400, 'There is no fault with the id f9.'],
    [
      'GET /requests?status=abc',
      undefined,
      {},
      400,
      'abc is no status: write 429, or 4xx for a class, or 0 for no answer.',
    ],
    ['GET /requests?as=xml', undefined, {}, 400, 'There is no form xml: choose from json, har, curl.'],
    ['GET /requests?since=noon', undefined, {}, 400, 'since is no date: write 2023-04-04T12:53:25Z.'],
    ['GET /requests?limit=0', undefined, {}, 400, 'limit must be a whole number from 1 on.'],
    ['GET /requests?after=-1', undefined, {}, 400, 'after must be a whole number from 0 on.'],
    ['GET /requests/stream?status=4xx', undefined, {}, 400, 'There is no parameter status: choose from world.'],
    ['GET /requests?toString=1', undefined, {}, 400, /^There is no parameter toString/],
  ])('%s %j', async (line, body, headers, status, error) => {
    const { call, clock } = setupPlane()
    const answer = await call(line, body, headers)
    expect(answer).toMatchObject({ status, type: 'application/json' })
    expect(answer.json).toEqual({ error: asExpected(error) })
    expect(clock.now()).toBe(Date.parse('2023-04-04T12:53:25Z'))
  })

  it('a body that is too large', async () => {
    const { call } = setupPlane()
    const large = 'x'.repeat(1024 * 1024)
    const sentence = (mebibytes: number): object => ({ error: `The body is too large: send at most ${mebibytes} MiB.` })
    expect(await call('PUT /settings', { large })).toMatchObject({ status: 413, json: sentence(1) })
    expect(await call('POST /actions/burn-note', { large })).toMatchObject({ status: 413, json: sentence(1) })
    expect(await call('PUT /state', { large })).toMatchObject({ status: 400 })
    expect(await call('PUT /state', { large: large.repeat(64) })).toMatchObject({ status: 413, json: sentence(64) })
  })

  it('and says no more of its own mistakes than that there was one', async () => {
    const told: unknown[] = []
    const { call, twin } = setupPlane({ onError: (error) => told.push(error) })
    const mistake = new Error('secret thoughts')
    vi.spyOn(twin.faults, 'list').mockImplementation(() => {
      throw mistake
    })
    expect(await call('GET /faults')).toMatchObject({
      status: 500,
      json: { error: 'The control plane failed; this is a mistake of the twin.' },
    })
    expect(told).toEqual([mistake])
  })
})
