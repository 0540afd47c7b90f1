import { createDecipheriv, createHmac } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import type { Fetch } from '../fetch.ts'
import { cdnProAuth } from './auth.ts'
import { doors } from './doors.ts'

const credentials = { username: 'example_username', apiKey: 'example_apiKey' }
const at = Date.parse('2023-04-04T12:53:25Z')
const url = 'https://open.chinanetcenter.com/cdn/certificates'

/** A service that notes what it gets, and answers with what is given for each call. */
function setup(...answers: { status: number; date?: string }[]) {
  const seen: { headers: Headers; body: string }[] = []
  const service: Fetch = async (request) => {
    const { status, date } = answers[seen.length] ?? { status: 200 }
    seen.push({ headers: request.headers, body: await request.text() })
    return new Response('{}', { status, headers: date === undefined ? {} : { Date: date } })
  }
  return { seen, fetch: cdnProAuth(credentials, doors.gateway, () => at).sign(service) }
}

const put = (body: unknown): Request => new Request(url, { method: 'POST', body: JSON.stringify(body) })

describe('the signature', () => {
  it('is the one that the vendor’s algorithm gives', async () => {
    const { seen, fetch } = setup()
    await fetch(new Request(url))
    expect(seen[0]!.headers.get('Date')).toBe('Tue, 04 Apr 2023 12:53:25 GMT')
    expect(seen[0]!.headers.get('Authorization')).toBe(
      'Basic ZXhhbXBsZV91c2VybmFtZTphT1phNzhrRTYrQnFvcnp2c0xlUkJhZGNEWVU9',
    )
    expect(seen[0]!.headers.has('x-cnc-date')).toBe(false)
  })

  it('is sent with x-cnc-date where the platform drops Date', async () => {
    const { seen, fetch } = setup()
    const request = new Request(url)
    // What a browser does with a forbidden header name.
    const { set } = Headers.prototype
    vi.spyOn(request.headers, 'set').mockImplementation((name, value) => {
      if (name !== 'Date') set.call(request.headers, name, value)
    })
    await fetch(request)
    expect(seen[0]!.headers.get('x-cnc-date')).toBe('Tue, 04 Apr 2023 12:53:25 GMT')
  })
})

describe('a clock that is wrong', () => {
  const late = { status: 401, date: 'Tue, 04 Apr 2023 13:53:25 GMT' }

  it('is corrected once when a signature is refused, and stays corrected', async () => {
    const { seen, fetch } = setup(late)
    expect((await fetch(put({ name: 'x' }))).status).toBe(200)
    await fetch(new Request(url))
    expect(seen.map(({ headers }) => headers.get('Date'))).toEqual([
      'Tue, 04 Apr 2023 12:53:25 GMT',
      'Tue, 04 Apr 2023 13:53:25 GMT',
      'Tue, 04 Apr 2023 13:53:25 GMT',
    ])
    expect(seen.map(({ body }) => body)).toEqual(['{"name":"x"}', '{"name":"x"}', ''])
  })

  it('is corrected by the same difference for calls side by side', async () => {
    const { seen, fetch } = setup(late, late, late)
    const responses = await Promise.all([1, 2, 3].map(() => fetch(new Request(url))))
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200])
    const dates = seen.map(({ headers }) => headers.get('Date'))
    expect(dates.slice(3)).toEqual(Array.from({ length: 3 }, () => 'Tue, 04 Apr 2023 13:53:25 GMT'))
  })

  it('is corrected no second time in the same call', async () => {
    const { seen, fetch } = setup(late, { status: 401, date: 'Tue, 04 Apr 2023 15:00:00 GMT' })
    expect((await fetch(new Request(url))).status).toBe(401)
    expect(seen).toHaveLength(2)
  })

  it.each([
    ['the clocks agree', { status: 401, date: 'Tue, 04 Apr 2023 12:53:28 GMT' }],
    ['the server does not tell its time', { status: 401 }],
    ['nothing was refused', { status: 200, date: late.date }],
    ['the refusal is another one', { status: 404, date: late.date }],
    ['the account may not do it', { status: 403, date: late.date }],
  ])('is not suspected when %s', async (_name, answer) => {
    const { seen, fetch } = setup(answer)
    expect((await fetch(new Request(url))).status).toBe(answer.status)
    expect(seen).toHaveLength(1)
  })
})

/** The decryption, written from the vendor's description once more. */
function open(sealed: string, date: string): string {
  const digest = createHmac('sha256', credentials.apiKey).update(date).digest()
  const decipher = createDecipheriv('aes-128-cbc', digest.subarray(16), digest.subarray(0, 16))
  return Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()]).toString()
}

describe('a private key in a body', () => {
  const privateKey = '-----BEGIN PRIVATE KEY-----\nMOCK\n-----END PRIVATE KEY-----\n'

  it('leaves encrypted as the vendor describes', async () => {
    const { seen, fetch } = setup()
    await fetch(put({ name: 'x', newVersion: { comments: 'first', privateKey } }))
    expect(JSON.parse(seen[0]!.body)).toEqual({
      name: 'x',
      newVersion: {
        comments: 'first',
        privateKey: 'boUf3WWqsDdOGaE3XtFmlSTBOKPxR2FsmzYFraIm6NtDLIeXasadx867szEZAh7TAhfdR4MAonPNoKDNf9u6Uw==',
      },
    })
  })

  it('is encrypted in whatever form it is', async () => {
    const { seen, fetch } = setup()
    const bare = privateKey.replaceAll(/-----[^-]+-----/g, '')
    await fetch(put({ newVersion: { privateKey: bare, comments: 'no PRIVATE KEY----- here' } }))
    const { newVersion } = JSON.parse(seen[0]!.body) as { newVersion: { privateKey: string } }
    expect(open(newVersion.privateKey, seen[0]!.headers.get('Date')!)).toBe(bare)
  })

  it('is encrypted under the date of each attempt', async () => {
    const { seen, fetch } = setup({ status: 401, date: 'Tue, 04 Apr 2023 13:53:25 GMT' })
    await fetch(put({ newVersion: { privateKey } }))
    const opened = seen.map(({ body, headers }) => {
      const { newVersion } = JSON.parse(body) as { newVersion: { privateKey: string } }
      return open(newVersion.privateKey, headers.get('Date')!)
    })
    expect(opened).toEqual([privateKey, privateKey])
  })

  it.each(['RSA2048', 'ECC256'])('is left alone where it is a word that asks for one: %s', async (word) => {
    const { seen, fetch } = setup()
    await fetch(put({ newVersion: { privateKey: word } }))
    expect(JSON.parse(seen[0]!.body)).toEqual({ newVersion: { privateKey: word } })
  })
})
