import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect as connectTcp, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { WireFault } from '../faults/wire-fault.ts'
import { createTlsIdentity } from '../tls/identity.ts'
import { writeTrustFiles } from '../tls/trust-files.ts'
import { listen, type Listening } from './listen.ts'
import { curl, nodeRequest, openTunnel, type Outcome, type RawOutcome, rawOutcome } from './test-clients.ts'

// What a fault looks like to three clients (node, curl and a bare socket) on three ways in.

const isCurlMissing = spawnSync('curl', ['--version']).error !== undefined

const host = 'api.example.com'
const identity = createTlsIdentity({ hosts: [host] })
const ca = identity.ca.pem
const folder = mkdtempSync(join(tmpdir(), 'wire-'))
const caFile = writeTrustFiles(folder, identity).ca
afterAll(() => rmSync(folder, { recursive: true }))

const running: Listening[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((listening) => listening.close()))
})

/** Everything about a way in: which URL leads there, what curl needs, and a connection to write HTTP to. */
interface Way {
  readonly url: string
  readonly curlOptions: readonly string[]
  readonly connect: () => Promise<Socket>
}

const ways: Readonly<Record<string, (port: number) => Way>> = {
  'over HTTP': (port) => ({
    url: `http://127.0.0.1:${port}`,
    curlOptions: [],
    connect: async () => connectTcp(port, '127.0.0.1'),
  }),
  'over TLS': (port) => ({
    url: `https://localhost:${port}`,
    curlOptions: ['--cacert', caFile],
    connect: async () => connectTls({ port, host: '127.0.0.1', servername: host, ca }),
  }),
  'through a tunnel': (port) => ({
    url: `https://${host}`,
    curlOptions: ['--cacert', caFile, '--proxy', `http://127.0.0.1:${port}`],
    connect: async () => connectTls({ socket: await openTunnel(port, host), servername: host, ca }),
  }),
}

/** Every path but those of the faults is answered. */
async function setup(way: string) {
  const listening = await listen(
    (request) => {
      const { pathname } = new URL(request.url)
      const response = new Response('0123456789', { headers: { 'x-kept': 'yes' } })
      if (pathname === '/reset') throw new WireFault({ kind: 'reset' })
      if (pathname === '/silence') throw new WireFault({ kind: 'silence' })
      if (pathname === '/truncated') throw new WireFault({ kind: 'truncated', response, bytes: 4 })
      if (pathname === '/headless') throw new WireFault({ kind: 'truncated', response, bytes: 0 })
      return response
    },
    way === 'over HTTP' ? {} : { tls: identity },
  )
  running.push(listening)
  const { url, curlOptions, connect } = ways[way]!(listening.port)
  const ask = async (path: string, options: { method?: string; signal?: AbortSignal } = {}): Promise<Outcome> => {
    const socket = await connect()
    return nodeRequest(`${url}${path}`, { ...options, createConnection: () => socket })
  }
  const exchange = async (path: string): Promise<RawOutcome> => {
    const socket = await connect()
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
    return rawOutcome(socket)
  }
  return { ask, exchange, curl: (...args: readonly string[]) => curl([...curlOptions, ...args.slice(0, -1), `${url}${args.at(-1)}`]) } // prettier-ignore
}

describe.each(Object.keys(ways))('a reset %s', (way) => {
  test('is a reset connection to node', async () => {
    const { ask } = await setup(way)
    expect(await ask('/reset')).toEqual({ status: undefined, body: '', error: 'ECONNRESET' })
  })

  test('is RST, no orderly end, to a socket', async () => {
    const { exchange } = await setup(way)
    expect(await exchange('/reset')).toEqual({ text: '', end: 'ECONNRESET' })
  })

  test('is error 56 to curl', async (context) => {
    context.skip(isCurlMissing && !process.env['CI'], 'curl is not installed')
    const world = await setup(way)
    expect(await world.curl('/reset')).toEqual({ code: 56, stdout: '' })
  })
})

describe.each(Object.keys(ways))('silence %s', (way) => {
  test('is a request of node that nobody answers', async () => {
    const { ask } = await setup(way)
    const outcome = await ask('/silence', { signal: AbortSignal.timeout(100) })
    expect(outcome).toEqual({ status: undefined, body: '', error: 'ABORT_ERR' })
  })

  test('is error 28 to curl', async (context) => {
    context.skip(isCurlMissing && !process.env['CI'], 'curl is not installed')
    const world = await setup(way)
    expect(await world.curl('--max-time', '0.3', '/silence')).toEqual({ code: 28, stdout: '' })
  })
})

describe.each(Object.keys(ways))('a truncated answer %s', (way) => {
  test('ends too soon for node', async () => {
    const { ask } = await setup(way)
    expect(await ask('/truncated')).toEqual({ status: 200, body: '0123', error: 'ECONNRESET' })
  })

  test.each([
    ['/truncated', '0123'],
    ['/headless', ''],
  ])('has the length of the whole, its first bytes, and an orderly end, to a socket: %s', async (path, part) => {
    const { exchange } = await setup(way)
    const { text, end } = await exchange(path)
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(text).toContain('\r\ncontent-length: 10\r\n')
    expect(text).toContain('\r\nx-kept: yes\r\n')
    expect(text.split('\r\n\r\n')[1]).toBe(part)
    expect(end).toBe('end')
  })

  test('is error 18 to curl', async (context) => {
    context.skip(isCurlMissing && !process.env['CI'], 'curl is not installed')
    const world = await setup(way)
    expect(await world.curl('/truncated')).toEqual({ code: 18, stdout: '0123' })
  })

  test('is whole to HEAD, which has no body', async () => {
    const { ask } = await setup(way)
    expect(await ask('/truncated', { method: 'HEAD' })).toEqual({ status: 200, body: '' })
  })
})

test.each(Object.keys(ways))('other requests are answered beside a fault %s', async (way) => {
  const { ask } = await setup(way)
  const silence = ask('/silence', { signal: AbortSignal.timeout(100) })
  expect(await ask('/notes')).toEqual({ status: 200, body: '0123456789' })
  await silence
})
