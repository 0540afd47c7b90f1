import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createManualClock } from '@certtwin/mock-kit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { clockStart, date, ids, sealed, shop } from './cdnpro-answers/call.ts'
import { exchangeRaw } from './raw-socket.ts'
import { keyHeaders, keySignature, sign } from './signing.ts'

// What real programs were seen to send to CDN Pro, over a raw socket: the twin must take it as it comes.

const version = `/cdn/certificates/${ids.example}/versions/1`
const { Authorization: authorization = '' } = sign('example_username', 'example_apiKey', date)
const signed = [`Authorization: ${authorization}`, `Date: ${date}`]

async function setup(options: Parameters<typeof createCdnProMock>[0] = {}) {
  const mock = createCdnProMock({ clock: createManualClock(clockStart), ...options })
  const { port, close } = await mock.listen()
  onTestFinished(close)
  /** Sends lines as they are, and the body in one piece. */
  const send = async (line: string, headers: readonly string[], body = ''): Promise<RawAnswer> => {
    const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
    const head = [`${line} HTTP/1.1`, 'Host: a', 'Connection: close', ...headers, ...length, '', ''].join('\r\n')
    return readAnswer(await exchangeRaw(port, [head, body]))
  }
  return { mock, port, send }
}

interface RawAnswer {
  readonly status: number
  readonly headers: string
  readonly body: string
}

/** The last answer of what came. */
function readAnswer(text: string): RawAnswer {
  const start = text.lastIndexOf('HTTP/1.')
  const [headers = '', body = ''] = text.slice(start).split('\r\n\r\n')
  return { status: Number(headers.slice(9, 12)), headers, body }
}

const creation = JSON.stringify({
  name: 'seen',
  description: null,
  autoRenew: null,
  forceRenew: null,
  newVersion: {
    comments: null,
    privateKey: sealed(shop.privateKey).replaceAll(/.{64}/g, '$&\r\n'),
    certificate: shop.certificate,
    chainCert: null,
    identificationInfo: null,
  },
})
const json = ['Content-Type: application/json']

describe('a signature', () => {
  it.each([
    ['has two blanks before and after its scheme', [`Authorization:  ${authorization.replace(' ', '  ')}`, signed[1]!]],
    ['has its scheme in small letters', [`authorization: ${authorization.replace('Basic', 'basic')}`, signed[1]!]],
    ['has blanks around its date', [signed[0]!, `Date:   ${date}  `]],
    [
      'comes with headers that clients add',
      [...signed, 'x-debug: 1', 'x-cnc-api-type: CDN', 'Cache-Control: no-cache'],
    ],
    ['comes with a time zone and another media type', [...signed, 'X-Time-Zone: GMT+09:00', 'Accept: application/xml']],
    ['comes with an accepted compression', [...signed, 'Accept-Encoding: gzip, deflate']],
    ['comes with a media type and no body', [...signed, 'Content-Type: application/x-www-form-urlencoded']],
  ])('is taken when it %s', async (_, headers) => {
    const { send } = await setup()
    const answer = await send(`GET ${version}`, headers)
    expect(answer).toMatchObject({ status: 200, headers: expect.stringContaining('Content-Type: application/json') })
  })

  it('of a date with a blank before it is taken, which no header keeps', async () => {
    const { send } = await setup()
    const blank = sign('example_username', 'example_apiKey', ` ${date}`)
    expect(await send(`GET ${version}`, [`Authorization: ${blank['Authorization']!}`, `Date:  ${date}`])).toMatchObject(
      {
        status: 200,
      },
    )
    const two = sign('example_username', 'example_apiKey', `  ${date}`)
    expect(await send(`GET ${version}`, [`Authorization: ${two['Authorization']!}`, `Date:  ${date}`])).toMatchObject({
      status: 401,
    })
  })
})

describe('a body', () => {
  it('may hold null for what is not given, and an encrypted key with line breaks', async () => {
    const { send } = await setup()
    const answer = await send('POST /cdn/certificates', [...signed, ...json], creation)
    expect(answer).toMatchObject({ status: 201, body: '' })
    expect(answer.headers).toMatch(/^Location: http:\/\/a\/cdn\/certificates\/[0-9a-f]{24}$/m)
    expect(answer.headers).not.toMatch(/^content-type:/im)
  })

  it('may be declared as curl does it, or not at all', async () => {
    for (const type of [['Content-Type: application/x-www-form-urlencoded'], ['Content-Type: text/plain'], []]) {
      const { send } = await setup()
      expect(await send('POST /cdn/certificates', [...signed, ...type], creation)).toMatchObject({ status: 201 })
    }
  })

  it('may come with a key encrypted at the second of an access key’s timestamp', async () => {
    const { send } = await setup()
    const timestamp = String(Date.parse(clockStart) / 1000)
    const signing = {
      accessKey: 'example_accessKey',
      secretKey: 'example_secretKey',
      method: 'POST',
      path: '/cdn/certificates',
      query: '',
      contentType: 'application/json',
      host: 'open.chinanetcenter.com',
      body: creation,
      timestamp,
    }
    const headers = keyHeaders(signing, keySignature(signing).toString('hex'))
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
    expect(await send('POST /cdn/certificates', lines, creation)).toMatchObject({ status: 201 })
  })

  it.each(['2', '"2"'])('may give a version as %s, and a task repeats it so', async (number) => {
    const { send } = await setup()
    const body = `{"target":"staging","actions":[{"action":"deploy_cert","certificateId":"${ids.lab}","version":${number}}]}`
    const { headers } = await send('POST /cdn/deploymentTasks', [...signed, ...json], body)
    const path = /^Location: http:\/\/a(\S+)/m.exec(headers)?.[1] ?? ''
    expect((await send(`GET ${path}`, signed)).body).toContain(`"version":${number}}`)
  })

  it.each(['is asked for first', 'comes in pieces', 'comes in chunks'])('is taken when it %s', async (way) => {
    const { port } = await setup()
    const isChunked = way === 'comes in chunks'
    const length = isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${Buffer.byteLength(creation)}`
    const expected = way === 'is asked for first' ? ['Expect: 100-continue'] : []
    const lines = ['POST /cdn/certificates HTTP/1.1', 'Host: a', 'Connection: close', ...signed, ...json, length]
    const head = [...lines, ...expected, '', ''].join('\r\n')
    const size = Buffer.byteLength(creation).toString(16)
    const body = isChunked ? `${size}\r\n${creation}\r\n0\r\n\r\n` : creation
    const parts = way === 'comes in pieces' ? `${head}${body}`.match(/[^]{1,300}/g)! : [head, body]
    expect(readAnswer(await exchangeRaw(port, parts))).toMatchObject({ status: 201 })
  })
})

describe('a deletion', () => {
  it.each([
    ['no body', '', []],
    ['the body {}', '{}', json],
    ['the two characters ""', '""', json],
    ['a body of another type', '<delete/>', ['Content-Type: text/xml']],
  ])('may come with %s', async (_, body, headers) => {
    const { send, mock } = await setup()
    const answer = await send(`DELETE /cdn/certificates/${ids.lab}`, [...signed, ...headers], body)
    expect(answer).toMatchObject({ status: 204, body: '' })
    expect(answer.headers).not.toMatch(/^content-type:/im)
    expect(mock.requests.at(-1)?.diagnosis).toBeUndefined()
  })

  it('of a version is a wrong method in 2023, and one of two later', async () => {
    const path = `/cdn/certificates/${ids.lab}/versions/2`
    const old = await (await setup()).send(`DELETE ${path}`, signed)
    expect([old.status, /^Allow: .*$/m.exec(old.headers)?.[0]]).toEqual([405, 'Allow: GET'])
    const { send } = await setup({ generation: 'current' })
    const put = await send(`PUT ${path}`, signed)
    expect([put.status, /^Allow: .*$/m.exec(put.headers)?.[0]]).toEqual([405, 'Allow: GET, DELETE'])
    expect(await send(`DELETE ${path}`, signed)).toMatchObject({ status: 204 })
  })
})

describe('a request', () => {
  it('may be of HTTP/1.0 and name no host', async () => {
    const { port } = await setup()
    const head = [`GET ${version} HTTP/1.0`, ...signed, '', ''].join('\r\n')
    expect(readAnswer(await exchangeRaw(port, [head]))).toMatchObject({
      status: 200,
      headers: expect.stringContaining('Connection: close'),
    })
  })

  it('may follow another one on the same connection', async () => {
    const { port } = await setup()
    const head = (...more: string[]): string =>
      [`GET ${version} HTTP/1.1`, 'Host: a', ...more, ...signed, '', ''].join('\r\n')
    const answers = await exchangeRaw(port, [head(), head('Connection: close')])
    expect(answers.match(/HTTP\/1\.1 200 /g)).toHaveLength(2)
  })

  it.each([version, '/cdn/certificates', '/cdn/deploymentTasks', `/cdn/certificates/${ids.shop}`])(
    'must not have a slash at the end of %s',
    async (path) => {
      const { send } = await setup()
      expect(await send(`GET ${path}/`, signed)).toMatchObject({
        status: 404,
        body: '{"status":0,"result":"The requested API does not exist."}',
      })
    },
  )

  it.each(['HEAD', 'OPTIONS', 'DELETE'])('must not be %s for a version', async (method) => {
    const { send } = await setup()
    const { status, headers } = await send(`${method} ${version}`, signed)
    expect(status).toBe(405)
    expect(headers).toMatch(/^Allow: GET$/m)
  })

  it('that is too large is told so before anybody asks who it is from', async () => {
    const { send } = await setup()
    const answer = await send('POST /cdn/certificates', json, 'x'.repeat(1024 * 1024 + 1))
    expect(answer).toMatchObject({ status: 413, body: '{"status":0,"result":"The request body is too large."}' })
  })
})

describe('an answer', () => {
  it.each([
    ['gateway', ['Content-Type: application/json', `Date: ${date}`, 'x-cnc-request-id: ']],
    ['native', ['Content-Type: application/json', `Date: ${date}`, 'Qtl-Request-Id: ', 'x-rate-limit-remaining: 59']],
  ] as const)('of the door %s spells its headers as programs compare them', async (door, names) => {
    const { send } = await setup({ door })
    const { headers } = await send(`GET ${version}`, signed)
    for (const name of names) expect(headers).toMatch(new RegExp(`^${name}`, 'm'))
    expect(headers).not.toMatch(/^(etag|last-modified|www-authenticate|retry-after):/im)
  })

  it('of the native door counts strangers by the address that they come from', async () => {
    const { send, mock } = await setup({ door: 'native' })
    const remaining = async (): Promise<string | undefined> =>
      /^x-rate-limit-remaining: (\d+)/m.exec((await send(`GET ${version}`, [])).headers)?.[1]
    expect([await remaining(), await remaining()]).toEqual(['29', '28'])
    const local = await mock.fetch(new Request(`http://a${version}`))
    expect(local.headers.get('x-rate-limit-remaining')).toBe('29')
  })
})
