import { createPublicKey, X509Certificate } from 'node:crypto'
import { ControlError } from '@certtwin/mock-kit'
import { describe, expect, test } from 'vitest'
import type { Seed } from '../control.generated.ts'
import { chainOf, csrOf, errorsOf, member, privateKey, setup, type TestWorld } from '../test-world.ts'

/** An account of its own with all that an order needs. */
const company: Seed = {
  accounts: [{ id: 7 }],
  containers: [{ id: 70, accountId: 7, approvesAtOnce: true }],
  users: [{ id: 71, accountId: 7, role: 'administrator', firstName: 'Ada', lastName: 'Admin' }],
  apiKeys: [{ apiKey: 'PLANTED', userId: 71 }],
}
const order = { id: 500, product: 'ssl_multi_domain', commonName: 'Planted.Example.', container: 70 }
const planted = { apiKey: 'PLANTED' }
const list = ({ call }: TestWorld, id: number, options = {}): ReturnType<TestWorld['call']> =>
  call('GET', `/order/certificate/${id}/duplicate`, undefined, options)

describe('planted data', () => {
  test('is as good as what the twin began with', async () => {
    const world = setup()
    world.mock.seed({ ...company, orders: [{ ...order, dnsNames: ['Sub.planted.example'] }] })
    const changes = { common_name: 'sub.planted.example', dns_names: ['planted.example'] }
    const answer = await world.duplicate(changes, 500, planted)
    expect(answer.status).toBe(201)
    const leaf = new X509Certificate(chainOf(answer)[0]!)
    expect([leaf.validFromDate, leaf.validToDate].map((date) => date.toISOString())).toEqual([
      '2019-04-02T00:00:00.000Z',
      '2020-04-01T23:59:59.000Z',
    ])
    expect(member(await list(world, 500, planted), 'certificates', 0)).toMatchObject({
      user_id: 71,
      firstname: 'Ada',
      sub_id: '001',
    })
  })

  test('is invisible to other accounts, and theirs to its own', async () => {
    const world = setup()
    world.mock.seed({ ...company, orders: [order] })
    expect((await list(world, 500)).status).toBe(404)
    expect((await list(world, 112233, planted)).status).toBe(404)
    expect((await world.call('PUT', '/request/332212/status', { status: 'approved' })).status).toBe(404)
  })

  test('has a real certificate, made from the CSR that is given', async () => {
    const world = setup()
    const duplicates = [{ order: 100003, csr: csrOf('P-384') }]
    world.mock.seed({ duplicates })
    expect(member(await list(world, 100003), 'certificates', 0)).toMatchObject({ id: 987654322, key_size: 384 })
    const { text } = await world.call('GET', '/certificate/987654322/download/format/pem_all')
    const expected = createPublicKey(privateKey('P-384')).export({ type: 'spki', format: 'pem' })
    expect(new X509Certificate(text).publicKey.export({ type: 'spki', format: 'pem' })).toBe(expected)
  })

  test('counts its days from the clock of the world', async () => {
    const world = setup()
    world.clock.set('2031-05-05T12:00:00Z')
    world.mock.seed({ ...company, orders: [{ ...order, ageDays: 10, endsInDays: 20 }] })
    world.mock.seed({ duplicates: [{ order: 500, ageDays: 4 }] })
    expect(member(await list(world, 500, planted), 'certificates', 0)).toMatchObject({
      date_created: '2031-05-01T12:00:00+00:00',
      valid_from: '2031-04-25',
      valid_till: '2031-05-25',
    })
  })

  test('replaces what has its key, with all that hung on it', async () => {
    const world = setup()
    const again = { id: 100004, product: 'ssl_basic', commonName: 'again.example', container: 14 }
    world.mock.seed({ orders: [again] })
    expect((await list(world, 100004)).text).toBe('{}')
    expect((await world.call('GET', '/certificate/12345/download/format/pem_all')).status).toBe(404)
    expect((await world.call('PUT', '/request/199/status', { status: 'approved' })).status).toBe(404)
    expect((await world.duplicate({ common_name: 'again.example', dns_names: [] }, 100004)).status).toBe(201)
  })

  test('can be planted again and again', async () => {
    const world = setup()
    const duplicates = [{ id: 5000, order: 500, request: 5001 }]
    const seed = { ...company, orders: [{ ...order, certificate: 5002, request: 5003 }], duplicates }
    world.mock.seed(seed)
    world.mock.seed({ duplicates })
    const before = world.mock.snapshot().tables['requests']
    world.mock.seed(seed)
    expect(world.mock.snapshot().tables['requests']).toEqual(before)
    expect(member(await list(world, 500, planted), 'certificates', 'length')).toBe(1)
  })

  test('changes a container: what is asked for from then on needs no approval', async () => {
    const world = setup()
    world.mock.seed({ containers: [{ id: 5, accountId: 112234, approvesAtOnce: true }] })
    expect(member(await world.duplicate(), 'certificate_chain', 'length')).toBe(3)
  })

  test('gives a key another user', async () => {
    const { mock, call } = setup()
    mock.seed({ apiKeys: [{ apiKey: 'MOCKKEYFAST', userId: 125041 }] })
    const answer = await call('PUT', '/request/199/status', { status: 'approved' }, { apiKey: 'MOCKKEYFAST' })
    expect(errorsOf(answer)[0]).toMatch(/^access_denied\|invalid_approver /)
  })

  test('is gone after a reset', async () => {
    const world = setup()
    world.mock.seed({ ...company, orders: [order] })
    world.mock.reset()
    expect((await list(world, 500, planted)).status).toBe(403)
  })

  test('takes the next free ids, and leaves those that the documented examples need', async () => {
    const world = setup()
    world.mock.seed({ duplicates: [{ order: 112233 }, { order: 112233, status: 'rejected' }] })
    const ids = [0, 1].map(async (place) => member(await list(world, 112233), 'certificates', place, 'id'))
    expect(await Promise.all(ids)).toEqual([987654323, 987654322])
    expect((await world.duplicate()).text).toBe('{"id":112233,"requests":[{"id":332211}]}')
  })

  test('may have ids that would come later; new entities step over them', async () => {
    const world = setup()
    world.mock.seed({ duplicates: [{ order: 100003, id: 987654322, request: 332211 }] })
    expect((await world.duplicate()).text).toBe('{"id":112233,"requests":[{"id":332212}]}')
    expect(member(await list(world, 112233), 'certificates', 0, 'id')).toBe(987654323)
  })
})

describe('a planted order', () => {
  test.each([
    ['needsApproval', undefined, 'order_not_issued'],
    ['pending', undefined, 'order_not_issued'],
    ['rejected', undefined, 'order_not_issued'],
    ['canceled', undefined, 'order_not_issued'],
    ['reissuePending', undefined, 'order_not_issued'],
    ['revoked', undefined, 'order_is_revoked'],
    ['issued', -1, 'order_is_expired'],
  ] as const)('can be %s', async (status, endsInDays, expected) => {
    const world = setup()
    world.mock.seed({ ...company, orders: [{ ...order, status, ...(endsInDays !== undefined && { endsInDays }) }] })
    expect(errorsOf(await world.duplicate({}, 500, planted))[0]).toMatch(new RegExp(`^${expected} `))
  })

  test('that waits for a reissue can be approved', async () => {
    const world = setup()
    world.mock.seed({ ...company, orders: [{ ...order, status: 'reissuePending', reissue: { request: 900 } }] })
    expect((await world.call('PUT', '/request/900/status', { status: 'approved' }, planted)).status).toBe(204)
    expect((await world.duplicate({ common_name: 'planted.example', dns_names: [] }, 500, planted)).status).toBe(201)
  })
})

describe('a planted duplicate', () => {
  test.each([
    ['approved', 'approved', true],
    ['pending', 'pending', false],
    ['rejected', 'rejected', false],
  ] as const)('that is %s is listed so', async (status, listed, isIssued) => {
    const world = setup()
    world.mock.seed({ duplicates: [{ order: 112233, id: 1, status }] })
    const entry = member(await list(world, 112233), 'certificates', 0) as object
    expect(entry).toMatchObject({ id: 1, status: listed })
    expect('serial_number' in entry).toBe(isIssued)
  })

  test('is approved and not issued where validation has lapsed', async () => {
    const world = setup()
    world.mock.seed({ duplicates: [{ order: 100009, request: 900 }] })
    expect(member(await list(world, 100009), 'certificates', 0, 'status')).toBe('pending')
    const again = await world.call('PUT', '/request/900/status', { status: 'rejected' })
    expect(errorsOf(again)[0]).toMatch(/^request_already_processed /)
  })
})

function failureOf(work: () => void): Error | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return error as Error
  }
}

describe('data that contradicts itself or the state', () => {
  const orders = (changes: object): object => ({ orders: [{ ...order, container: 14, ...changes }] })
  const duplicates = (changes: object): object => ({ duplicates: [{ order: 100003, ...changes }] })
  const cases: readonly (readonly [seed: object, message: string | RegExp])[] = [
    [{ containers: [{ id: 8, accountId: 9 }] }, 'Container 8 names account 9, which does not exist: add it first.'],
    [
      { containers: [{ id: 5, accountId: 112235 }] },
      'Container 5 is in account 112234 already: keep it there, or take another id.',
    ],
    [
      { users: [{ id: 8, accountId: 9, role: 'manager' }] },
      'User 8 names account 9, which does not exist: add it first.',
    ],
    [{ apiKeys: [{ apiKey: 'SECRET', userId: 9 }] }, 'An API key names user 9, which does not exist: add it first.'],
    [
      {
        apiKeys: [
          { apiKey: 'SECRET', userId: 125039 },
          { apiKey: 'SECRET', userId: 125040 },
        ],
      },
      'Two entries of apiKeys have the same key: leave one of them out.',
    ],
    [orders({ container: 9 }), 'Order 500 names container 9, which does not exist: add it first.'],
    [orders({ product: 'x' }), /^Order 500 is of the product "x", which is unknown: choose from ssl_plus, ssl_basic, /],
    [
      { accounts: [{ id: 7 }], containers: [{ id: 70, accountId: 7 }], orders: [order] },
      'Account 7 has no administrator to act for it: add a user with that role.',
    ],
    [orders({ commonName: 'a b' }), 'Order 500 cannot be added: a b is not a valid domain name.'],
    [orders({ dnsNames: ['192.0.2.1'] }), 'Order 500 cannot be added: 192.0.2.1 is not a valid domain name.'],
    [orders({ csr: 'x' }), 'Order 500 cannot be added: The CSR could not be parsed.'],
    [orders({ csr: csrOf('rsa-1024') }), 'Order 500 cannot be added: The CSR key size is not allowed.'],
    [orders({ endsInDays: -91 }), 'Order 500 ends before it begins: raise its ageDays or endsInDays.'],
    [orders({ reissue: {} }), 'Order 500 has a reissue: give it the status reissuePending, or leave the reissue out.'],
    [
      orders({ revocation: {} }),
      'Order 500 has a revocation: give it the status revoked, or leave the revocation out.',
    ],
    [
      orders({ status: 'revoked', revocation: { ageDays: 92 } }),
      'The revocation of order 500 is older than order 500: lower its ageDays.',
    ],
    [
      orders({ certificate: 100203 }),
      'Certificate 100203 is already there, on order 100003: choose another id, or leave it out.',
    ],
    [orders({ request: 199 }), 'Request 199 is already there, on order 100004: choose another id, or leave it out.'],
    [duplicates({ order: 9 }), 'A duplicate of order 9 names order 9, which does not exist: add it first.'],
    [duplicates({ order: 100008 }), /^A duplicate of order 100008 cannot be added: the product ssl_plus has no dup/],
    [duplicates({ order: 100005 }), /^A duplicate of order 100005 cannot be added: order 100005 was never issued/],
    [duplicates({ id: 100103 }), /^Certificate 100103 is already there, on order 100003: /],
    [duplicates({ id: 12345 }), /^Certificate 12345 is already there, on order 100004: /],
    [duplicates({ id: 1, request: 203 }), /^Request 203 is already there, on order 100004: /],
    [duplicates({ id: 1, subId: 2 }), 'Duplicate 1 has the subId 2 of another one: choose another, or leave it out.'],
    [duplicates({ id: 1, platform: 0 }), 'Duplicate 1 names server platform 0, which does not exist: use -1 for any.'],
    [duplicates({ id: 1, ageDays: 92 }), 'Duplicate 1 is older than order 100003: lower its ageDays.'],
    [
      duplicates({ id: 1, order: 100007 }),
      'Duplicate 1 is younger than order 100007, which had ended: raise its ageDays.',
    ],
    [{ orders: [order, order] }, 'Two entries of orders have the same key: leave one of them out.'],
    [{ ordres: [] }, 'The data cannot be read: ordres is unknown.'],
    [orders({ id: '5' }), 'The data cannot be read: orders.0.id must be of the type integer.'],
  ]
  test.each(cases.map(([seed, message]) => ({ seed, message })))(
    'leaves nothing behind: $message',
    ({ seed, message }) => {
      const { mock } = setup()
      const before = mock.snapshot()
      const good = { accounts: [{ id: 1 }], ...seed }
      const failure = failureOf(() => mock.seed(good))
      expect(failure).toBeInstanceOf(ControlError)
      expect(failure?.message).toMatch(message)
      expect(mock.snapshot()).toEqual(before)
    },
  )

  test('leaves the keys as they were, too', async () => {
    const { mock, call } = setup()
    const apiKeys = [{ apiKey: 'MOCKKEYADMIN', userId: 125041 }]
    expect(() => mock.seed({ apiKeys, orders: [{ ...order, container: 9 }] })).toThrow('container 9')
    expect((await call('PUT', '/request/199/status', { status: 'approved' })).status).toBe(204)
  })
})
