import { describe, expect, test } from 'vitest'
import { body, fast, invalid, missing, setupShop, withCertificate } from './test-shop.ts'
import { csrOf, errorsOf } from './test-world.ts'

describe('the validity of an order', () => {
  const none = { validity_years: undefined }
  test.each<[string, object, string]>([
    ['is in years', { validity_years: 2 }, '2021-07-01'],
    ['is in years as digits', { validity_years: '2' }, '2021-07-01'],
    ['is in days', { ...none, validity_days: 30 }, '2019-07-31'],
    ['is until a day', { ...none, custom_expiration_date: '2019-12-24' }, '2019-12-24'],
    ['is until a day with a time', { ...none, custom_expiration_date: '2019-12-24T10:00:00+00:00' }, '2019-12-24'],
    ['is an object with years', { ...none, order_validity: { years: 2 } }, '2021-07-01'],
    ['is an object with days', { ...none, order_validity: { days: '10' } }, '2019-07-11'],
    ['is an object with a day', { ...none, order_validity: { custom_expiration_date: '2019-12-24' } }, '2019-12-24'],
    ['ignores years of 0 beside days', { validity_years: 0, validity_days: 30 }, '2019-07-31'],
    ['prefers days to years', { validity_days: 30 }, '2019-07-31'],
    ['prefers the object', { order_validity: { days: 10 } }, '2019-07-11'],
    ['passes over an empty object', { order_validity: {} }, '2020-07-01'],
  ])('%s', async (_, changes, till) => {
    const { place, info } = setupShop()
    expect((await place(changes)).status).toBe(201)
    expect(await info()).toMatchObject({ certificate: { valid_from: '2019-07-01', valid_till: till } })
  })

  test.each<[string, object, string]>([
    ['no validity', none, missing('validity_years')],
    ['0 years', { validity_years: 0 }, missing('validity_years')],
    ['an empty object', { ...none, order_validity: {} }, missing('validity_years')],
    ['zeros', { ...none, order_validity: { years: 0, days: 0 } }, missing('validity_years')],
    ['an object without a known member', { ...none, order_validity: { months: 3 } }, missing('validity_years')],
    ['years that are a word', { validity_years: 'one' }, invalid('validity_years')],
    ['half a year', { validity_years: 0.5 }, invalid('validity_years')],
    ['years in the past', { validity_years: -1 }, invalid('validity_years')],
    ['days in the past', { ...none, validity_days: -1 }, invalid('validity_days')],
    ['a day in the past', { ...none, custom_expiration_date: '2019-06-30' }, invalid('custom_expiration_date')],
    ['a day that is none', { ...none, custom_expiration_date: '2019-02-30' }, invalid('custom_expiration_date')],
    ['an object that is a text', { ...none, order_validity: 'x' }, invalid('order_validity')],
    [
      'an object with a day that is none',
      { ...none, order_validity: { custom_expiration_date: 'x' } },
      invalid('order_validity.custom_expiration_date'),
    ],
  ])('cannot be %s', async (_, changes, expected) => {
    const { place } = setupShop()
    const answer = await place(changes)
    expect([answer.status, errorsOf(answer)]).toEqual([400, [expected]])
  })

  test.each(['2020', '2024'] as const)('is missed by its later name in %s', async (profile) => {
    const { place } = setupShop({ profile })
    expect(errorsOf(await place(none))).toEqual([missing('order_validity')])
  })

  test('lasts longer than the certificate in a later generation, which says so', async () => {
    const { place, info } = setupShop({ profile: '2024' })
    await place({ ...none, order_validity: { years: 3 } })
    expect(await info()).toMatchObject({
      certificate: { valid_till: '2020-08-01' },
      order_validity: { years: 3 },
      order_valid_till: '2022-07-01',
      is_multi_year_plan: '1',
    })
  })

  test('may be longer than that of the certificate, not shorter', async () => {
    const { place, info } = setupShop({ profile: '2024' })
    const longer = await place(withCertificate({ cert_validity: { days: 400 } }))
    expect(errorsOf(longer)).toEqual([
      'cert_validity_exceeds_order_validity ~ The certificate validity exceeds the order validity.',
    ])
    expect((await place(withCertificate({ cert_validity: { days: 90 } }))).status).toBe(201)
    expect(await info()).toMatchObject({ certificate: { valid_till: '2019-09-29' } })
  })
})

describe('an order is refused', () => {
  test.each<[string, object, readonly string[]]>([
    ['nothing', {}, [missing('certificate'), missing('organization.id'), missing('validity_years')]],
    [
      'an empty certificate',
      { ...body, certificate: {} },
      [missing('certificate.common_name'), missing('certificate.csr'), missing('certificate.signature_hash')],
    ],
    ['no organization', { ...body, organization: undefined }, [missing('organization.id')]],
    ['an organization without id', { ...body, organization: {} }, [missing('organization.id')]],
    ['an organization that is a text', { ...body, organization: 'x' }, [invalid('organization')]],
    ['an unknown organization', { ...body, organization: { id: 1 } }, [invalid('organization.id')]],
    ['an unknown container', { ...body, container: { id: 1 } }, [invalid('container.id')]],
    ['a container of another account', { ...body, container: { id: 21 } }, [invalid('container.id')]],
    ['a container that is a word', { ...body, container: { id: 'x' } }, [invalid('container.id')]],
    ['a custom field without a number', { ...body, custom_fields: [{}] }, [missing('custom_fields.0.metadata_id')]],
    ['an order to take over from', { ...body, renewal_of_order_id: [] }, [invalid('renewal_of_order_id')]],
    [
      'everything about the certificate, in the order of the table',
      {
        ...body,
        certificate: {
          common_name: 'a b',
          dns_names: ['c d', 'fine.example', '192.0.2.1'],
          csr: 'x',
          server_platform: { id: 0 },
          signature_hash: 'md5',
        },
        organization: { id: 1 },
      },
      [
        'invalid_dns_name|a b ~ a b is not a valid domain name.',
        'invalid_dns_name|c d ~ c d is not a valid domain name.',
        'invalid_dns_name|192.0.2.1 ~ 192.0.2.1 is not a valid domain name.',
        'csr_invalid_cannot_parse ~ The CSR could not be parsed.',
        'invalid_server_platform ~ The specified server platform was not found.',
        'invalid_signature_hash ~ The specified signature hash is not allowed.',
        invalid('organization.id'),
      ],
    ],
  ])('for %s', async (_, sent, expected) => {
    const { mock, call } = setupShop()
    const before = mock.snapshot()
    const answer = await call('POST', '/order/certificate/ssl_multi_domain', sent)
    expect([answer.status, errorsOf(answer)]).toEqual([400, expected])
    expect(mock.snapshot()).toEqual(before)
  })

  test('for an organization that another account may order for', async () => {
    const { place, mock } = setupShop()
    mock.seed({ organizations: [{ id: 9, accounts: [112235], name: 'Theirs' }] })
    expect(errorsOf(await place({ organization: { id: 9 } }))).toEqual([invalid('organization.id')])
  })

  test('for a product that nobody has', async () => {
    const { place, diagnosis } = setupShop()
    const answer = await place({}, fast, 'ssl_unknown')
    expect([answer.status, errorsOf(answer)]).toEqual([
      404,
      ['not_found|product ~ The specified product was not found.'],
    ])
    expect(diagnosis()).toBe('product-unknown')
  })

  test.each([4711, 200001])('for order %i, which it cannot take over from', async (id) => {
    const { place } = setupShop()
    const answer = await place({ renewal_of_order_id: id })
    expect([answer.status, errorsOf(answer)]).toEqual([404, ['not_found|order ~ The specified order was not found.']])
  })

  test('for code signing without a platform, or with a small key', async () => {
    const { place } = setupShop()
    const named = { common_name: 'Example Org LLC' }
    expect(errorsOf(await place(withCertificate(named), fast, 'code_signing'))).toEqual([
      missing('certificate.server_platform'),
    ])
    const small = await place(withCertificate({ ...named, server_platform: { id: 52 } }), fast, 'code_signing')
    expect(errorsOf(small)).toEqual(['csr_invalid_key_size ~ The CSR key size is not allowed.'])
  })

  test.each(['   ', 'x'.repeat(65)])('for code signing for %j', async (name) => {
    const { place } = setupShop()
    const changes = { common_name: name, csr: csrOf('P-256'), server_platform: { id: 52 } }
    expect(errorsOf(await place(withCertificate(changes), fast, 'code_signing'))).toEqual([
      `invalid_dns_name|${name.trim()} ~ ${name.trim()} is not a valid domain name.`,
    ])
    const longest = { ...changes, common_name: 'x'.repeat(64) }
    expect((await place(withCertificate(longest), fast, 'code_signing')).status).toBe(201)
  })
})

describe('the path ssl', () => {
  test.each<[string, string, readonly string[], string]>([
    ['ov', 'one.example.com', [], 'ssl_plus'],
    ['OV', 'one.example.com', ['one.example.com', 'two.example.com'], 'ssl_multi_domain'],
    ['ov', '*.example.com', ['example.com', 'a.b.example.com'], 'ssl_wildcard'],
    ['ev', 'one.example.com', [], 'ssl_ev_plus'],
    ['ev', 'one.example.com', ['two.example.com'], 'ssl_ev_multi_domain'],
    ['dv', 'one.example.com', [], 'ssl_dv_geotrust'],
  ])('with the hint %s and the names %s, %j is the product %s', async (hint, common_name, dns_names, expected) => {
    const { place, info } = setupShop()
    const changes = { ...withCertificate({ common_name, dns_names }), product: { type_hint: hint } }
    expect((await place(changes, fast, 'ssl')).status).toBe(201)
    expect(await info()).toMatchObject({ product_name_id: expected })
  })

  test.each<[unknown, string, readonly string[]]>([
    [undefined, 'one.example.com', []],
    ['xv', 'one.example.com', []],
    [7, 'one.example.com', []],
    ['toString', 'one.example.com', []],
    ['ev', '*.example.com', []],
    ['dv', '*.example.com', []],
    ['ov', 'one.example.com', ['*.example.com']],
    ['ov', '*.example.com', ['other.test']],
  ])('with the hint %j and the names %s, %j is ambiguous', async (hint, common_name, dns_names) => {
    const { place } = setupShop()
    const changes = { ...withCertificate({ common_name, dns_names }), product: { type_hint: hint } }
    const answer = await place(changes, fast, 'ssl')
    expect([answer.status, errorsOf(answer)]).toEqual([
      400,
      ['ambiguous_product ~ The product could not be determined.'],
    ])
  })
})
