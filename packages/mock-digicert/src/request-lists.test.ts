import { describe, expect, test } from 'vitest'
import { errorsOf, member, setup, type TestWorld } from './test-world.ts'

async function listed({ call }: TestWorld, query = '', apiKey = 'MOCKKEYADMIN'): Promise<unknown[]> {
  const { json } = await call('GET', `/request${query}`, undefined, { apiKey })
  return ((json as { requests?: { id: number }[] }).requests ?? []).map(({ id }) => id)
}

const people = { id: 125039, first_name: 'Example', last_name: 'User', email: 'user@example.com' }

describe('the list of requests', () => {
  test('shows one that waits in the order of the sample', async () => {
    const { call } = setup()
    const answer = await call(
      'GET',
      '/request?filters[search]=example.com&filters[type]=new_request&filters[status]=pending',
    )
    expect(answer.text).toBe(
      JSON.stringify({
        requests: [
          {
            id: 198,
            date: member(answer, 'requests', 0, 'date'),
            type: 'new_request',
            status: 'pending',
            requester: people,
            order: {
              id: 123456,
              certificate: { common_name: 'example.com' },
              organization: { id: 112233, name: 'Example Org LLC' },
              container: { id: 5, name: 'My Account' },
              product: { name_id: 'ssl_basic', name: 'Basic OV', type: 'ssl_certificate' },
            },
          },
        ],
        page: { total: 1, limit: 0, offset: 0 },
      }),
    )
    expect(answer.headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/)
  })

  test('names who decided, once somebody did', async () => {
    const world = setup()
    await world.call('PUT', '/request/199/status', { status: 'rejected' }, { apiKey: 'MOCKKEYMANAGER' })
    const answer = await world.call('GET', '/request?filters[status]=rejected&sort=-id')
    expect(member(answer, 'requests', 0)).toMatchObject({ id: 199, requester: people, processor: { id: 125040 } })
  })

  test('has all of the account, newest first, unless a limit is given', async () => {
    const world = setup()
    const all = await listed(world)
    expect(all).toHaveLength(24)
    expect(all.slice(0, 4)).toEqual([204, 200, 199, 203])
    expect(await listed(world, '?limit=2&offset=1')).toEqual(all.slice(1, 3))
    expect(member(await world.call('GET', '/request?limit=2&offset=1'), 'page')).toEqual({
      total: 24,
      limit: 2,
      offset: 1,
    })
    expect(await listed(world, '', 'MOCKKEYAPPROVAL')).toEqual([117])
  })

  test.each([
    ['filters[type]=revoke', [204]],
    ['filters[type]=DUPLICATE&filters[status]=pending', [199]],
    ['filters[type]=new_request&filters[status]=rejected', [114]],
    ['filters%5Bcontainer_id%5D=15', [109, 105]],
    ['filters[container_id][0]=15&filters[container_id][1]=15', [109, 105]],
    ['filters[search]=wild.example.net', []],
    ['filters[search]=%25wild&filters[type]=duplicate', [202, 201]],
    ['filters[metadata_id]=12', [101]],
    ['filters[metadata_value]=123456', [101]],
    ['filters[metadata_value]=nothing', []],
    ['filters[unknown]=1&filters[type]=reissue', [200]],
    ['filters[type]=&filters[type]=reissue', [200]],
    ['filters[type]=perhaps', []],
    ['filters[status]=pending&sort=id', [198, 199, 200]],
    ['filters[status]=pending&sort=-id', [200, 199, 198]],
    ['filters[status]=pending&sort=-common_name', [200, 199, 198]],
    ['filters[status]=pending&sort=unknown', [200, 199, 198]],
  ])('?%s', async (query, expected) => {
    expect(await listed(setup(), `?${query}`)).toEqual(expected)
  })

  test('without entries has only a page', async () => {
    const { call } = setup()
    expect((await call('GET', '/request?filters[status]=submitted')).text).toBe(
      '{"page":{"total":0,"limit":0,"offset":0}}',
    )
  })

  test.each([
    ['limit=x', 'limit'],
    ['offset=-1', 'offset'],
    ['filters[container_id]=x', 'filters[container_id]'],
  ])('cannot read ?%s', async (query, path) => {
    const answer = await setup().call('GET', `/request?${query}`)
    expect(errorsOf(answer)).toEqual([`invalid_param:${path} ~ ${path} is an invalid parameter.`])
  })

  test('shows a limited user what is about orders of their own alone', async () => {
    const world = setup()
    world.mock.seed({ users: [{ id: 125041, accountId: 112234, role: 'limited' }] })
    expect(await listed(world, '', 'MOCKKEYSTANDARD')).toEqual([])
    const options = { apiKey: 'MOCKKEYSTANDARD' }
    const paths = ['/request/199', '/certificate/100203/archive', '/certificate/100203/revoke']
    for (const [index, path] of paths.entries())
      expect((await world.call(index === 0 ? 'GET' : 'PUT', path, undefined, options)).status).toBe(404)
    expect(world.diagnosis()).toBe('certificate-of-other-user')
  })
})

describe('a request', () => {
  test('is shown with the order as it was, to the letter of the sample', async () => {
    const world = setup()
    await world.duplicate({}, 112233, { top: { comments: 'text' } })
    const answer = await world.call('GET', '/request/332211')
    const platform = 'http://www.digicert.com'
    expect(answer.text).toBe(
      JSON.stringify({
        id: 332211,
        date: '2019-07-01T10:00:00+00:00',
        type: 'duplicate',
        status: 'pending',
        requester: people,
        order: {
          id: 112233,
          certificate: {
            common_name: 'example.com',
            dns_names: ['sub.example.com'],
            date_created: '2019-07-01T10:00:00+00:00',
            csr: '<csr>',
            organization: { id: 112233 },
            organization_units: ['Example Unit'],
            server_platform: {
              id: 45,
              name: 'nginx',
              install_url: `${platform}/ssl-certificate-installation-nginx.htm`,
              csr_url: `${platform}/csr-creation-nginx.htm`,
            },
            signature_hash: 'sha256',
            key_size: 2048,
            ca_cert: { id: '1005', name: 'DigiCert SHA2 Secure Server CA' },
          },
          status: 'issued',
          is_renewal: false,
          date_created: member(answer, 'order', 'date_created'),
          organization: { id: 112233, name: 'Example Org LLC', city: 'Springfield', state: 'Oregon', country: 'us' },
          validity_years: 1,
          disable_renewal_notifications: false,
          auto_renew: 0,
          container: { id: 5, name: 'My Account' },
          product: {
            name_id: 'ssl_multi_domain',
            name: 'Multi-Domain SSL',
            type: 'ssl_certificate',
            validation_type: 'ov',
            validation_name: 'OV',
            validation_description: 'Normal Organization Validation',
          },
          requests: [{ id: 332211, date: '2019-07-01T10:00:00+00:00', type: 'duplicate', status: 'pending' }],
        },
        comments: 'text',
      }),
    )
  })

  test('does not change with what is issued or becomes of the order', async () => {
    const world = setup()
    await world.duplicate()
    const before = await world.call('GET', '/request/332211')
    world.clock.advance(60_000)
    await world.call('PUT', '/request/332211/status', { status: 'approved', processor_comment: 'Approved.' })
    world.mock.act('revoke-order', { order: 112233 })
    const after = await world.call('GET', '/request/332211')
    expect(member(after, 'order', 'certificate')).toEqual(member(before, 'order', 'certificate'))
    expect(member(after, 'order', 'status')).toBe('issued')
    expect(after.json).toMatchObject({
      status: 'approved',
      date_processed: '2019-07-01T10:01:00+00:00',
      reviewer: people,
      processor: people,
      processor_comment: 'Approved.',
    })
  })

  test('has the status that the order had', async () => {
    const { call } = setup()
    expect(member(await call('GET', '/request/198'), 'order', 'status')).toBe('needs_approval')
    expect(member(await call('GET', '/request/200'), 'order', 'status')).toBe('reissue_pending')
    await call('PUT', '/request/198/status', { status: 'approved' })
    expect(member(await call('GET', '/request/198'), 'order', 'status')).toBe('needs_approval')
  })

  test('to revoke tells which certificate', async () => {
    const { call } = setup()
    await call('PUT', '/certificate/12345/revoke')
    expect(member(await call('GET', '/request/332212'), 'order', 'certificate')).toMatchObject({
      id: 12345,
      serial_number: expect.stringMatching(/^[0-9A-F]{32}$/) as string,
      common_name: 'example.com',
    })
  })

  test('that needed no approval is approved by the one who made it', async () => {
    const world = setup()
    await world.duplicate({ common_name: 'multi.example.net', dns_names: [] }, 100002, { apiKey: 'MOCKKEYMANAGER' })
    expect((await world.call('GET', '/request/332212')).json).toMatchObject({
      status: 'approved',
      requester: { id: 125040 },
      processor: { id: 125040 },
    })
  })

  test.each(['0', '332211', 'x', '117'])('%s is unknown, or of another account', async (id) => {
    expect(errorsOf(await setup().call('GET', `/request/${id}`))).toEqual([
      'not_found|request ~ The specified request was not found.',
    ])
  })
})
