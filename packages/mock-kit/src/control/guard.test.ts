import { afterEach, describe, expect, it } from 'vitest'
import type { TwinListening, TwinListenOptions } from '../listen/listen-twin.ts'
import { nodeRequest, type Outcome, rawExchange } from '../listen/test-clients.ts'
import { notesKey, setupNotes } from '../test-twin.ts'

const running: TwinListening[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((listening) => listening.close()))
})

interface Guarded extends TwinListening {
  /** @param line - method and path below the control plane */
  readonly ask: (line: string, headers?: Readonly<Record<string, string>>) => Promise<Outcome>
}

async function setup(options: TwinListenOptions = {}): Promise<Guarded> {
  const listening = await setupNotes().twin.listen(options)
  running.push(listening)
  const url = `http://${options.host?.includes(':') ? '[::1]' : '127.0.0.1'}:${listening.port}/__mock`
  return {
    ...listening,
    ask: (line, headers = {}) => {
      const [method, path] = line.split(' ') as [string, string]
      return nodeRequest(url + path, { method, headers })
    },
  }
}

const foreignHost =
  /^\{"error":"The control plane is not for the host .*: call it by the address that the twin listens on\."\}$/
const foreignPage =
  '{"error":"The control plane is not for pages of other origins: type its address into the browser."}'
const wantsToken =
  '{"error":"The control plane wants its token: send Authorization: Bearer and the token that the twin was started with."}'

describe('a control plane on loopback', () => {
  it('wants no token', async () => {
    const { ask, token } = await setup()
    expect(token).toBeUndefined()
    expect((await ask('GET /state')).status).toBe(200)
  })

  it.each(['localhost', 'LOCALHOST', '127.0.0.1', '[::1]'])(
    'answers to the name %s, with a port and without',
    async (name) => {
      const { ask, port } = await setup()
      expect((await ask('GET /clock', { Host: name })).status).toBe(200)
      expect((await ask('GET /clock', { Host: `${name}:${port}` })).status).toBe(200)
    },
  )

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '[::2]', '0.0.0.0', '127.0.0.2'])(
    'does not answer to the name %s, which somebody let point to loopback',
    async (name) => {
      const { ask } = await setup()
      for (const line of ['GET /state', 'POST /reset', 'GET /', 'GET /page.js', 'GET /nothing']) {
        const { status, body } = await ask(line, { Host: name })
        expect([line, status]).toEqual([line, 403])
        expect(body).toMatch(foreignHost)
      }
    },
  )

  it('does not answer without a name', async () => {
    const { port } = await setup()
    const { text } = await rawExchange(port, 'GET /__mock/state HTTP/1.0\r\n\r\n')
    expect(text).toMatch(/^HTTP\/1\.1 403 /)
    expect(text.split('\r\n\r\n')[1]).toMatch(foreignHost)
  })

  it('listens on IPv6 too', async () => {
    const { ask } = await setup({ host: '::1' })
    expect((await ask('GET /clock')).status).toBe(200)
    expect((await ask('GET /clock', { Host: 'evil.example' })).status).toBe(403)
  })

  it.each([
    ['of another origin', { Origin: 'http://evil.example' }],
    ['of another port', { Origin: 'http://127.0.0.1:1' }],
    ['of another name of the same machine', { Origin: 'http://localhost' }],
    ['in a sandbox', { Origin: 'null' }],
    ['that loads it as a picture', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' }],
    ['of the same site', { 'Sec-Fetch-Site': 'same-site' }],
    ['that asks whether it may', { Origin: 'http://evil.example', 'Access-Control-Request-Method': 'PUT' }],
  ])('does not answer a page %s', async (_, headers) => {
    const { ask } = await setup()
    for (const line of ['GET /state', 'POST /reset', 'GET /', 'GET /requests/stream', 'OPTIONS /state'])
      expect([line, await ask(line, headers)]).toEqual([line, { status: 403, body: foreignPage }])
  })

  it('answers its own page, and an address that a person types', async () => {
    const { ask, port } = await setup()
    const own = { Origin: `http://127.0.0.1:${port}`, 'Sec-Fetch-Site': 'same-origin' }
    expect((await ask('POST /reset', own)).status).toBe(204)
    expect((await ask('GET /state', { 'Sec-Fetch-Site': 'none' })).status).toBe(200)
  })

  it.each([
    '/__mock/../__mock/state',
    '/notes/../__mock/state',
    '/__moc%6B/state',
    '//__mock/state',
    '/%5f_mock/state',
  ])('is not reached past its guard by %s', async (path) => {
    const { port } = await setup({ token: 'secret' })
    const { text } = await rawExchange(port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    expect(text).toMatch(/^HTTP\/1\.1 401 /) // the plane's, or that of the API
    expect(text).not.toContain('tables')
  })

  it('takes no form of a page, which needs nobody to ask', async () => {
    const { port, ask } = await setup()
    expect((await ask('POST /reset', { 'Content-Type': 'text/plain' })).status).toBe(415)
    expect((await ask('POST /reset', { 'Content-Type': 'application/x-www-form-urlencoded' })).status).toBe(415)
    const head = 'PUT /__mock/clock HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: text/plain'
    const { text } = await rawExchange(port, `${head}\r\nContent-Length: 17\r\n\r\n{"running": true}`)
    expect(text).toMatch(/^HTTP\/1\.1 415 /)
  })
})

describe('a control plane with a token', () => {
  const given = { token: 'token-of-the-tests' }

  it.each([
    ['no token', {}],
    ['another token', { Authorization: 'Bearer token-of-others' }],
    ['a part of it', { Authorization: 'Bearer token-of-the-test' }],
    ['an empty one', { Authorization: 'Bearer ' }],
    ['another scheme', { Authorization: 'Basic token-of-the-tests' }],
    ['the bare token', { Authorization: 'token-of-the-tests' }],
  ])('refuses a call with %s', async (_, headers) => {
    const { ask } = await setup(given)
    for (const line of [
      'GET /state',
      'POST /reset',
      'GET /requests/stream',
      'GET /nothing',
      'GET /health/',
      'GET /page.js/x',
    ])
      expect([line, await ask(line, headers)]).toEqual([line, { status: 401, body: wantsToken }])
  })

  it('says how to authenticate', async () => {
    const { url } = await setup(given)
    expect((await fetch(`${url}/__mock/state`)).headers.get('www-authenticate')).toBe('Bearer')
  })

  it.each(['Bearer', 'bearer'])('lets pass who has it, by the scheme %s', async (scheme) => {
    const { ask, token } = await setup(given)
    expect(token).toBe('token-of-the-tests')
    expect((await ask('GET /state', { Authorization: `${scheme} ${token}` })).status).toBe(200)
  })

  it('tells anybody that the twin answers', async () => {
    const { ask } = await setup(given)
    expect((await ask('GET /health')).status).toBe(200)
    expect((await ask('GET /health', { Host: 'evil.example', 'Sec-Fetch-Site': 'cross-site' })).status).toBe(200)
  })

  it('leaves the API alone', async () => {
    const { url } = await setup(given)
    expect((await fetch(`${url}/notes`, { headers: { 'x-key': notesKey } })).status).toBe(200)
  })

  it('cannot be opened with an empty token', async () => {
    const { ask } = await setup({ token: '' })
    expect((await ask('GET /state', { Authorization: 'Bearer ' })).status).toBe(401)
    expect((await ask('GET /state')).status).toBe(401)
  })
})

describe('a control plane that listens everywhere', () => {
  it('makes up a token that nobody can guess, and answers to any name with it', async () => {
    const { ask, token } = await setup({ host: '0.0.0.0' })
    const other = await setup({ host: '0.0.0.0' })
    expect(token).toMatch(/^[0-9a-f]{32}$/)
    expect(token).not.toBe(other.token)
    expect((await ask('GET /state', { Host: 'twin.example' })).status).toBe(401)
    expect((await ask('GET /health')).status).toBe(200)
    expect((await ask('GET /state', { Host: 'twin.example', Authorization: `Bearer ${token}` })).status).toBe(200)
  })

  it('does not answer pages of other origins even with it', async () => {
    const { ask, token } = await setup({ host: '0.0.0.0' })
    const headers = { Authorization: `Bearer ${token}`, Origin: 'http://evil.example' }
    expect(await ask('GET /state', headers)).toEqual({ status: 403, body: foreignPage })
  })
})

describe('a refusal', () => {
  it('arrives when the body of the request is large', async () => {
    const { url } = await setup({ token: 'token-of-the-tests' })
    const body = new Uint8Array(2 * 1024 * 1024)
    for (let count = 0; count < 30; count++)
      expect((await fetch(`${url}/__mock/state`, { method: 'PUT', body })).status).toBe(401)
  })
})
