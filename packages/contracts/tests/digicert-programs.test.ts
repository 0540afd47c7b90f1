import { createDigicertMock } from '@certtwin/mock-digicert'
import { createManualClock } from '@certtwin/mock-kit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createKeyMaterial } from './material.ts'
import { exchangeRaw } from './raw-socket.ts'

// What real programs were seen to send to DigiCert, over a raw socket: the twin must take it as it comes.

const { csr } = createKeyMaterial()
const names = { common_name: 'multi.example.net', signature_hash: 'sha256' }

async function setup() {
  const mock = createDigicertMock({ clock: createManualClock('2023-04-04T12:53:25Z'), rateLimits: false })
  const { port, close } = await mock.listen()
  onTestFinished(close)
  const head = (line: string, more: readonly string[] = []): string =>
    [line, 'X-DC-DEVKEY: MOCKKEYADMIN', ...more, '', ''].join('\r\n')
  const get = async (path: string, more: readonly string[] = []) =>
    readAnswer(
      await exchangeRaw(port, [head(`GET /services/v2${path} HTTP/1.1`, ['Host: a', 'Connection: close', ...more])]),
    )
  const send = async (method: string, path: string, body: string, more: readonly string[] = []) => {
    const headers = [
      'Host: a',
      'Connection: close',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
    ]
    return readAnswer(
      await exchangeRaw(port, [head(`${method} /services/v2${path} HTTP/1.1`, [...headers, ...more]), body]),
    )
  }
  return { port, head, get, send }
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

const duplicatePath = '/order/certificate/100002/duplicate'
const duplicateOf = (certificate: object, further: object = {}): string =>
  JSON.stringify({ certificate: { ...names, csr, ...certificate }, ...further })

describe('a CSR', () => {
  it.each([
    ['PEM', csr],
    ['PEM with CRLF', csr.replaceAll('\n', '\r\n')],
    ['PEM without line breaks', csr.replaceAll('\n', '')],
    ['bare base64', csr.replaceAll(/-----.*-----|\n/g, '')],
  ])('as %s is taken, and comes back as it was sent', async (_, sent) => {
    const { get, send } = await setup()
    expect(await send('POST', duplicatePath, duplicateOf({ csr: sent }))).toMatchObject({ status: 201 })
    const { certificates } = JSON.parse((await get(duplicatePath)).body) as { certificates: { csr: string }[] }
    expect(certificates.map((each) => each.csr)).toEqual([sent])
  })
})

describe('values of other types', () => {
  it.each([
    ['ids as texts', duplicateOf({ server_platform: { id: '45' } }, { organization: { id: '112233' } })],
    ['booleans as numbers and texts', duplicateOf({}, { skip_approval: 1, disable_ct: 'true' })],
    ['null and empty for what is not given', duplicateOf({ dns_names: null, server_platform: null }, { comments: '' })],
    [
      'the body of a whole order',
      duplicateOf({ organization_units: ['X'] }, { order_id: 1, validity_years: 2, payment_method: 'balance' }),
    ],
    ['a hash in capitals', duplicateOf({ signature_hash: 'SHA_256' })],
  ])('are read kindly: %s', async (_, body) => {
    const { send } = await setup()
    expect(await send('POST', duplicatePath, body)).toMatchObject({ status: 201 })
  })

  it('are read kindly in an order too', async () => {
    const { send } = await setup()
    const order = {
      certificate: { ...names, csr, server_platform: { id: '2' } },
      organization: { id: '112233' },
      validity_years: '1',
      container: { id: '14' },
    }
    expect(await send('POST', '/order/certificate/ssl_basic', JSON.stringify(order))).toMatchObject({ status: 201 })
  })
})

describe('a request', () => {
  it('may have a Content-Type without a body', async () => {
    const { get } = await setup()
    expect(await get(duplicatePath, ['Content-Type: application/xml'])).toMatchObject({ status: 200 })
  })

  it('may ask before it sends its body', async () => {
    const { send } = await setup()
    expect(await send('POST', duplicatePath, duplicateOf({}), ['Expect: 100-continue'])).toMatchObject({ status: 201 })
  })

  it('may come in small pieces', async () => {
    const { port, head } = await setup()
    const body = duplicateOf({})
    const headers = ['Host: a', 'Connection: close', 'Content-Type: application/json', `Content-Length: ${body.length}`]
    const whole = head(`POST /services/v2${duplicatePath} HTTP/1.1`, headers) + body
    const pieces = whole.match(/[^]{1,7}/g)!
    expect(readAnswer(await exchangeRaw(port, pieces))).toMatchObject({ status: 201 })
  })

  it('may come in chunks', async () => {
    const { port, head } = await setup()
    const body = duplicateOf({})
    const headers = ['Host: a', 'Connection: close', 'Content-Type: application/json', 'Transfer-Encoding: chunked']
    const chunked = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
    const answer = await exchangeRaw(port, [head(`POST /services/v2${duplicatePath} HTTP/1.1`, headers), chunked])
    expect(readAnswer(answer)).toMatchObject({ status: 201 })
  })

  it('may be of HTTP/1.0 and name no host', async () => {
    const { port, head } = await setup()
    const answer = await exchangeRaw(port, [head(`GET /services/v2${duplicatePath} HTTP/1.0`)])
    expect(readAnswer(answer)).toEqual({
      status: 200,
      headers: expect.stringContaining('Connection: close'),
      body: '{}',
    })
  })

  it('may follow another one on the same connection', async () => {
    const { port, head } = await setup()
    const line = `GET /services/v2${duplicatePath} HTTP/1.1`
    const answers = await exchangeRaw(port, [head(line, ['Host: a']), head(line, ['Host: a', 'Connection: close'])])
    expect(answers.match(/HTTP\/1\.1 200 /g)).toHaveLength(2)
  })

  it.each(['filters[status]=revoked', 'filters%5Bstatus%5D=revoked', 'filters%5bstatus%5d=revoked'])(
    'may have brackets in its query: %s',
    async (query) => {
      const { get } = await setup()
      const { body } = await get(`/order/certificate?${query}`)
      expect(JSON.parse(body)).toMatchObject({ orders: [{ id: 100006 }], page: { total: 1 } })
    },
  )

  it('may name a certificate by its serial number, in any spelling, or by its id', async () => {
    const { get, send } = await setup()
    const { certificates } = JSON.parse((await get('/order/certificate/100003/duplicate')).body) as {
      certificates: { id: number; serial_number: string }[]
    }
    const [one, other] = certificates
    const spelled = `00${one!.serial_number.toLowerCase()}`.match(/../g)!.join(':')
    const body = '{"skip_approval":true}'
    expect(await send('PUT', `/certificate/${spelled}/revoke`, body)).toMatchObject({ status: 204 })
    expect(await send('PUT', `/certificate/${other!.id}/revoke`, body)).toMatchObject({ status: 204 })
  })

  it.each([duplicatePath, '/order/certificate', '/order/certificate/100002', '/user/me', '/product'])(
    'must not have a slash at the end of %s',
    async (path) => {
      const { get } = await setup()
      const { status, body } = await get(`${path}/`)
      expect([status, body]).toEqual([
        404,
        '{"errors":[{"code":"not_found|route","message":"The specified route was not found."}]}',
      ])
    },
  )
})

describe('an answer', () => {
  it('spells its headers as programs compare them, and its media type has no parameters', async () => {
    const { get } = await setup()
    const { headers } = await get(duplicatePath)
    expect(headers.split('\r\n')).toEqual(
      expect.arrayContaining([
        'Content-Type: application/json',
        'Date: Tue, 04 Apr 2023 12:53:25 GMT',
        'cache-control: private,no-cache',
      ]),
    )
    expect(headers).not.toMatch(/^(content-type|date|Cache-Control|ETag):/m)
  })

  it('without a body has no media type', async () => {
    const { send } = await setup()
    const { status, headers, body } = await send('PUT', '/request/199/status', '{"status":"approved"}')
    expect([status, body]).toEqual([204, ''])
    expect(headers).not.toMatch(/^content-type:/im)
  })
})
