import { describe, expect, test } from 'vitest'
import { type Answer, csrOf, errorsOf, leafOf, member, sampleBody, setup, type TestWorld } from './test-world.ts'
import { stored } from './test-stored.ts'

const names = { common_name: 'new.example.net', dns_names: ['other.example.org'] }

function reissue(world: TestWorld, order: number, changes: object = names, apiKey = 'MOCKKEYADMIN'): Promise<Answer> {
  return world.call('POST', `/order/certificate/${order}/reissue`, sampleBody(changes), { apiKey })
}

const list = ({ call }: TestWorld, order: number, query = ''): Promise<Answer> =>
  call('GET', `/order/certificate/${order}/reissue${query}`)

describe('a reissue', () => {
  test('is issued at once with names that the order never had, and takes the place of the primary certificate', async () => {
    const world = setup()
    const answer = await reissue(world, 100001, { ...names, csr: csrOf('P-256') })
    expect(answer.status).toBe(201)
    expect(Object.keys(answer.json as object)).toEqual(['id', 'certificate_id', 'certificate_chain'])
    const leaf = leafOf(answer)
    expect(leaf.subjectAltName).toBe('DNS:new.example.net, DNS:other.example.org')
    expect(leaf.validFromDate.toISOString()).toBe('2019-07-01T00:00:00.000Z')
    expect(leaf.validToDate.toISOString()).toBe('2020-04-01T23:59:59.000Z')
    expect(stored(world.mock, 'orders', 100001)).toMatchObject({ status: 'issued', primaryId: 987654322 })
    expect((await world.duplicate({ common_name: 'other.example.org', dns_names: [] }, 100001)).status).toBe(201)
  })

  test('leaves the certificate before it valid', async () => {
    const world = setup()
    await reissue(world, 100001)
    expect(stored(world.mock, 'certificates', 100101)).toMatchObject({ status: 'issued' })
    expect((await world.call('GET', '/certificate/100101/download/format/pem_all')).status).toBe(200)
  })

  test('takes the names of the certificate before it where it has none', async () => {
    const world = setup()
    const answer = await reissue(world, 100002, { common_name: 'multi.example.net', dns_names: undefined })
    expect(leafOf(answer).subjectAltName).toBe('DNS:multi.example.net, DNS:a.example.net, DNS:b.example.org')
  })

  test('that needs an approval waits, and the order with it', async () => {
    const world = setup()
    const answer = await reissue(world, 112233)
    expect(answer.text).toBe('{"id":112233,"requests":[{"id":332211}]}')
    expect(stored(world.mock, 'orders', 112233)).toMatchObject({ status: 'reissuePending', primaryId: 112200 })
    expect(stored(world.mock, 'requests', 332211)).toMatchObject({ type: 'reissue', orderStatus: 'reissuePending' })
    await world.call('PUT', '/request/332211/status', { status: 'approved' })
    expect(stored(world.mock, 'orders', 112233)).toMatchObject({ status: 'issued', primaryId: 987654322 })
  })

  test('that is rejected leaves the order as it was', async () => {
    const world = setup()
    await reissue(world, 112233)
    await world.call('PUT', '/request/332211/status', { status: 'rejected' })
    expect(stored(world.mock, 'orders', 112233)).toMatchObject({ status: 'issued', primaryId: 112200 })
    expect(member(await list(world, 112233), 'certificates', 0, 'status')).toBe('rejected')
  })

  test('whose validation has lapsed waits for it', async () => {
    const world = setup()
    expect((await reissue(world, 100009)).text).toBe('{"id":100009,"certificate_id":987654322}')
    expect(stored(world.mock, 'orders', 100009)).toMatchObject({ status: 'reissuePending' })
    world.mock.act('complete-validation', { container: 15 })
    expect(stored(world.mock, 'orders', 100009)).toMatchObject({ status: 'issued', primaryId: 987654322 })
  })

  test('whose validation has lapsed is no change of the order when it is approved', async () => {
    const world = setup()
    world.mock.seed({ containers: [{ id: 5, accountId: 112234, isValidated: false }] })
    const before = stored(world.mock, 'orders', 100010)
    await world.call('PUT', '/request/200/status', { status: 'approved' })
    expect(stored(world.mock, 'requests', 200)).toMatchObject({ status: 'approved' })
    expect(stored(world.mock, 'orders', 100010)).toEqual(before)
  })

  test('leaves the id alone that is kept for the first duplicate', async () => {
    const world = setup()
    const answer = await reissue(world, 1234567, { common_name: 'www.digicert.com', dns_names: [] })
    expect(member(answer, 'certificate_id')).toBe(987654322)
    const duplicate = await world.duplicate({ common_name: 'www.digicert.com', dns_names: [] }, 1234567)
    expect(member(duplicate, 'certificate_id')).toBe(987654321)
  })

  test('is possible where duplicates are not, and after the primary certificate was revoked', async () => {
    const world = setup()
    expect((await reissue(world, 100008)).status).toBe(201)
    await world.call('PUT', '/certificate/100101/revoke')
    expect((await reissue(world, 100001)).status).toBe(201)
    expect((await world.duplicate({ common_name: 'new.example.net', dns_names: [] }, 100001)).status).toBe(201)
  })

  test('of the generation of 2024 may end earlier, and never later', async () => {
    const world = setup({ profile: '2024' })
    const early = await reissue(world, 100001, { ...names, cert_validity: { days: 30 } })
    expect(leafOf(early).validToDate.toISOString()).toBe('2019-07-31T23:59:59.000Z')
    const late = await reissue(world, 100002, { ...names, cert_validity: { years: 2 } })
    expect(errorsOf(late)).toEqual([
      'cert_validity_exceeds_order_validity ~ The certificate validity exceeds the order validity.',
    ])
  })

  test('of an order that outlasts its certificate lasts longer than that', async () => {
    const world = setup({ profile: '2024' })
    const placed = await world.call('POST', '/order/certificate/ssl_basic', {
      ...sampleBody(names),
      organization: { id: 112233 },
      container: { id: 14 },
      order_validity: { years: 2 },
    })
    expect(leafOf(placed).validToDate.toISOString()).toBe('2020-08-01T23:59:59.000Z')
    world.clock.set('2020-05-01T00:00:00Z')
    const order = member(placed, 'id') as number
    expect(leafOf(await reissue(world, order)).validToDate.toISOString()).toBe('2021-06-02T23:59:59.000Z')
    world.clock.set('2020-07-01T00:00:00Z')
    expect(leafOf(await reissue(world, order)).validToDate.toISOString()).toBe('2021-07-01T23:59:59.000Z')
    const late = await reissue(world, order, { ...names, cert_validity: { days: 366 } })
    expect(errorsOf(late)[0]).toMatch(/^cert_validity_exceeds_order_validity /)
    const early = await reissue(world, order, { ...names, cert_validity: { days: 365 } })
    expect(leafOf(early).validToDate.toISOString()).toBe('2021-07-01T23:59:59.000Z')
  })

  test('cannot be approved after the end of the order', async () => {
    const world = setup()
    world.clock.set('2020-04-02T00:00:00Z')
    const answer = await world.call('PUT', '/request/200/status', { status: 'approved' })
    expect(errorsOf(answer)).toEqual(['order_is_expired ~ The order is expired.'])
    expect((await world.call('PUT', '/request/200/status', { status: 'rejected' })).status).toBe(204)
  })

  test.each([
    [100005, 'order_not_issued ~ The order has not been issued.'],
    [100010, 'order_not_issued ~ The order has not been issued.'],
    [100006, 'order_is_revoked ~ The order is revoked.'],
    [100007, 'order_is_expired ~ The order is expired.'],
  ])('of order %i is refused: %s', async (order, expected) => {
    const world = setup()
    const answer = await reissue(world, order, { csr: 'x' })
    expect(answer.status).toBe(400)
    expect(errorsOf(answer)).toEqual([expected])
  })

  test('is refused with all that is wrong', async () => {
    const world = setup()
    expect(errorsOf(await reissue(world, 100001, { common_name: 'a b', dns_names: ['c d'], csr: 'x' }))).toEqual([
      'invalid_dns_name|a b ~ a b is not a valid domain name.',
      'invalid_dns_name|c d ~ c d is not a valid domain name.',
      'csr_invalid_cannot_parse ~ The CSR could not be parsed.',
    ])
    expect(errorsOf(await world.call('POST', '/order/certificate/100001/reissue', { certificate: {} }))).toEqual([
      'required_param:certificate.common_name ~ certificate.common_name is a required parameter.',
      'required_param:certificate.csr ~ certificate.csr is a required parameter.',
      'required_param:certificate.signature_hash ~ certificate.signature_hash is a required parameter.',
    ])
  })
})

describe('the list of reissues', () => {
  test('is an empty object for an order that was never reissued', async () => {
    expect((await list(setup(), 100001)).text).toBe('{}')
  })

  test('shows a pending reissue without what issuing gives', async () => {
    const world = setup()
    const { certificates } = (await list(world, 100010)).json as { certificates: object[] }
    expect(certificates).toEqual([
      {
        id: 100210,
        common_name: 'reissue.example.net',
        status: 'pending',
        date_created: '2019-06-11T10:00:00+00:00',
        csr: expect.stringContaining('BEGIN CERTIFICATE REQUEST') as string,
        key_size: 2048,
        archived: 0,
        user_id: 125039,
        email: 'user@example.com',
        firstname: 'Example',
        lastname: 'User',
        purchased_dns_names: '1',
        purchased_wildcard_names: '0',
      },
    ])
  })

  test('shows an issued one in the order of the vendor’s table', async () => {
    const world = setup()
    await reissue(world, 100003, { common_name: '*.wild.example.net', dns_names: ['wild.example.net'] })
    const answer = await list(world, 100003)
    expect(Object.keys(member(answer, 'certificates', 0) as object).join(' ')).toBe(
      'id thumbprint serial_number common_name dns_names status date_created date_issued valid_till days_remaining csr ' +
        'key_size archived user_id email firstname lastname purchased_dns_names purchased_wildcard_names',
    )
    expect(member(answer, 'certificates', 0)).toMatchObject({
      status: 'issued',
      date_issued: '2019-07-01T10:00:00+00:00',
      valid_till: '2020-04-01',
      days_remaining: 275,
      purchased_dns_names: '1',
      purchased_wildcard_names: '1',
    })
    expect(answer.headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/)
  })

  test('has the newest first, and calls a revoked one issued', async () => {
    const world = setup()
    await reissue(world, 100001)
    await reissue(world, 100001)
    await world.call('PUT', '/certificate/987654322/revoke')
    const { certificates } = (await list(world, 100001)).json as { certificates: { id: number; status: string }[] }
    expect(certificates.map(({ id, status }) => [id, status])).toEqual([
      [987654323, 'issued'],
      [987654322, 'issued'],
    ])
  })
})
