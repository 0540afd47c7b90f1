import { describe, expect, test } from 'vitest'
import { errorsOf, setup, type TestWorld } from './test-world.ts'

const main =
  '1234567 123456 112233 100015 100014 100013 100012 100011 100010 100009 100008 100007 100006 100005 100004 100003 100002 100001'

async function ids({ call }: TestWorld, query: string): Promise<string> {
  const { json } = await call('GET', `/order/certificate?${query}`)
  const { orders = [] } = json as { orders?: { id: number }[] }
  return orders.map(({ id }) => id).join(' ')
}

describe('the list of orders', () => {
  test('shows an order as the vendor shows one, member for member', async () => {
    const { call } = setup()
    const { text, json } = await call('GET', '/order/certificate?filters[id]=100003')
    const { orders } = json as { orders: { certificate: Record<string, string> }[] }
    expect(text).toBe(
      JSON.stringify({
        orders: [
          {
            id: 100003,
            certificate: {
              id: 100103,
              serial_number: orders[0]!.certificate['serial_number'],
              common_name: '*.wild.example.net',
              dns_names: ['*.wild.example.net', 'wild.example.net'],
              valid_from: '2019-04-02',
              valid_till: '2020-04-01',
              days_remaining: 275,
              signature_hash: 'sha256',
            },
            status: 'issued',
            is_renewed: false,
            date_created: '2019-04-01T10:02:00+00:00',
            organization: { id: 112233, name: 'Example Org LLC' },
            validity_years: 1,
            disable_renewal_notifications: false,
            container: { id: 14, name: 'Fast Lane', is_active: true },
            product: { name_id: 'ssl_wildcard', name: 'Wildcard SSL', type: 'ssl_certificate' },
            duplicates_count: 2,
            has_duplicates: true,
            reissues_count: 0,
            has_reissues: false,
            price: 600,
            product_name_id: 'ssl_wildcard',
          },
        ],
        page: { total: 1, limit: 1000, offset: 0 },
      }),
    )
  })

  test('has all orders of the account, newest first', async () => {
    expect(await ids(setup(), '')).toBe(main)
  })

  test('is empty without a key for its entries', async () => {
    const { call } = setup()
    const { text } = await call('GET', '/order/certificate?filters[id]=1')
    expect(text).toBe('{"page":{"total":0,"limit":1000,"offset":0}}')
  })

  test('comes in pages', async () => {
    const { call } = setup()
    const { json } = await call('GET', '/order/certificate?limit=2&offset=3')
    expect(json).toMatchObject({ orders: [{ id: 100015 }, { id: 100014 }], page: { total: 18, limit: 2, offset: 3 } })
  })

  test('has an empty list for the organization of a domain alone, and no number for what is not issued', async () => {
    const { call } = setup()
    const { json } = await call('GET', '/order/certificate?filters[id][0]=100015&filters[id][1]=100005')
    const { orders } = json as { orders: object[] }
    expect(orders).toMatchObject([{ organization: [] }, { certificate: { common_name: 'pending.example.net' } }])
    expect(Object.keys((orders[1] as { certificate: object }).certificate)).toEqual(['common_name', 'signature_hash'])
  })

  test('counts duplicates that were issued alone', async () => {
    const { call } = setup()
    const { json } = await call('GET', '/order/certificate?filters[id]=100004')
    expect(json).toMatchObject({ orders: [{ duplicates_count: 1, has_duplicates: true, reissues_count: 0 }] })
  })

  test('has further members in a later generation', async () => {
    const { call } = setup({ profile: '2024' })
    const { json } = await call('GET', '/order/certificate?filters[id]=100002')
    expect(json).toMatchObject({
      orders: [
        {
          cert_validity: { years: 1 },
          order_validity: { years: 1 },
          order_valid_till: '2020-04-01',
          number_of_sans: 3,
        },
      ],
    })
  })
})

describe('a filter', () => {
  test.each([
    ['filters[id]=100001', '100001'],
    ['filters%5Bid%5D=100001', '100001'],
    ['filters[status]=pending', '100005'],
    ['filters[status]=REISSUE_PENDING', '100010'],
    ['filters[status]=needs_approval', '123456'],
    ['filters[status]=canceled', '100013'],
    ['filters[status][0]=canceled&filters[status][1]=rejected', '100014 100013'],
    ['filters[status]=expired', '100007'],
    ['filters[status]=waiting_pickup', ''],
    ['filters[status]=issued&filters[product_name_id]=ssl_basic', '100009 100007 100001'],
    ['filters[organization_id]=112233&filters[product_name_id]=ssl_dv_rapidssl', ''],
    ['filters[organization_id]=1', ''],
    ['filters[product_name_id]=ssl_wildcard', '100003'],
    ['filters[valid_till]=<2019-06-02', '100007'],
    ['filters[valid_till]=2019-06-01', '100007'],
    ['filters[valid_till]=2020-04-02', ''],
    ['filters[user_id]=125041', ''],
    ['filters[user_id]=125039&filters[id]=100001', '100001'],
    ['filters[common_name]=Single.example.net', '100001'],
    ['filters[domain_name]=b.example.org', '100002'],
    ['filters[domain_name]=%25example2', '123456 100011'],
    ['filters[date_created]=2019-04-01T10:00:00%2B00:00', '100001'],
    ['filters[date_created]=<2019-04-01T10:02:00', '100002 100001'],
    ['filters[date_created]=2019-04-01...2019-04-01&filters[container_id]=5', '123456 112233 100014 100010 100004'],
    ['filters[container_id]=15', '100009 100005'],
    ['filters[metadata_id]=12', '100001'],
    ['filters[is_renewed]=1', ''],
    ['filters[disable_renewal_notifications]=true', ''],
    ['filters[email]=nobody@example.com', ''],
    ['filters[email]=USER@example.com&filters[id]=100001', '100001'],
    ['filters[certificate_id]=100303', '100003'],
    ['filters[certificate_id]=100103', '100003'],
    ['filters[origin]=api&filters[id]=100001', '100001'],
    ['filters[search]=single.example.net', '100001'],
    ['filters[search]=single', ''],
    ['filters[search]=%25single', '100001'],
    ['filters[search]=%25user%25&filters[id]=100001', '100001'],
    ['filters[shoe_size]=9&filters[id]=100001', '100001'],
  ])('%s finds %j', async (query, expected) => {
    expect(await ids(setup(), query)).toBe(expected)
  })

  test('for what is renewed finds the order that another one takes over from', async () => {
    const world = setup()
    const renewal = { id: 500, product: 'ssl_basic', commonName: 'again.example', container: 14, renewedOrder: 100001 }
    world.mock.seed({ orders: [renewal] })
    expect(await ids(world, 'filters[is_renewed]=1')).toBe('100001')
    expect(await ids(world, 'filters[is_renewed]=0')).not.toContain('100001')
    expect(await ids(world, 'filters[is_renewed]=0')).toContain('500')
    const { json } = await world.call('GET', '/order/certificate?filters[id][]=500&filters[id][]=100001')
    expect(json).toMatchObject({
      orders: [
        { id: 100001, is_renewed: true },
        { id: 500, is_renewed: false },
      ],
    })
  })

  test('for an address finds orders that it was named for', async () => {
    const world = setup()
    const certificate = { common_name: 'new.example.com', csr: '<csr>', signature_hash: 'sha256' }
    const organization = { id: 112233 }
    const body = { certificate, organization, validity_years: 1, additional_emails: ['Team@example.com'] }
    await world.call('POST', '/order/certificate/ssl_basic', body)
    expect(await ids(world, 'filters[email]=team@example.com')).toBe('300001')
    expect(await ids(world, 'filters[search]=team@example.com')).toBe('300001')
  })

  test('for a serial number finds any certificate of an order, however it is written', async () => {
    const world = setup()
    const { json } = await world.call('GET', '/order/certificate/100003/duplicate')
    const serial = (json as { certificates: { serial_number: string }[] }).certificates[1]!.serial_number
    expect(await ids(world, `filters[serial_number]=00${serial.toLowerCase()}`)).toBe('100003')
    expect(await ids(world, 'filters[serial_number]=01')).toBe('')
  })

  test.each([
    'limit',
    'offset',
    'filters[id]',
    'filters[container_id]',
    'filters[is_renewed]',
    'filters[valid_till]',
    'filters[date_created]',
  ])('%s that cannot be read is refused', async (parameter) => {
    const { call } = setup()
    const answer = await call('GET', `/order/certificate?${parameter}=x`)
    expect(answer.status).toBe(400)
    expect(errorsOf(answer)).toEqual([`invalid_param:${parameter} ~ ${parameter} is an invalid parameter.`])
  })
})

describe('sorting', () => {
  const three = 'filters[id][0]=100001&filters[id][1]=100005&filters[id][2]=100007'
  test.each([
    ['order_id', '100001 100005 100007'],
    ['-order_id', '100007 100005 100001'],
    ['date_created', '100001 100005 100007'],
    ['common_name', '100007 100005 100001'],
    ['status', '100007 100001 100005'],
    ['valid_till', '100007 100001 100005'],
    ['-valid_till', '100001 100007 100005'],
    ['+order_id', '100001 100005 100007'],
    ['validity_years,order_id', '100001 100005 100007'],
    ['product_name,-order_id', '100007 100005 100001'],
    ['shoe_size', '100007 100005 100001'],
  ])('by %s gives %s', async (sort, expected) => {
    expect(await ids(setup(), `${three}&sort=${sort}`)).toBe(expected)
  })

  test('by product name goes by the name, not the id', async () => {
    const two = 'filters[id][0]=100001&filters[id][1]=100008&sort=product_name'
    expect(await ids(setup(), two)).toBe('100001 100008')
  })

  test('by validity goes by the years', async () => {
    const world = setup()
    world.mock.seed({
      orders: [{ id: 500, product: 'ssl_basic', commonName: 'two.example', container: 14, validityYears: 2 }],
    })
    expect(await ids(world, 'filters[id][0]=500&filters[id][1]=100001&sort=-validity_years')).toBe('500 100001')
    expect(await ids(world, 'filters[id][0]=500&filters[id][1]=100001&sort=validity_years')).toBe('100001 500')
  })
})
