import { createPublicKey, X509Certificate } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { csrOf, errorsOf, leafOf, member, privateKey, setup, type TestWorld } from './test-world.ts'

const first = async ({ call }: TestWorld, order: number): Promise<unknown> =>
  member(await call('GET', `/order/certificate/${order}/duplicate`), 'certificates', 0)

describe('a decision', () => {
  test.each([
    ['an administrator', 'MOCKKEYADMIN'],
    ['a manager', 'MOCKKEYMANAGER'],
  ])('of %s to approve issues the certificate', async (_, apiKey) => {
    const world = setup()
    await world.duplicate({ csr: csrOf('P-256') })
    const body = { status: 'approved', processor_comment: 'Approved.' }
    const answer = await world.call('PUT', '/request/332211/status', body, { apiKey })
    expect(answer.status).toBe(204)
    expect(answer.text).toBe('')
    expect(answer.headers.get('Content-Type')).toBeNull()
    expect(await first(world, 112233)).toMatchObject({ id: 987654322, status: 'approved', days_remaining: 275 })
    const { text } = await world.call('GET', '/certificate/987654322/download/format/pem_all')
    const expected = createPublicKey(privateKey('P-256')).export({ type: 'spki', format: 'pem' })
    expect(new X509Certificate(text).publicKey.export({ type: 'spki', format: 'pem' })).toBe(expected)
  })

  test('keeps the time of the request as date_created', async () => {
    const world = setup()
    await world.duplicate()
    world.clock.advance(3_600_000)
    await world.call('PUT', '/request/332211/status', { status: 'approved' })
    expect(await first(world, 112233)).toMatchObject({ date_created: '2019-07-01T10:00:00+00:00' })
  })

  test('to reject leaves the duplicate in the list without a certificate', async () => {
    const world = setup()
    await world.duplicate()
    expect((await world.call('PUT', '/request/332211/status', { status: 'rejected' })).status).toBe(204)
    expect(await first(world, 112233)).toMatchObject({ id: 987654322, status: 'rejected' })
    expect(await first(world, 112233)).not.toHaveProperty('serial_number')
    expect((await world.call('GET', '/certificate/987654322/download/format/pem_all')).status).toBe(404)
  })

  test('where validation has lapsed leaves the duplicate pending', async () => {
    const world = setup()
    const changes = { common_name: 'hold.example.net', dns_names: [] }
    await world.duplicate(changes, 100009, { apiKey: 'MOCKKEYSTANDARD' })
    expect((await world.call('PUT', '/request/332212/status', { status: 'approved' })).status).toBe(204)
    expect(await first(world, 100009)).toMatchObject({ status: 'pending' })
    expect(await first(world, 100009)).not.toHaveProperty('serial_number')
  })

  test('may be one’s own, in an account that always asks', async () => {
    const world = setup()
    const apiKey = 'MOCKKEYAPPROVAL'
    await world.duplicate({ common_name: 'approval.example.net', dns_names: [] }, 200001, { apiKey })
    expect((await world.call('PUT', '/request/332212/status', { status: 'approved' }, { apiKey })).status).toBe(204)
  })

  test('looks at the order once more', async () => {
    const world = setup()
    await world.duplicate()
    world.clock.set(Date.parse('2020-04-02T00:00:00Z'))
    const answer = await world.call('PUT', '/request/332211/status', { status: 'approved' })
    expect(answer.status).toBe(400)
    expect(errorsOf(answer)).toEqual(['order_is_expired ~ The order is expired.'])
    expect(await first(world, 112233)).toMatchObject({ status: 'pending' })
    expect((await world.call('PUT', '/request/332211/status', { status: 'rejected' })).status).toBe(204)
  })

  test('is read kindly', async () => {
    const world = setup()
    await world.duplicate()
    const body = { status: 'APPROVED', processor_comment: null, unknown: 1 }
    expect((await world.call('PUT', '/request/332211/status', body)).status).toBe(204)
  })

  test.each([
    ['pending', 204],
    ['Pending', 204],
  ])('to set the status that it has, %s, changes nothing', async (status, expected) => {
    const world = setup()
    expect((await world.call('PUT', '/request/199/status', { status })).status).toBe(expected)
    expect(await first(world, 100004)).toMatchObject({ id: 23456, status: 'pending' })
  })

  test('that is made cannot be changed, only repeated', async () => {
    const { call, diagnosis } = setup()
    const refused = 'request_already_processed ~ The request has already been processed.'
    expect((await call('PUT', '/request/201/status', { status: 'approved' })).status).toBe(204)
    for (const status of ['rejected', 'pending', 'submitted']) {
      const answer = await call('PUT', '/request/201/status', { status })
      expect(answer.status).toBe(400)
      expect(errorsOf(answer)).toEqual([refused])
    }
    expect(diagnosis()).toBe('request-already-processed')
  })
})

describe('a request that was only submitted', () => {
  function setupSubmitted(): TestWorld {
    const world = setup()
    world.mock.seed({ duplicates: [{ order: 112233, id: 7, request: 8, status: 'submitted' }] })
    return world
  }

  test.each([
    ['pending', 'pending'],
    ['approved', 'approved'],
    ['rejected', 'rejected'],
    ['submitted', 'pending'],
  ])('can be set to %s, and its duplicate is %s then', async (status, listed) => {
    const world = setupSubmitted()
    expect(await first(world, 112233)).toMatchObject({ id: 7, status: 'pending' })
    expect((await world.call('PUT', '/request/8/status', { status })).status).toBe(204)
    expect(await first(world, 112233)).toMatchObject({ id: 7, status: listed })
  })

  test('is approved in two steps', async () => {
    const { call, ...world } = setupSubmitted()
    for (const status of ['pending', 'approved'])
      expect((await call('PUT', '/request/8/status', { status })).status).toBe(204)
    expect(await first({ call, ...world }, 112233)).toMatchObject({ status: 'approved' })
  })
})

describe('a verified user', () => {
  const apiKey = 'MOCKKEYSTANDARD'
  function setupVerified(): TestWorld {
    const world = setup()
    world.mock.seed({
      users: [{ id: 125041, accountId: 112234, role: 'standard', isVerified: true }],
      orders: [
        {
          id: 1,
          product: 'ssl_ev_basic',
          commonName: 'ev.example.net',
          container: 5,
          status: 'needsApproval',
          request: 1,
        },
        {
          id: 2,
          product: 'code_signing',
          commonName: 'Example Org LLC',
          container: 5,
          status: 'needsApproval',
          request: 2,
        },
        {
          id: 3,
          product: 'ssl_basic',
          commonName: 'ov.example.net',
          container: 5,
          status: 'needsApproval',
          request: 3,
        },
      ],
    })
    return world
  }

  test.each([
    [1, 'EV', 204],
    [2, 'code signing', 204],
    [3, 'anything else', 403],
  ])('deciding on request %i, for %s, is answered with %s', async (request, _, status) => {
    const { call } = setupVerified()
    expect((await call('PUT', `/request/${request}/status`, { status: 'approved' }, { apiKey })).status).toBe(status)
  })

  test('is what others are not, also for EV', async () => {
    const { call, mock } = setupVerified()
    mock.seed({ users: [{ id: 125041, accountId: 112234, role: 'standard' }] })
    expect((await call('PUT', '/request/1/status', { status: 'approved' }, { apiKey })).status).toBe(403)
  })
})

describe('a decision that is refused', () => {
  test.each([
    ['no status', {}, 'required_param:status ~ status is a required parameter.'],
    ['status empty', { status: '' }, 'required_param:status ~ status is a required parameter.'],
    ['an unknown status', { status: 'maybe' }, 'invalid_param:status ~ status is an invalid parameter.'],
    ['a status that leads back', { status: 'submitted' }, 'invalid_param:status ~ status is an invalid parameter.'],
    ['a status that is an object', { status: {} }, 'invalid_param:status ~ status is an invalid parameter.'],
    [
      'a comment that is a list',
      { status: 'approved', processor_comment: [] },
      'invalid_param:processor_comment ~ processor_comment is an invalid parameter.',
    ],
    ['no JSON', '{', 'bad_request_format ~ The request body could not be parsed.'],
    ['no body', undefined, 'bad_request_format ~ The request body could not be parsed.'],
  ])('%s', async (_, body, expected) => {
    const { call } = setup()
    const answer = await call('PUT', '/request/199/status', body)
    expect(answer.status).toBe(400)
    expect(errorsOf(answer)).toEqual([expected])
  })

  test('a standard user may not decide', async () => {
    const { call, diagnosis } = setup()
    const answer = await call('PUT', '/request/199/status', { status: 'approved' }, { apiKey: 'MOCKKEYSTANDARD' })
    expect(answer.status).toBe(403)
    expect(errorsOf(answer)).toEqual(['access_denied|invalid_approver ~ Access denied due to invalid_approver.'])
    expect(diagnosis()).toBe('approver-invalid')
  })

  test.each(['0', '1', '332211', '9007199254740993', 'x', '-199', '199.0', '%zz'])(
    'request %s is unknown',
    async (id) => {
      const { call } = setup()
      const answer = await call('PUT', `/request/${id}/status`, { status: 'approved' })
      expect(answer.status).toBe(404)
      expect(errorsOf(answer)).toEqual(['not_found|request ~ The specified request was not found.'])
    },
  )
})

describe('requests of other kinds', () => {
  const one = { common_name: 'example.com', dns_names: [] }
  const reissued = { common_name: 'reissue.example.net', dns_names: [] }

  test('an approved order is issued and takes duplicates', async () => {
    const { call, duplicate } = setup()
    expect((await call('GET', '/certificate/123400/download/format/pem_all')).status).toBe(404)
    expect((await call('PUT', '/request/198/status', { status: 'approved' })).status).toBe(204)
    expect((await call('GET', '/certificate/123400/download/format/pem_all')).status).toBe(200)
    expect((await duplicate(one, 123456)).status).toBe(201)
  })

  test('a rejected order stays without a certificate', async () => {
    const { call, duplicate } = setup()
    await call('PUT', '/request/198/status', { status: 'rejected' })
    expect(errorsOf(await duplicate(one, 123456))).toEqual(['order_not_issued ~ The order has not been issued.'])
  })

  test.each(['approved', 'rejected'])('a reissue that is %s gives the order back', async (status) => {
    const { call, duplicate } = setup()
    await call('PUT', '/request/200/status', { status })
    expect((await duplicate(reissued, 100010)).status).toBe(201)
    const { status: downloaded } = await call('GET', '/certificate/100210/download/format/pem_all')
    expect(downloaded).toBe(status === 'approved' ? 200 : 404)
  })

  test('an approved reissue is the original of later duplicates', async () => {
    const { call, duplicate } = setup()
    await call('PUT', '/request/200/status', { status: 'approved' })
    const leaf = leafOf(await duplicate(reissued, 100010, { top: { skip_approval: true } }))
    expect(leaf.validFromDate.toISOString()).toBe('2019-07-01T00:00:00.000Z')
    expect(leaf.validToDate.toISOString()).toBe('2020-04-01T23:59:59.000Z')
  })

  test('a revocation is done already', async () => {
    const { call } = setup()
    expect((await call('PUT', '/request/204/status', { status: 'rejected' })).status).toBe(400)
  })
})
