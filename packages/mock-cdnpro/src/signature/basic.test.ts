import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { basic, setup, sign } from '../test-client.ts'
import { failureOfPassword } from './basic.ts'
import type { SignatureDiagnosis } from './diagnosis.ts'

const path = '/cdn/certificates/9fddeb2fea3ed5b52d89d81d/versions/1'
const key = 'example_apiKey'
const vectors = [
  {
    username: 'vendor',
    apiKey: '52c9583dc1fa4d81',
    date: 'Thu, 10 Oct 2013 09:12:20 GMT',
    password: 'i5scyaK7fWsWysB0q76H8F2BAzg=',
    authorization: undefined,
  },
  {
    username: 'example_username',
    apiKey: key,
    date: 'Tue, 04 Apr 2023 12:53:25 GMT',
    password: 'aOZa78kE6+BqorzvsLeRBadcDYU=',
    authorization: 'Basic ZXhhbXBsZV91c2VybmFtZTphT1phNzhrRTYrQnFvcnp2c0xlUkJhZGNEWVU9',
  },
  {
    username: 'example_username',
    apiKey: key,
    date: 'Tue, 04 Apr 2023 12:53:25 UTC',
    password: 'rXwHcK3NUYE4hGbWK+zWNO6QXNQ=',
    authorization: 'Basic ZXhhbXBsZV91c2VybmFtZTpyWHdIY0szTlVZRTRoR2JXSyt6V05PNlFYTlE9',
  },
]

describe.each(vectors)('the vector of $username at $date', ({ username, apiKey, date, password, authorization }) => {
  const nowMs = Date.parse(date.replace('UTC', 'GMT'))
  const check = (text: string, dates = [date]): boolean =>
    failureOfPassword({ scheme: 'basic', username, password: text }, { apiKey, dates, windowMs: 900_000, nowMs }) ===
    undefined

  test('passes', () => {
    expect(check(password)).toBe(true)
    expect(authorization ?? basic(username, password)).toBe(basic(username, password))
  })

  test('fails with any one character of the password changed', () => {
    for (let place = 0; place < password.length; place++) {
      const other = password[place] === 'A' ? 'B' : 'A'
      expect(check(password.slice(0, place) + other + password.slice(place + 1)), `${place}`).toBe(false)
    }
  })

  test('fails with any one character of the date changed', () => {
    expect(check(password, [date.replace(/\d\d (GMT|UTC)$/, '59 $1')])).toBe(false)
  })
})

describe('a wrong signer', () => {
  const now = 'Tue, 04 Apr 2023 12:53:25 GMT'
  const seconds = (shift: number): string => new Date(Date.parse(now) + shift * 1000).toUTCString()
  const wrong = 'password is wrong'
  const user = 'example_username'

  interface Mistake {
    readonly what: string
    readonly headers: Record<string, string>
    readonly diagnosis: SignatureDiagnosis | `date-skew: ${string} s`
    readonly reason: string
  }
  const mistake = (
    what: string,
    headers: Record<string, string>,
    diagnosis: Mistake['diagnosis'],
    reason: string,
  ): Mistake => ({ what, headers, diagnosis, reason })

  const malformed = 'authorization format is wrong'
  const missing = 'authorization header is missing'
  const unknown = 'account name does not exist'
  const unreadable = 'date format is wrong'
  const expired = 'date is expired'
  const good = basic(user, sign(key, now))
  const at = (date: string): Record<string, string> => ({ date, authorization: basic(user, sign(key, date)) })
  const hex = createHmac('sha1', key).update(now).digest('hex')

  test.each<Mistake>([
    mistake('sends no credentials', { date: now }, 'authorization-missing', missing),
    mistake('sends no credentials and no date', {}, 'authorization-missing', missing),
    mistake('uses another scheme', { date: now, authorization: 'Bearer abc' }, 'authorization-malformed', malformed),
    mistake('sends plain text', { date: now, authorization: 'Basic user:pw' }, 'authorization-malformed', malformed),
    mistake(
      'leaves out the colon',
      { date: now, authorization: 'Basic dXNlcg==' },
      'authorization-malformed',
      malformed,
    ),
    mistake('sends the scheme alone', { date: now, authorization: 'Basic' }, 'authorization-malformed', malformed),
    mistake(
      'has an unknown name',
      { date: now, authorization: basic('nobody', sign(key, now)) },
      'user-unknown',
      unknown,
    ),
    mistake('has no name', { date: now, authorization: basic('', sign(key, now)) }, 'user-unknown', unknown),
    mistake('sends no date', { authorization: good }, 'date-missing', 'date header is missing'),
    mistake('sends an ISO date', at('2023-04-04T12:53:25Z'), 'date-unreadable', unreadable),
    mistake('is late', at(seconds(-1200)), 'date-skew: -1200 s', expired),
    mistake('is early', at(seconds(1200)), 'date-skew: +1200 s', expired),
    mistake('writes hex', { date: now, authorization: basic(user, hex) }, 'signature-hex', wrong),
    mistake(
      'writes upper-case hex',
      { date: now, authorization: basic(user, hex.toUpperCase()) },
      'signature-hex',
      wrong,
    ),
    ...[`${hex}\n`, `SHA1(stdin)= ${hex}\n`].map((printed) =>
      mistake(
        `encodes ${JSON.stringify(printed)} in Base64`,
        { date: now, authorization: basic(user, Buffer.from(printed).toString('base64')) },
        'signature-hex',
        wrong,
      ),
    ),
    ...['sha256', 'sha512', 'md5'].map((hash) =>
      mistake(
        `takes ${hash}`,
        { date: now, authorization: basic(user, sign(key, now, hash)) },
        'signature-other-hash',
        wrong,
      ),
    ),
    mistake(
      'takes sha256 and writes hex',
      { date: now, authorization: basic(user, Buffer.from(sign(key, now, 'sha256'), 'base64').toString('hex')) },
      'signature-other-hash',
      wrong,
    ),
    ...['Tue, 04 Apr 2023 12:53:25 UTC', 'Tue, 4 Apr 2023 12:53:25 GMT', 'Tue, 4 Apr 2023 12:53:26 +0000'].map((text) =>
      mistake(
        `signs ${text}`,
        { date: now, authorization: basic(user, sign(key, text)) },
        'signature-other-date',
        wrong,
      ),
    ),
    mistake(
      'signs a line feed',
      { date: now, authorization: basic(user, sign(key, `${now}\n`)) },
      'signature-newline',
      wrong,
    ),
    mistake(
      'signs CR LF',
      { date: now, authorization: basic(user, sign(key, `${now}\r\n`)) },
      'signature-newline',
      wrong,
    ),
    mistake(
      'sends a line feed with the password',
      { date: now, authorization: basic(user, `${sign(key, now)}\n`) },
      'signature-newline',
      wrong,
    ),
    mistake(
      'drops the padding',
      { date: now, authorization: basic(user, sign(key, now).replace('=', '')) },
      'signature-unpadded',
      wrong,
    ),
    ...[-5, -1, 1, 5].map((shift) =>
      mistake(
        `signs a date ${shift} s away`,
        { date: now, authorization: basic(user, sign(key, seconds(shift))) },
        'signature-other-date',
        wrong,
      ),
    ),
    mistake(
      'signs the stale one of two date headers',
      { 'x-cnc-date': now, date: seconds(-1200), authorization: basic(user, sign(key, seconds(-1200))) },
      'signature-other-date',
      wrong,
    ),
    mistake(
      'signs a date 6 s away',
      { date: now, authorization: basic(user, sign(key, seconds(6))) },
      'key-wrong',
      wrong,
    ),
    mistake(
      'has another key',
      { date: now, authorization: basic(user, sign('other_apiKey', now)) },
      'key-wrong',
      wrong,
    ),
    mistake('sends no password', { date: now, authorization: basic(user, '') }, 'key-wrong', wrong),
    mistake('sends the key itself', { date: now, authorization: basic(user, key) }, 'key-wrong', wrong),
  ])('that $what is told "$reason", the journal $diagnosis', async ({ headers, diagnosis, reason }) => {
    const { mock } = setup()

    const response = await mock.fetch(new Request(`https://open.chinanetcenter.com${path}`, { headers }))

    expect(response.status).toBe(401)
    expect(await response.text()).toBe(`{"status":0,"result":"The HTTP authorization header is bad: ${reason}."}`)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('date')).toBe(now)
    expect(response.headers.get('x-cnc-request-id')).toMatch(/^[0-9a-f]{32}$/)
    expect(response.headers.has('www-authenticate')).toBe(false)
    expect(mock.requests).toMatchObject([{ operation: 'getCertificateVersion', status: 401, diagnosis }])
    for (const secret of ['example_apiKey', 'other_apiKey', sign(key, now)])
      expect(JSON.stringify(mock.requests)).not.toContain(secret)
  })
})

describe('the clock window', () => {
  test.each([
    [-900, 200],
    [900, 200],
    [-901, 401],
    [901, 401],
  ])('a date %d s away gives %d', async (shift, status) => {
    const { call, clock } = setup()
    const answer = await call(path, { date: new Date(clock.now() + shift * 1000).toUTCString() })
    expect(answer.status).toBe(status)
  })

  test('moves with the clock: a remembered password expires too', async () => {
    const { call, clock, date } = setup()
    const old = date()
    expect((await call(path, { date: old })).status).toBe(200)
    clock.advance(900_000)
    expect((await call(path, { date: old })).status).toBe(200)
    clock.advance(1000)
    expect(await call(path, { date: old })).toMatchObject({ status: 401, diagnosis: 'date-skew: -901 s' })
  })

  test('includes both its ends also for a clock between two seconds', async () => {
    const { call, clock, date } = setup()
    const old = date()
    clock.advance(900_999)
    expect((await call(path, { date: old })).status).toBe(200)
    clock.advance(1)
    expect(await call(path, { date: old })).toMatchObject({ status: 401, diagnosis: 'date-skew: -901 s' })
  })
})

describe('what is tolerated', () => {
  test.each(['basic', 'BASIC', 'Basic  '])('the scheme as %j', async (scheme) => {
    const { call, date } = setup()
    const authorization = basic('example_username', sign(key, date())).replace('Basic', scheme)
    expect((await call(path, { headers: { authorization } })).status).toBe(200)
  })

  test('x-cnc-date in place of Date', async () => {
    const { mock, date } = setup()
    const headers = { 'x-cnc-date': date(), authorization: basic('example_username', sign(key, date())) }
    expect((await mock.fetch(new Request(`https://host.test${path}`, { headers }))).status).toBe(200)
  })

  test('a signature of Date where x-cnc-date fails', async () => {
    const { call } = setup()
    expect((await call(path, { headers: { 'x-cnc-date': 'garbage' } })).status).toBe(200)
  })

  test('a signature of x-cnc-date beside a Date that something else has set', async () => {
    const { call, clock, date } = setup()
    const later = new Date(clock.now() + 60_000).toUTCString()
    expect((await call(path, { date: date(), headers: { 'x-cnc-date': date(), date: later } })).status).toBe(200)
  })

  test('the same signature many times', async () => {
    const { call } = setup()
    for (let count = 0; count < 3; count++) expect((await call(path)).status).toBe(200)
  })
})

test('another user with their own key is that user', async () => {
  const { call } = setup()
  const answer = await call('/cdn/certificates/642c1dc50000000000000c01/versions/1', {
    username: 'other_username',
    apiKey: 'other_apiKey',
  })
  expect(answer.status).toBe(200)
})
