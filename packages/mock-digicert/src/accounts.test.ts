import { createManualClock } from '@certtwin/mock-kit'
import { describe, expect, it } from 'vitest'
import { createDigicertMock } from './mock.ts'

const clock = '2019-06-22T13:37:00Z'

function setup() {
  const mock = createDigicertMock({ clock: createManualClock(clock) })
  const get = async (path: string, key = 'MOCKKEYADMIN') => {
    const request = new Request(`https://www.digicert.com/services/v2${path}`, { headers: { 'X-DC-DEVKEY': key } })
    const response = await mock.fetch(request)
    return { status: response.status, body: (await response.json()) as never }
  }
  return { mock, get }
}

const missing = {
  errors: [{ code: 'access_denied|missing_permission', message: 'Access denied due to missing_permission.' }],
}

describe('who calls', () => {
  it('is answered as documented', async () => {
    const { get } = setup()
    expect(await get('/user/me')).toEqual({
      status: 200,
      body: {
        id: 125039,
        username: 'user@example.com',
        account_id: 112234,
        first_name: 'Example',
        last_name: 'User',
        email: 'user@example.com',
        job_title: 'Administrator',
        telephone: '555-555-5555',
        status: 'active',
        last_login_date: '2019-06-21 13:37:00',
        container: {
          id: 5,
          public_id: expect.stringMatching(/^[0-9a-f]{32}$/),
          name: 'My Account',
          parent_id: 0,
          template_id: 5,
          ekey: expect.stringMatching(/^[0-9a-f]{32}$/),
          has_logo: true,
          is_active: true,
        },
        access_roles: [{ id: 1, name: 'Administrator' }],
        is_cert_central: true,
        is_enterprise: true,
        is_saml_sso_only: false,
        type: 'standard',
        has_container_assignments: false,
        container_visibility: [{ id: 5, name: 'My Account', parent_id: 0, is_active: true }],
      },
    })
  })

  it.each([
    ['MOCKKEYMANAGER', 125040, 4],
    ['MOCKKEYSTANDARD', 125041, 5],
    ['MOCKKEYVIEWONLY', 125039, 1],
    ['MOCKKEYUSERS', 125039, 1],
    ['MOCKKEYAPPROVAL', 125042, 1],
  ])('may be asked with %s', async (key, id, role) => {
    const { get } = setup()
    expect(await get('/user/me', key)).toMatchObject({ status: 200, body: { id, access_roles: [{ id: role }] } })
  })
})

describe('users', () => {
  it('are listed by account, with the dates of lists', async () => {
    const { get } = setup()
    const users = [125039, 125040, 125041].map((id) => ({ id, last_login_date: '2019-06-21T13:37:00+00:00' }))
    expect(await get('/user')).toMatchObject({ body: { users, page: { total: 3, limit: 500, offset: 0 } } })
    expect(await get('/user', 'MOCKKEYAPPROVAL')).toMatchObject({
      body: { users: [{ id: 125042 }], page: { total: 1 } },
    })
  })

  it('are no business of a Standard user, but that user', async () => {
    const { get } = setup()
    expect(await get('/user', 'MOCKKEYSTANDARD')).toEqual({ status: 403, body: missing })
    expect(await get('/user/125041', 'MOCKKEYSTANDARD')).toEqual({ status: 403, body: missing })
  })

  it('leave the list out of an empty page', async () => {
    const { get } = setup()
    expect(await get('/user?offset=3')).toEqual({ status: 200, body: { page: { total: 3, limit: 500, offset: 3 } } })
  })
})

describe('a page', () => {
  it.each([
    ['limit=2', { total: 3, limit: 2, offset: 0 }],
    ['limit=0&offset=1', { total: 3, limit: 1000, offset: 1 }],
    ['limit=5000', { total: 3, limit: 1000, offset: 0 }],
    ['limit=&offset=', { total: 3, limit: 1000, offset: 0 }],
  ])('of %s is %o', async (query, page) => {
    const { get } = setup()
    expect(await get(`/container?${query}`)).toMatchObject({ status: 200, body: { page } })
  })

  it.each(['limit=-1', 'limit=x', 'offset=1.5'])('of %s is refused', async (query) => {
    const { get } = setup()
    const name = query.split('=')[0]!
    const error = { code: `invalid_param:${name}`, message: `${name} is an invalid parameter.` }
    expect(await get(`/container?${query}`)).toEqual({ status: 400, body: { errors: [error] } })
  })
})

describe('what a key reaches', () => {
  const all = [
    '/order/certificate/112233/duplicate',
    '/domain',
    '/organization',
    '/user',
    '/account',
    '/container',
    '/product',
    '/user/me',
  ]
  it.each([
    ['MOCKKEYADMIN', all],
    ['MOCKKEYVIEWONLY', all],
    ['MOCKKEYMANAGER', ['/order/certificate/112233/duplicate', '/product', '/user/me']],
    ['MOCKKEYUSERS', ['/user', '/product', '/user/me']],
    ['orders-and-domains', ['/order/certificate/112233/duplicate', '/domain', '/organization', '/product', '/user/me']],
  ])('follows its restriction: %s', async (key, reached) => {
    const { mock, get } = setup()
    mock.seed({ apiKeys: [{ apiKey: 'orders-and-domains', userId: 125039, restriction: 101 }] })
    for (const path of all)
      expect([path, (await get(path, key)).status]).toEqual([path, reached.includes(path) ? 200 : 403])
  })
})

describe('what an account consists of', () => {
  it('is its organizations', async () => {
    const { get } = setup()
    const organization = {
      id: 112233,
      status: 'active',
      name: 'Example Org LLC',
      display_name: 'Example Org LLC (Example Org)',
      is_active: true,
      city: 'Springfield',
      state: 'Oregon',
      country: 'us',
      container: { id: 5, name: 'My Account', is_active: true },
    }
    const page = { total: 1, limit: 1000, offset: 0 }
    expect(await get('/organization')).toEqual({ status: 200, body: { organizations: [organization], page } })
    expect(await get('/organization/112233')).toEqual({ status: 200, body: organization })
    const elsewhere = { id: 112233, container: { id: 21, name: 'Approval Only', is_active: true } }
    expect(await get('/organization/112233', 'MOCKKEYAPPROVAL')).toMatchObject({ body: elsewhere })
  })

  it('is its domains and containers', async () => {
    const { get } = setup()
    expect(await get('/domain', 'MOCKKEYAPPROVAL')).toMatchObject({
      body: {
        domains: [
          { id: 5, name: 'example.net', organization: { id: 112233, name: 'Example Org LLC' }, container: { id: 21 } },
        ],
      },
    })
    const containers = [5, 14, 15].map((id) => ({ id, parent_id: 0, is_active: true }))
    expect(await get('/container')).toMatchObject({ body: { containers, page: { total: 3 } } })
  })

  it('is its custom fields, left out where there are none', async () => {
    const { get } = setup()
    const field = { id: 12, label: 'Invoice #', is_required: false, is_active: true, data_type: 'text' }
    expect(await get('/account/metadata')).toEqual({ status: 200, body: { metadata: [field] } })
    expect(await get('/account/metadata', 'MOCKKEYAPPROVAL')).toEqual({ status: 200, body: {} })
  })

  it('can be planted', async () => {
    const { mock, get } = setup()
    mock.seed({
      organizations: [{ id: 7, accounts: [112235], name: 'Other Org' }],
      domains: [{ id: 70, name: 'other.example', organization: 7, container: 21 }],
      metadata: [{ id: 8, accountId: 112235, label: 'Team' }],
    })
    expect(await get('/organization/7', 'MOCKKEYAPPROVAL')).toMatchObject({
      body: { name: 'Other Org', display_name: 'Other Org' },
    })
    expect(await get('/organization/7')).toMatchObject({ status: 404 })
    expect(await get('/account/metadata', 'MOCKKEYAPPROVAL')).toMatchObject({ body: { metadata: [{ id: 8 }] } })
    expect(() => mock.seed({ domains: [{ id: 71, name: 'x.example', organization: 7, container: 5 }] })).toThrow(
      'Domain 71 names organization 7, which account 112234 does not know: add the account to it.',
    )
  })
})

describe('products', () => {
  it('are described as documented', async () => {
    const { get } = setup()
    expect(await get('/product/ssl_plus')).toMatchObject({
      body: {
        group_name: 'ssl_certificate',
        name_id: 'ssl_plus',
        name: 'Standard SSL',
        type: 'ssl_certificate',
        duplicates_allowed: false,
        allowed_validity_years: [1, 2],
        signature_hash_types: {
          allowed_hash_types: [
            { id: 'sha256', name: 'SHA-256' },
            { id: 'sha384', name: 'SHA-384' },
            { id: 'sha512', name: 'SHA-512' },
          ],
          default_hash_type_id: 'sha256',
        },
        additional_dns_names_allowed: false,
        csr_required: true,
        allow_auto_renew: true,
      },
    })
  })

  it('have the members of later generations there only', async () => {
    const { mock, get } = setup()
    expect((await get('/product/code_signing')).body).not.toHaveProperty('validation_type')
    mock.configure({ profile: '2024' })
    const names = {
      code_signing: 'CS',
      code_signing_ev: 'EV CS',
      private_ssl_plus: 'Private SSL',
      ssl_dv_geotrust: 'DV',
    }
    for (const [id, validation_type] of Object.entries(names))
      expect(await get(`/product/${id}`)).toMatchObject({ body: { validation_type } })
  })

  it('are listed without what they say of duplicates', async () => {
    const { get } = setup()
    const { products } = (await get('/product')).body as { products: Record<string, unknown>[] }
    expect(products).toHaveLength(23)
    expect(products.map((each) => each['duplicates_allowed'])).toEqual(products.map(() => undefined))
    expect(products[0]).toMatchObject({ name_id: 'ssl_plus', allowed_container_ids: [5, 14, 15] })
  })
})
