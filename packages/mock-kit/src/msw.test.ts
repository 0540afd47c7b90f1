import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import * as msw2 from 'msw2'
import { setupServer as setupServer2 } from 'msw2/node'
import * as msw3 from 'msw3'
import { setupServer as setupServer3 } from 'msw3/node'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { asFetchFailure, WireFault } from './faults/wire-fault.ts'
import type { Fetch } from './fetch.ts'
import { createHandlers } from './msw.ts'

// The real MSW, both versions of it, over the fetch of the platform.

const stops: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const baseUrls = ['https://api.example.com/', 'https://api.example.com:8443/v2']

/** Starts an MSW of one version, and gives what stops it. */
const versions: Readonly<Record<string, (mock: { readonly fetch: Fetch }) => () => void>> = {
  'MSW 2': (mock) => {
    const server = setupServer2(...createHandlers(msw2.http, mock, { baseUrls }))
    server.listen({ onUnhandledRequest: 'bypass' })
    return () => server.close()
  },
  'MSW 3': (mock) => {
    const server = setupServer3(...createHandlers(msw3.http, mock, { baseUrls }))
    server.listen({ onUnhandledFrame: 'bypass' })
    return () => server.close()
  },
}

function setup(version: string) {
  const calls: Request[] = []
  const answer: Fetch = async (request) => {
    calls.push(request)
    const { pathname } = new URL(request.url)
    if (pathname === '/reset') return asFetchFailure(new WireFault({ kind: 'reset' }), request)
    if (pathname === '/silence') return asFetchFailure(new WireFault({ kind: 'silence' }), request)
    if (pathname === '/truncated')
      return asFetchFailure(new WireFault({ kind: 'truncated', response: new Response('0123'), bytes: 2 }), request)
    if (pathname === '/bug') throw new Error('sorry')
    const body = await request.text()
    const headers = [
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
      ['x-asked', request.headers.get('x-ask') ?? ''],
    ] as [string, string][]
    return Response.json({ method: request.method, url: request.url, body }, { status: 201, headers })
  }
  stops.push(versions[version]!({ fetch: answer }))
  return { calls }
}

describe.each(Object.keys(versions))('a twin behind %s', (version) => {
  test.each([
    'https://api.example.com/',
    'https://api.example.com/notes/1?x=1',
    'https://api.example.com:8443/v2/notes',
  ])('answers the real URL %s', async (url) => {
    setup(version)
    const response = await fetch(url, { method: 'DELETE' })
    expect(response.status).toBe(201)
    expect(await response.json()).toEqual({ method: 'DELETE', url, body: '' })
  })

  test('gets bodies and repeated headers, and so does the caller', async () => {
    setup(version)
    const headers = [
      ['x-ask', 'one'],
      ['x-ask', 'two'],
    ] as [string, string][]
    const body = 'ü'.repeat(100_000)
    const response = await fetch('https://api.example.com/notes', { method: 'POST', body, headers })
    expect(await response.json()).toMatchObject({ method: 'POST', body })
    expect(response.headers.get('x-asked')).toBe('one, two')
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  })

  test('leaves other hosts and other paths alone', async () => {
    const { calls } = setup(version)
    const other = createServer((_, response) => response.end('the other one')).listen(0, '127.0.0.1')
    await once(other, 'listening')
    stops.push(() => void other.close())
    expect(await (await fetch(`http://127.0.0.1:${(other.address() as AddressInfo).port}/v2/notes`)).text()).toBe(
      'the other one',
    )
    expect(calls).toEqual([])
  })

  test('makes a reset the network error of fetch', async () => {
    setup(version)
    await expect(fetch('https://api.example.com/reset')).rejects.toThrow(/^(Failed to fetch|fetch failed)$/)
  })

  test('leaves a bug of the twin what it is', async () => {
    const told = vi.spyOn(console, 'error').mockReturnValue()
    stops.push(() => told.mockRestore())
    setup(version)
    expect((await fetch('https://api.example.com/bug')).status).toBe(500)
    expect(String(told.mock.calls)).toContain('Error: sorry')
  })

  test('answers node:https too', async () => {
    setup(version)
    const [response] = (await once(https.get('https://api.example.com/notes'), 'response')) as [IncomingMessage]
    expect(response.statusCode).toBe(201)
    expect(await json(response)).toMatchObject({ method: 'GET', url: 'https://api.example.com/notes' })
  })

  test('makes silence end with the patience of the caller, without a word', async () => {
    const told = vi.spyOn(console, 'error').mockReturnValue()
    stops.push(() => told.mockRestore())
    setup(version)
    const signal = AbortSignal.timeout(50)
    await expect(fetch('https://api.example.com/silence', { signal })).rejects.toThrow(/timeout|aborted/)
    await setImmediate() // MSW speaks after the caller has heard
    expect(told).not.toHaveBeenCalled()
  })

  test('makes a body end too soon', async () => {
    setup(version)
    const response = await fetch('https://api.example.com/truncated')
    expect(response.headers.get('content-length')).toBe('4')
    await expect(response.text()).rejects.toThrow('terminated')
  })
})
