import { createDecipheriv, createHmac } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import type { Fetch } from '../fetch.ts'
import type { Draft } from '../transport/request.ts'
import { cdnProAuth } from './auth.ts'
import { createCdnProClient } from './client.ts'
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
    const headers = { Location: '/cdn/certificates/x', ...(date !== undefined && { Date: date }) }
    return new Response('{}', { status, headers })
  }
  return { seen, client: createCdnProClient({ ...credentials, now: () => at, fetch: service, retry: { attempts: 1 } }) }
}

const sign = (draft: Partial<Draft> = {}): Promise<Request> =>
  cdnProAuth(credentials, doors.gateway, () => at).sign({ method: 'GET', url, body: undefined, ...draft })

const post = (body: unknown): Partial<Draft> => ({ method: 'POST', body: JSON.stringify(body) })

describe('the signature', () => {
  it('is the one that the vendor’s algorithm gives', async () => {
    const { headers } = await sign()
    expect(headers.get('Date')).toBe('Tue, 04 Apr 2023 12:53:25 GMT')
    expect(headers.get('Authorization')).toBe('Basic ZXhhbXBsZV91c2VybmFtZTphT1phNzhrRTYrQnFvcnp2c0xlUkJhZGNEWVU9')
    expect(headers.has('x-cnc-date')).toBe(false)
  })

  it('is sent with x-cnc-date where the platform drops Date', async () => {
    // What a browser does with a forbidden header name.
    const { set } = Headers.prototype
    const spy = vi.spyOn(Headers.prototype, 'set').mockImplementation(function (this: Headers, name, value) {
      if (name !== 'Date') set.call(this, name, value)
    })
    const { headers } = await sign().finally(() => spy.mockRestore())
    expect(headers.has('Date')).toBe(false)
    expect(headers.get('x-cnc-date')).toBe('Tue, 04 Apr 2023 12:53:25 GMT')
  })
})

const late = { status: 401, date: 'Tue, 04 Apr 2023 13:53:25 GMT' }

describe('a clock that is wrong', () => {
  it('is corrected once when a signature is refused, and stays corrected', async () => {
    const { seen, client } = setup(late)
    await client.certificates.create({ name: 'x', newVersion: {} })
    await client.certificates.get('x')
    expect(seen.map(({ headers }) => headers.get('Date'))).toEqual([
      'Tue, 04 Apr 2023 12:53:25 GMT',
      'Tue, 04 Apr 2023 13:53:25 GMT',
      'Tue, 04 Apr 2023 13:53:25 GMT',
    ])
    const body = '{"name":"x","newVersion":{}}'
    expect(seen.map((one) => one.body)).toEqual([body, body, ''])
  })

  it('is corrected by the same difference for calls side by side', async () => {
    const { seen, client } = setup(late, late, late)
    await Promise.all(['a', 'b', 'c'].map((id) => client.certificates.get(id)))
    const dates = seen.map(({ headers }) => headers.get('Date'))
    expect(dates.slice(3)).toEqual(Array.from({ length: 3 }, () => 'Tue, 04 Apr 2023 13:53:25 GMT'))
  })

  it('is corrected no second time in the same call', async () => {
    const { seen, client } = setup(late, { status: 401, date: 'Tue, 04 Apr 2023 15:00:00 GMT' })
    await expect(client.certificates.get('x')).rejects.toMatchObject({ status: 401, attempts: 2, outcome: 'none' })
    expect(seen).toHaveLength(2)
  })

  it.each([
    ['the clocks agree', { status: 401, date: 'Tue, 04 Apr 2023 12:53:28 GMT' }],
    ['the server does not tell its time', { status: 401 }],
    ['nothing was refused', { status: 200, date: late.date }],
    ['the refusal is another one', { status: 404, date: late.date }],
    ['the account may not do it', { status: 403, date: late.date }],
  ])('is not suspected when %s', async (_name, answer) => {
    const { seen, client } = setup(answer)
    await client.certificates.get('x').catch(() => undefined)
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
    const request = await sign(post({ name: 'x', newVersion: { comments: 'first', privateKey } }))
    expect(await request.json()).toEqual({
      name: 'x',
      newVersion: {
        comments: 'first',
        privateKey: 'boUf3WWqsDdOGaE3XtFmlSTBOKPxR2FsmzYFraIm6NtDLIeXasadx867szEZAh7TAhfdR4MAonPNoKDNf9u6Uw==',
      },
    })
  })

  it('is encrypted in whatever form it is', async () => {
    const bare = privateKey.replaceAll(/-----[^-]+-----/g, '')
    const request = await sign(post({ newVersion: { privateKey: bare, comments: 'no PRIVATE KEY----- here' } }))
    const { newVersion } = (await request.json()) as { newVersion: { privateKey: string } }
    expect(open(newVersion.privateKey, request.headers.get('Date')!)).toBe(bare)
  })

  it('is encrypted under the date of each attempt', async () => {
    const { seen, client } = setup(late)
    await client.certificates.create({ name: 'x', newVersion: { privateKey } })
    const opened = seen.map(({ body, headers }) => {
      const { newVersion } = JSON.parse(body) as { newVersion: { privateKey: string } }
      return open(newVersion.privateKey, headers.get('Date')!)
    })
    expect(opened).toEqual([privateKey, privateKey])
  })

  it.each(['RSA2048', 'ECC256'])('is left alone where it is a word that asks for one: %s', async (word) => {
    const request = await sign(post({ newVersion: { privateKey: word } }))
    expect(await request.json()).toEqual({ newVersion: { privateKey: word } })
  })
})
