import { spawnSync } from 'node:child_process'
import { afterEach, describe, expect, test } from 'vitest'
import { WireFault } from '../faults/wire-fault.ts'
import { listen, type Listening } from './listen.ts'
import { curl, nodeRequest, rawExchange } from './test-clients.ts'

// What a fault looks like to three clients: node, curl, and a bare socket.

const isCurlMissing = spawnSync('curl', ['--version']).error !== undefined

const running: Listening[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((listening) => listening.close()))
})

/** Every path but those of the faults is answered. */
async function setup(): Promise<Listening> {
  const listening = await listen((request) => {
    const { pathname } = new URL(request.url)
    const response = new Response('0123456789', { headers: { 'x-kept': 'yes' } })
    if (pathname === '/reset') throw new WireFault({ kind: 'reset' })
    if (pathname === '/silence') throw new WireFault({ kind: 'silence' })
    if (pathname === '/truncated') throw new WireFault({ kind: 'truncated', response, bytes: 4 })
    if (pathname === '/headless') throw new WireFault({ kind: 'truncated', response, bytes: 0 })
    return response
  })
  running.push(listening)
  return listening
}

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: twin.example\r\n\r\n`

describe('a reset', () => {
  test('is a reset connection to node:http', async () => {
    const { url } = await setup()
    expect(await nodeRequest(`${url}/reset`)).toMatchObject({ error: 'ECONNRESET', status: undefined })
  })

  test('is RST, no orderly end, to a socket', async () => {
    const { port } = await setup()
    expect(await rawExchange(port, get('/reset'))).toEqual({ text: '', end: 'ECONNRESET' })
  })

  test('is error 56 to curl', async (context) => {
    context.skip(isCurlMissing && !process.env['CI'], 'curl is not installed')
    const { url } = await setup()
    expect(await curl([`${url}/reset`])).toEqual({ code: 56, stdout: '' })
  })
})

describe('silence', () => {
  test('is a request to node:http that nobody answers', async () => {
    const { url } = await setup()
    const outcome = nodeRequest(`${url}/silence`, { signal: AbortSignal.timeout(50) })
    expect(await outcome).toMatchObject({ error: 'ABORT_ERR', status: undefined })
  })

  test('is error 28 to curl', async (context) => {
    context.skip(isCurlMissing && !process.env['CI'], 'curl is not installed')
    const { url } = await setup()
    expect(await curl(['--max-time', '0.2', `${url}/silence`])).toEqual({ code: 28, stdout: '' })
  })
})

describe('a truncated answer', () => {
  test('ends too soon for node:http', async () => {
    const { url } = await setup()
    expect(await nodeRequest(`${url}/truncated`)).toEqual({ status: 200, body: '0123', error: 'ECONNRESET' })
  })

  test.each([
    ['/truncated', '0123'],
    ['/headless', ''],
  ])('has the length of the whole, its first bytes, and an orderly end, to a socket: %s', async (path, part) => {
    const { port } = await setup()
    const { text, end } = await rawExchange(port, get(path))
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(text.toLowerCase()).toMatch(/\r\ncontent-length: 10\r\n/)
    expect(text).toContain('\r\nx-kept: yes\r\n')
    expect(text.split('\r\n\r\n')[1]).toBe(part)
    expect(end).toBe('end')
  })

  test('is error 18 to curl', async (context) => {
    context.skip(isCurlMissing && !process.env['CI'], 'curl is not installed')
    const { url } = await setup()
    expect(await curl([`${url}/truncated`])).toEqual({ code: 18, stdout: '0123' })
  })

  test('is whole to HEAD, which has no body', async () => {
    const { url } = await setup()
    expect(await nodeRequest(`${url}/truncated`, { method: 'HEAD' })).toEqual({ status: 200, body: '' })
  })
})

test('other requests are answered beside a fault', async () => {
  const { url } = await setup()
  const silence = nodeRequest(`${url}/silence`, { signal: AbortSignal.timeout(50) })
  expect(await nodeRequest(`${url}/notes`)).toEqual({ status: 200, body: '0123456789' })
  await silence
})
