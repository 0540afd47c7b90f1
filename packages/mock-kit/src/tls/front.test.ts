import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect as connectTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Answer } from '../fetch.ts'
import { listen, type Listening } from '../listen/listen.ts'
import { curl, nodeRequest, openTunnel, rawExchange, rawOutcome } from '../listen/test-clients.ts'
import { createTlsIdentity } from './identity.ts'
import { writeTrustFiles } from './trust-files.ts'

const isCurlMissing = spawnSync('curl', ['--version']).error !== undefined

const host = 'api.example.com'
const identity = createTlsIdentity({ hosts: [host, 'www.example.com'] })
const ca = identity.ca.pem
const folder = mkdtempSync(join(tmpdir(), 'tls-'))
const caFile = writeTrustFiles(folder, identity).ca
afterAll(() => rmSync(folder, { recursive: true }))

const running: Listening[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((listening) => listening.close()))
})

/** Answers with what it was asked. */
async function echo(request: Request): Promise<Response> {
  return new Response(`${request.method} ${request.url} ${(await request.text()).length}`)
}

async function setup(answer: Answer = echo): Promise<Listening> {
  const listening = await listen(answer, { tls: identity })
  running.push(listening)
  return listening
}

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`
const connectRequest = (authority: string): string => `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`

function connectSecurely(port: number): TLSSocket {
  return connectTls({ port, host: '127.0.0.1', servername: host, ca })
}

describe('a port with TLS', () => {
  test('is https in its URL', async () => {
    const { url, port } = await setup()
    expect(url).toBe(`https://127.0.0.1:${port}`)
  })

  test.each(['localhost', '127.0.0.1'])('answers a client that trusts its authority, by the name %s', async (name) => {
    const { port } = await setup()
    const url = `https://${name}:${port}/notes`
    expect(await nodeRequest(url, { ca })).toEqual({ status: 200, body: `GET ${url} 0` })
  })

  test('is refused by a client that does not trust its authority', async () => {
    const { url } = await setup()
    expect(await nodeRequest(url)).toMatchObject({ error: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' })
  })

  test('answers plain HTTP too', async () => {
    const { port } = await setup()
    const url = `http://127.0.0.1:${port}/notes`
    expect(await nodeRequest(url)).toEqual({ status: 200, body: `GET ${url} 0` })
  })

  test.each(['http', 'https'])('takes a body that is larger than a packet, over %s', async (scheme) => {
    const { port } = await setup()
    const body = 'x'.repeat(900_000)
    const url = `${scheme}://localhost:${port}/notes`
    expect(await nodeRequest(url, { ca, method: 'POST' }, body)).toEqual({ status: 200, body: `POST ${url} 900000` })
  })

  test('goes on after a handshake that fails', async () => {
    const { port, url } = await setup()
    const { end } = await rawExchange(port, Buffer.from('\x16\x03\x01\x00\x05hello', 'latin1'))
    expect(end).toMatch(/^(end|ECONNRESET)$/)
    expect(await nodeRequest(url, { ca })).toMatchObject({ status: 200 })
  })

  test('goes on after a connection that says nothing', async () => {
    const { port, url } = await setup()
    const socket = connectTcp(port, '127.0.0.1', () => socket.end())
    expect(await rawOutcome(socket)).toEqual({ text: '', end: 'end' })
    expect(await nodeRequest(url, { ca })).toMatchObject({ status: 200 })
  })

  test('keeps a connection for a second request', async () => {
    const { port } = await setup()
    const socket = connectSecurely(port)
    const outcome = rawOutcome(socket)
    socket.write(get('/one'))
    await new Promise((resolve) => socket.once('data', resolve))
    socket.write(get('/two').replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))
    expect((await outcome).text.match(/GET \S+ 0/g)).toEqual([`GET https://${host}/one 0`, `GET https://${host}/two 0`])
  })

  test('lets a request end that runs when it is drained', async () => {
    const { promise: response, resolve: answer } = Promise.withResolvers<Response>()
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>()
    const { port, drain } = await setup(() => {
      arrive()
      return response
    })
    const socket = connectSecurely(port)
    const outcome = rawOutcome(socket)
    socket.write(get('/slow'))
    await arrived
    const drained = drain(60_000)
    answer(new Response('answered'))
    expect((await outcome).text).toContain('answered')
    await drained
  })

  test('ends idle connections when it is drained', async () => {
    const { port, drain } = await setup()
    const secure = connectSecurely(port)
    const tunnel = await openTunnel(port, host)
    const ends = Promise.all([secure, tunnel].map(rawOutcome))
    secure.write(get('/one'))
    await new Promise((resolve) => secure.once('data', resolve))
    await drain(60_000)
    expect((await ends).map(({ end }) => end)).toEqual(['end', 'end'])
  })
})

describe('CONNECT', () => {
  test.each([host, 'www.example.com', 'API.Example.COM'])('leads to the twin for its host %s', async (name) => {
    const { port } = await setup()
    const socket = await openTunnel(port, name)
    const options = { defaultPort: 443, createConnection: () => connectTls({ socket, servername: name, ca }) }
    const url = `https://${name.toLowerCase()}/notes`
    expect(await nodeRequest(url, options)).toEqual({ status: 200, body: `GET ${url} 0` })
  })

  test('takes what was sent together with it', async () => {
    const { port } = await setup()
    const { text } = await rawExchange(port, connectRequest(`${host}:80`) + get('/early').replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')) // prettier-ignore
    expect(text).toMatch(/^HTTP\/1\.1 200 Connection Established\r\n\r\nHTTP\/1\.1 200 OK\r\n/)
    expect(text).toContain(`GET http://${host}/early 0`)
  })

  test.each(['other.example.com:443', 'localhost:443', 'nonsense', `${host}.evil.example:443`, '[::1]:443'])(
    'is refused with a sentence for %s',
    async (authority) => {
      const { port } = await setup()
      const { text, end } = await rawExchange(port, connectRequest(authority))
      expect(text).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/)
      expect(text.split('\r\n\r\n')[1]).toBe(
        'This proxy leads to api.example.com, www.example.com alone. Exempt other hosts from it with NO_PROXY.',
      )
      expect(end).toBe('end')
    },
  )

  test('is refused inside of TLS', async () => {
    const { port } = await setup()
    const socket = connectSecurely(port)
    socket.write(connectRequest(`${host}:443`))
    expect((await rawOutcome(socket)).text).toMatch(/^HTTP\/1\.1 403 [^]*This proxy is reached by http:\/\//)
  })
})

describe('curl', () => {
  beforeEach((context) => {
    context.skip(isCurlMissing && !process.env['CI'], 'curl is not installed')
  })

  test.each([
    ['by the address', 'https://127.0.0.1:PORT/notes', []],
    ['with --connect-to', `https://${host}/notes`, ['--connect-to', `${host}:443:127.0.0.1:PORT`]],
    ['with --proxy', `https://${host}/notes`, ['--proxy', 'http://127.0.0.1:PORT']],
    ['with --proxy and plain HTTP', `http://${host}/notes`, ['--proxy', 'http://127.0.0.1:PORT']],
  ])('gets there %s', async (_, address, options) => {
    const { port } = await setup()
    const [url, ...others] = [address, ...options].map((text) => text.replace('PORT', String(port)))
    expect(await curl(['--cacert', caFile, ...others, url!])).toEqual({ code: 0, stdout: `GET ${url} 0` })
  })
})

describe('Node by its environment', { timeout: 20_000 }, () => {
  test('gets to the real host name by HTTPS_PROXY and NODE_EXTRA_CA_CERTS', async () => {
    const { port } = await setup()
    const env = { ...process.env, HTTPS_PROXY: `http://127.0.0.1:${port}`, NO_PROXY: '', NODE_EXTRA_CA_CERTS: caFile }
    const program = `process.stdout.write(await (await fetch('https://${host}/notes')).text())`
    const options = ['--use-env-proxy', '--input-type=module', '--eval', program]
    const { stdout } = await promisify(execFile)(process.execPath, options, { env })
    expect(stdout).toBe(`GET https://${host}/notes 0`)
  })
})
