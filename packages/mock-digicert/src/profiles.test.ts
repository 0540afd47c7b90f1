import { X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { ProfileName } from './profiles.ts'
import { type Answer, errorsOf, leafOf, member, sampleBody, setup, type TestWorld } from './test-world.ts'

const multi = { common_name: 'multi.example.net', dns_names: [] }

/** First and last day of a new duplicate of order 100002, whose original runs from 2019-04-02 to 2020-04-01. */
async function dates({ duplicate }: TestWorld, changes: object = {}): Promise<string[]> {
  const answer = await duplicate({ ...multi, ...changes }, 100002)
  const leaf = new X509Certificate(String(member(answer, 'certificate_chain', 0, 'pem')))
  return [leaf.validFromDate, leaf.validToDate].map((date) => date.toISOString())
}

const first = '2019-07-01T00:00:00.000Z'
const last = '2020-04-01T23:59:59.000Z'

describe('expiry', () => {
  test.each<[ProfileName, string]>([
    ['2019', '2019-04-02T00:00:00.000Z'],
    ['2020', first],
    ['2024', first],
  ])('in %s a duplicate begins on %s and ends with the original', async (profile, from) => {
    expect(await dates(setup({ profile }))).toEqual([from, last])
  })

  test('is at most 397 days after the day of issue', async () => {
    // The clock goes back behind the seeds, so that the original has more than 397 days to go.
    const world = setup({ profile: '2020' })
    world.clock.set(Date.parse('2019-02-01T12:00:00Z'))
    expect(await dates(world)).toEqual(['2019-02-01T00:00:00.000Z', '2020-03-04T23:59:59.000Z'])
  })

  test('of an approved duplicate counts from the approval', async () => {
    const world = setup({ profile: '2020' })
    await world.duplicate()
    world.clock.advance(3 * 86_400_000)
    await world.call('PUT', '/request/332211/status', { status: 'approved' })
    const answer = await world.call('GET', '/order/certificate/112233/duplicate')
    expect(member(answer, 'certificates', 0, 'valid_from')).toBe('2019-07-04')
    expect(member(answer, 'certificates', 0, 'valid_till')).toBe('2020-04-01')
  })
})

describe('cert_validity', () => {
  test.each([
    ['days', { days: 30 }, '2019-07-31T23:59:59.000Z'],
    ['days as digits', { days: '30' }, '2019-07-31T23:59:59.000Z'],
    ['a date', { custom_expiration_date: '2019-12-24' }, '2019-12-24T23:59:59.000Z'],
    ['a date with a time', { custom_expiration_date: '2019-12-24T10:00:00+00:00' }, '2019-12-24T23:59:59.000Z'],
    ['a date before days', { days: 1, custom_expiration_date: '2019-12-24' }, '2019-12-24T23:59:59.000Z'],
    ['the last day of the order', { custom_expiration_date: '2020-04-01' }, last],
    ['nothing', {}, last],
    ['zeros', { years: 0, days: 0 }, last],
    ['zeros as digits', { years: '0', days: '0' }, last],
    ['null', null, last],
  ])('%s', async (_, validity, till) => {
    expect(await dates(setup({ profile: '2024' }), { cert_validity: validity })).toEqual([first, till])
  })

  const exceeds = 'cert_validity_exceeds_order_validity ~ The certificate validity exceeds the order validity.'
  const invalid = (path: string): string => `invalid_param:${path} ~ ${path} is an invalid parameter.`
  test.each([
    ['a year', { years: 1 }, exceeds],
    ['a day too many', { custom_expiration_date: '2020-04-02' }, exceeds],
    ['ages', { years: 1e12 }, exceeds],
    ['more days than a date can hold', { days: 1e300 }, exceeds],
    ['the past', { days: -1 }, invalid('certificate.cert_validity')],
    ['long ago', { years: -1e12 }, invalid('certificate.cert_validity')],
    ['no date', { custom_expiration_date: 'soon' }, invalid('certificate.cert_validity.custom_expiration_date')],
    [
      'no such date',
      { custom_expiration_date: '2019-02-30' },
      invalid('certificate.cert_validity.custom_expiration_date'),
    ],
    ['a word', { years: 'many' }, invalid('certificate.cert_validity.years')],
    ['a list', [], invalid('certificate.cert_validity')],
  ])('%s is refused', async (_, validity, expected) => {
    const { duplicate } = setup({ profile: '2024' })
    const answer = await duplicate({ ...multi, cert_validity: validity }, 100002)
    expect(answer.status).toBe(400)
    expect(errorsOf(answer)).toEqual([expected])
  })

  test('may end between the original and its order, which shortens nothing', async () => {
    const world = setup({ profile: '2024' })
    const fast = { apiKey: 'MOCKKEYFAST' }
    const certificate = { ...multi, csr: '<csr>', signature_hash: 'sha256' }
    const order = { certificate, organization: { id: 112233 }, order_validity: { years: 2 } }
    await world.call('POST', '/order/certificate/ssl_multi_domain', order, fast)
    const changes = { ...multi, cert_validity: { custom_expiration_date: '2021-07-01' } }
    const answer = await world.duplicate(changes, 300001, fast)
    expect(leafOf(answer).validToDate.toISOString()).toBe('2020-08-01T23:59:59.000Z')
    const tooLong = { ...multi, cert_validity: { custom_expiration_date: '2021-07-02' } }
    expect(errorsOf(await world.duplicate(tooLong, 300001, fast))).toEqual([exceeds])
  })

  test('is remembered until the approval', async () => {
    const { duplicate, call } = setup({ profile: '2024' })
    await duplicate({ cert_validity: { days: 10 } })
    await call('PUT', '/request/332211/status', { status: 'approved' })
    const answer = await call('GET', '/order/certificate/112233/duplicate')
    expect(member(answer, 'certificates', 0, 'valid_till')).toBe('2019-07-11')
  })

  test.each<ProfileName>(['2019', '2020'])('is ignored in %s', async (profile) => {
    expect((await dates(setup({ profile }), { cert_validity: { days: 'x' }, ca_cert_id: [] }))[1]).toBe(last)
  })
})

describe('cert_validity of a request that waits', () => {
  const approve = async (validity: object, days: number): Promise<{ world: TestWorld; answer: Answer }> => {
    const world = setup({ profile: '2024' })
    await world.duplicate({ cert_validity: validity })
    world.clock.advance(days * 86_400_000)
    return { world, answer: await world.call('PUT', '/request/332211/status', { status: 'approved' }) }
  }

  test('counts from the day of issue', async () => {
    const { world, answer } = await approve({ days: 5 }, 10)
    expect(answer.status).toBe(204)
    const list = await world.call('GET', '/order/certificate/112233/duplicate')
    expect(member(list, 'certificates', 0, 'valid_from')).toBe('2019-07-11')
    expect(member(list, 'certificates', 0, 'valid_till')).toBe('2019-07-16')
  })

  test.each([
    [
      'a day that has passed meanwhile',
      { custom_expiration_date: '2019-07-06' },
      10,
      'invalid_param:certificate.cert_validity',
    ],
    ['more days than the order has left', { days: 270 }, 10, 'cert_validity_exceeds_order_validity'],
  ])('is refused for %s, and the request goes on waiting', async (_, validity, days, code) => {
    const { world, answer } = await approve(validity, days)
    expect(answer.status).toBe(400)
    expect(errorsOf(answer)[0]!.startsWith(code)).toBe(true)
    const list = await world.call('GET', '/order/certificate/112233/duplicate')
    expect(member(list, 'certificates', 0, 'status')).toBe('pending')
  })

  test('is refused for a reissue, too, that would outlive its order by now', async () => {
    const world = setup({ profile: '2024' })
    const body = sampleBody({ cert_validity: { days: 270 } })
    await world.call('POST', '/order/certificate/112233/reissue', body)
    world.clock.advance(10 * 86_400_000)
    const answer = await world.call('PUT', '/request/332211/status', { status: 'approved' })
    expect(errorsOf(answer)[0]).toContain('cert_validity_exceeds_order_validity')
    expect(member(await world.call('GET', '/order/certificate/112233'), 'status')).toBe('reissue_pending')
  })
})

describe('ca_cert_id', () => {
  test.each([
    ['1005', 'DigiCert SHA2 Secure Server CA'],
    ['1006', 'DigiCert SHA2 Extended Validation Server CA'],
    ['75085B44A694E58', 'DigiCert Assured ID CA-1'],
    [1006, 'DigiCert SHA2 Extended Validation Server CA'],
    [0, 'DigiCert SHA2 Secure Server CA'],
    ['', 'DigiCert SHA2 Secure Server CA'],
  ])('%j issues from %s', async (id, issuer) => {
    const { duplicate } = setup({ profile: '2024' })
    const answer = await duplicate({ ...multi, ca_cert_id: id }, 100002)
    expect(member(answer, 'certificate_chain', 1, 'subject_common_name')).toBe(issuer)
  })

  test.each(['1', 'toString', '75085b44a694e58x'])('%s is unknown', async (id) => {
    const { duplicate } = setup({ profile: '2024' })
    const answer = await duplicate({ ...multi, ca_cert_id: id }, 100002)
    expect(errorsOf(answer)).toEqual(['invalid_ca_cert_id ~ The specified CA certificate was not found.'])
  })
})

test.each<[ProfileName, string]>([
  ['2019', '\r\n'],
  ['2020', '\r\n'],
  ['2024', '\n'],
])('a download has the line ends of %s', async (profile, lineEnd) => {
  const { call } = setup({ profile })
  const { text } = await call('GET', '/certificate/100101/download/format/pem_all')
  expect(text.split(lineEnd).join('')).not.toMatch(/[\r\n]/)
})
