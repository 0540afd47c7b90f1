import { describe, expect, test } from 'vitest'
import { errorsOf, member, setup, type TestWorld } from './test-world.ts'

const unknown = ['not_found|order ~ The specified order was not found.']
const order = async ({ call }: TestWorld, id: number | string, query = ''): Promise<Record<string, unknown>> =>
  (await call('GET', `/order/certificate/${id}${query}`)).json as Record<string, unknown>

const user = { first_name: 'Example', last_name: 'User', email: 'user@example.com' }

describe('an order', () => {
  test('is shown as the vendor shows one, member for member', async () => {
    const { call } = setup()
    const { text, json } = await call('GET', '/order/certificate/100001')
    const { certificate } = json as { certificate: Record<string, string> }
    expect(certificate['thumbprint']).toMatch(/^[0-9A-F]{40}$/)
    expect(certificate['serial_number']).toMatch(/^[0-9A-F]{32}$/)
    expect(text).toBe(
      JSON.stringify({
        id: 100001,
        certificate: {
          id: 100101,
          thumbprint: certificate['thumbprint'],
          serial_number: certificate['serial_number'],
          common_name: 'single.example.net',
          dns_names: ['single.example.net'],
          date_created: '2019-04-01T10:00:00+00:00',
          date_issued: '2019-04-02T10:00:00+00:00',
          valid_from: '2019-04-02',
          valid_till: '2020-04-01',
          days_remaining: 275,
          csr: certificate['csr'],
          organization: { id: 112233 },
          organization_units: ['Example Unit'],
          server_platform: {
            id: -1,
            name: 'OTHER',
            install_url: 'http://www.digicert.com/SSL-certificate-installation.htm',
            csr_url: 'http://www.digicert.com/csr-creation.htm',
          },
          signature_hash: 'sha256',
          key_size: 2048,
          ca_cert: { id: '1005', name: 'DigiCert SHA2 Secure Server CA' },
          user_id: 125039,
        },
        status: 'issued',
        is_renewal: false,
        is_renewed: false,
        date_created: '2019-04-01T10:00:00+00:00',
        organization: {
          id: 112233,
          name: 'Example Org LLC',
          assumed_name: 'Example Org',
          display_name: 'Example Org LLC (Example Org)',
          city: 'Springfield',
          state: 'Oregon',
          country: 'us',
        },
        validity_years: 1,
        disable_renewal_notifications: false,
        auto_renew: 0,
        auto_reissue: 0,
        container: { id: 14, name: 'Fast Lane', is_active: true },
        product: {
          name_id: 'ssl_basic',
          name: 'Basic OV',
          type: 'ssl_certificate',
          validation_type: 'ov',
          validation_name: 'OV',
          validation_description: 'Normal Organization Validation',
          csr_required: true,
        },
        organization_contact: {
          ...user,
          job_title: 'Administrator',
          telephone: '555-0100',
          telephone_extension: '10',
        },
        technical_contact: { ...user, job_title: 'Administrator', telephone: '555-0100' },
        user: { id: 125039, ...user },
        purchased_dns_names: 1,
        requests: [
          {
            id: 101,
            date: '2019-04-01T10:00:00+00:00',
            type: 'new_request',
            status: 'approved',
            comments: 'Certificate comment.',
          },
        ],
        is_out_of_contract: false,
        payment_method: 'balance',
        product_name_id: 'ssl_basic',
        custom_fields: [{ metadata_id: 12, label: 'Invoice #', value: '123456' }],
        disable_issuance_email: false,
        allow_duplicates: true,
      }),
    )
  })

  test('that is not issued lacks what issuing gives, and keeps its intermediate', async () => {
    const { certificate, ...rest } = await order(setup(), 123456)
    expect(Object.keys(certificate as object).join(' ')).toBe(
      'common_name dns_names date_created csr organization server_platform signature_hash key_size ca_cert user_id',
    )
    expect(rest).toMatchObject({ status: 'needs_approval', allow_duplicates: false, requests: [{ id: 198 }] })
  })

  test('of a domain alone has no organization', async () => {
    const info = await order(setup(), 100015)
    expect(info).not.toHaveProperty('organization')
    expect(info).not.toHaveProperty('organization_contact')
    expect(info['certificate']).not.toHaveProperty('organization')
    expect(info['product']).toMatchObject({ validation_type: 'dv', validation_name: 'DV' })
  })

  test.each([
    [123456, 'needs_approval'],
    [100005, 'pending'],
    [100001, 'issued'],
    [100010, 'reissue_pending'],
    [100014, 'rejected'],
    [100013, 'canceled'],
    [100006, 'revoked'],
    [100007, 'expired'],
  ])('%i is %s', async (id, status) => {
    expect(await order(setup(), id)).toMatchObject({ status })
  })

  test('expires on the day after its last one', async () => {
    const world = setup()
    world.clock.set('2020-04-01T23:59:59Z')
    expect(await order(world, 100001)).toMatchObject({ status: 'issued', certificate: { days_remaining: 0 } })
    world.clock.advance(1000)
    expect(await order(world, 100001)).toMatchObject({ status: 'expired', allow_duplicates: false })
  })

  test('that is revoked or waits for a reissue does not expire', async () => {
    const world = setup()
    world.clock.set('2021-01-01T00:00:00Z')
    expect(await order(world, 100006)).toMatchObject({ status: 'revoked' })
    expect(await order(world, 100010)).toMatchObject({ status: 'reissue_pending' })
  })

  test('does not allow duplicates where its product does not', async () => {
    expect(await order(setup(), 100008)).toMatchObject({ status: 'issued', allow_duplicates: false })
  })

  test('lists what was asked for on it, newest first', async () => {
    const world = setup()
    const { requests } = await order(world, 100004)
    expect(requests).toMatchObject([{ id: 199 }, { id: 203 }, { id: 104 }])
  })

  test('tells of CAA records while it is pending', async () => {
    const world = setup()
    const message = { 'pending.example.net': 'CAA check is not called yet' }
    expect(await order(world, 100005, '?include_caa_status=true')).toMatchObject({ caa_status_message: message })
    expect(await order(world, 100005, '?include_caa_status=0')).not.toHaveProperty('caa_status_message')
    expect(await order(world, 100005)).not.toHaveProperty('caa_status_message')
    expect(await order(world, 100001, '?include_caa_status=1')).not.toHaveProperty('caa_status_message')
    const refused = await world.call('GET', '/order/certificate/100005?include_caa_status=perhaps')
    expect(errorsOf(refused)).toEqual([
      'invalid_param:include_caa_status ~ include_caa_status is an invalid parameter.',
    ])
  })

  test('of a later generation tells how long it lasts', async () => {
    const world = setup({ profile: '2024' })
    world.mock.seed({
      orders: [{ id: 500, product: 'ssl_basic', commonName: 'years.example', container: 14, validityYears: 3 }],
    })
    expect(await order(world, 500)).toMatchObject({ order_validity: { years: 3 }, order_valid_till: '2020-04-01' })
    expect(await order(world, 500)).not.toHaveProperty('is_multi_year_plan')
    expect(await order(setup(), 100001)).not.toHaveProperty('order_validity')
  })

  test('that takes over from another one says so, and so does the other', async () => {
    const world = setup()
    world.mock.seed({
      orders: [{ id: 500, product: 'ssl_basic', commonName: 'again.example', container: 14, renewedOrder: 100001 }],
    })
    expect(await order(world, 500)).toMatchObject({ is_renewal: true, is_renewed: false })
    expect(await order(world, 100001)).toMatchObject({ is_renewal: false, is_renewed: true })
  })
})

describe('an order is found', () => {
  const namesOf = async (world: TestWorld): Promise<{ serial: string; thumbprint: string }> => {
    const { certificate } = await order(world, 100003)
    const { serial_number, thumbprint } = certificate as Record<string, string>
    return { serial: serial_number!, thumbprint: thumbprint! }
  }

  test('by serial number and thumbprint of its primary certificate, however they are written', async () => {
    const world = setup()
    const { serial, thumbprint } = await namesOf(world)
    const colons = (text: string): string => text.match(/../g)!.join(':')
    for (const text of [serial, thumbprint, serial.toLowerCase(), `000${serial}`, colons(serial), colons(thumbprint)])
      expect(await order(world, text)).toMatchObject({ id: 100003 })
  })

  test('not by those of a duplicate', async () => {
    const world = setup()
    const listed = await world.call('GET', '/order/certificate/100003/duplicate')
    for (const name of ['serial_number', 'thumbprint']) {
      const answer = await world.call('GET', `/order/certificate/${String(member(listed, 'certificates', 0, name))}`)
      expect(answer.status).toBe(404)
      expect(errorsOf(answer)).toEqual(unknown)
    }
  })

  test.each([
    ['nobody’s number', '4711', 'order-unknown'],
    ['a word', 'ssl_basic', 'order-unknown'],
    ['another account’s', '200001', 'order-of-other-account'],
    ['a number that is too large', '9007199254740993', 'order-unknown'],
    ['zeros', '0000', 'order-unknown'],
    ['garbage', '%zz', 'order-unknown'],
  ])('not by %s', async (_, id, reason) => {
    const { call, diagnosis } = setup()
    const answer = await call('GET', `/order/certificate/${id}`)
    expect(answer.status).toBe(404)
    expect(errorsOf(answer)).toEqual(unknown)
    expect(diagnosis()).toBe(reason)
  })

  test('by a Limited user only when it is an order of their own', async () => {
    const world = setup()
    world.mock.seed({
      users: [{ id: 9, accountId: 112234, role: 'limited' }],
      apiKeys: [{ apiKey: 'LIMITED', userId: 9 }],
    })
    const answer = await world.call('GET', '/order/certificate/100001', undefined, { apiKey: 'LIMITED' })
    expect(errorsOf(answer)).toEqual(unknown)
    expect(world.diagnosis()).toBe('order-of-other-user')
    const listed = await world.call('GET', '/order/certificate', undefined, { apiKey: 'LIMITED' })
    expect(listed.text).toBe('{"page":{"total":0,"limit":1000,"offset":0}}')
  })
})
