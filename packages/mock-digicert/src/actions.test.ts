import { ControlError, type Twin } from '@certtwin/mock-kit'
import { describe, expect, test } from 'vitest'
import { csrOf, errorsOf, leafOf, member, sampleBody, setup, type TestWorld } from './test-world.ts'
import { stored } from './test-stored.ts'

const hold = { common_name: 'hold.example.net', dns_names: [] }
const newest = async ({ call }: TestWorld, order: number): Promise<unknown> =>
  member(await call('GET', `/order/certificate/${order}/duplicate`), 'certificates', 0)

describe('complete-validation', () => {
  test('issues the duplicates that waited for it, and none that waits for a decision', async () => {
    const world = setup()
    const processing = await world.duplicate({ ...hold, csr: csrOf('P-256') }, 100009)
    expect(processing.text).toBe('{"id":100009,"certificate_id":987654322}')
    await world.duplicate(hold, 100009, { apiKey: 'MOCKKEYSTANDARD' })
    const result = world.mock.act('complete-validation', { container: 15 })
    expect(result).toEqual({ issued: [100105, 987654322] })
    expect(await newest(world, 100009)).toMatchObject({ id: 987654323, status: 'pending' })
    const { text } = await world.call('GET', '/certificate/987654322/download/format/pem_all')
    expect(text.match(/BEGIN CERTIFICATE/g)).toHaveLength(3)
  })

  test('issues the orders that waited for it, so that they can have duplicates', async () => {
    const world = setup()
    const changes = { common_name: 'pending.example.net', dns_names: [] }
    expect(errorsOf(await world.duplicate(changes, 100005))[0]).toMatch(/^order_not_issued /)
    world.mock.act('complete-validation', { container: 15 })
    const leaf = leafOf(await world.duplicate(changes, 100005))
    expect(leaf.validFromDate.toISOString()).toBe('2019-07-01T00:00:00.000Z')
  })

  test('issues an order that is processing', () => {
    const { mock } = setup()
    const order = { id: 7, product: 'ssl_basic', commonName: 'seven.example.net', container: 15, certificate: 8 }
    mock.seed({ orders: [{ ...order, status: 'processing' }] })
    expect(mock.act('complete-validation', { container: 15 })).toEqual({ issued: [100105, 8] })
    expect(stored(mock, 'orders', 7)).toMatchObject({ status: 'issued' })
  })

  test('issues a reissue before the duplicates that waited longer', async () => {
    const world = setup()
    await world.duplicate(hold, 100009)
    await world.call('POST', '/order/certificate/100009/reissue', sampleBody(hold))
    expect(world.mock.act('complete-validation', { container: 15 })).toEqual({
      issued: [100105, 987654323, 987654322],
    })
  })

  test('issues a reissue that was approved before', async () => {
    const world = setup()
    world.mock.seed({ containers: [{ id: 5, accountId: 112234, isValidated: false }] })
    await world.call('PUT', '/request/200/status', { status: 'approved' })
    expect(world.mock.act('complete-validation', { container: 5 })).toEqual({ issued: [100210] })
    const changes = { common_name: 'reissue.example.net', dns_names: [] }
    expect((await world.duplicate(changes, 100010)).status).toBe(201)
  })

  test('lets what comes later be issued at once', async () => {
    const world = setup()
    world.mock.act('complete-validation', { container: 15 })
    expect(member(await world.duplicate(hold, 100009), 'certificate_chain', 'length')).toBe(3)
  })

  test('leaves other containers, and orders that were canceled, alone', async () => {
    const { mock } = setup()
    mock.seed({ duplicates: [{ order: 100009 }] })
    expect(mock.act('complete-validation', { container: 14 })).toEqual({ issued: [] })
  })

  test('leaves a duplicate waiting whose order has expired', async () => {
    const world = setup()
    world.mock.act('complete-validation', { container: 15 })
    world.mock.seed({
      containers: [{ id: 15, accountId: 112234, isValidated: false }],
      duplicates: [{ order: 100009 }],
    })
    world.clock.set('2020-04-02T00:00:00Z')
    expect(world.mock.act('complete-validation', { container: 15 })).toEqual({ issued: [] })
    expect(await newest(world, 100009)).toMatchObject({ status: 'pending' })
  })
})

describe('decide-request', () => {
  test('approves as the administrator of the account', async () => {
    const world = setup()
    await world.duplicate()
    const result = world.mock.act('decide-request', { request: 332211, status: 'approved', comment: 'Fine.' })
    expect(result).toEqual({ request: 332211, status: 'approved' })
    expect(await newest(world, 112233)).toMatchObject({ id: 987654322, status: 'approved' })
    const [, request] = world.mock.snapshot().tables['requests']!.find(([id]) => id === 332211)!
    expect(request).toMatchObject({ processing: { processorId: 125039, comment: 'Fine.' } })
  })

  test('rejects', async () => {
    const world = setup()
    world.mock.act('decide-request', { request: 199, status: 'rejected' })
    expect(await newest(world, 100004)).toMatchObject({ id: 23456, status: 'rejected' })
  })
})

describe('a revocation', () => {
  test('of an order covers what was issued on it', async () => {
    const world = setup()
    const result = world.mock.act('revoke-order', { order: 100003 })
    expect(result).toEqual({ revoked: [100103, 100203, 100303] })
    const answer = await world.duplicate({ common_name: '*.wild.example.net', dns_names: [] }, 100003)
    expect(errorsOf(answer)).toEqual(['order_is_revoked ~ The order is revoked.'])
    expect((await world.call('GET', '/certificate/100203/download/format/pem_all')).status).toBe(200)
  })

  test('of the primary certificate alone leaves the order, which can have no duplicates then', async () => {
    const world = setup()
    expect(world.mock.act('revoke-certificate', { certificate: 112200 })).toEqual({ revoked: [112200] })
    expect(errorsOf(await world.duplicate())[0]).toMatch(/^certificate_is_revoked /)
  })
})

describe('an action that cannot be', () => {
  test.each([
    [
      'complete-validation',
      { container: 9 },
      'There is no container 9: the state of the twin names those that there are.',
    ],
    ['decide-request', { request: 9, status: 'approved' }, 'There is no request 9: '],
    [
      'decide-request',
      { request: 201, status: 'rejected' },
      'Request 201 cannot be rejected: The request has already been processed.',
    ],
    ['decide-request', { request: 199, status: 'pending' }, 'status must be one of approved, rejected'],
    ['revoke-order', { order: 9 }, 'There is no order 9: '],
    ['revoke-order', { order: 100010 }, 'Order 100010 cannot be revoked: A reissue of this certificate is pending.'],
    ['revoke-order', { order: 100006 }, 'Order 100006 cannot be revoked: The order is already revoked.'],
    [
      'revoke-certificate',
      { certificate: 100106 },
      'Certificate 100106 cannot be revoked: The certificate is already revoked.',
    ],
    ['revoke-certificate', { certificate: 9 }, 'There is no certificate 9: '],
    [
      'revoke-certificate',
      { certificate: 23456 },
      'Certificate 23456 has the status pending: choose one that is issued.',
    ],
    ['burn', {}, 'There is no action burn: choose from complete-validation, '],
  ])('%s %j says why', (name, input, message) => {
    const { mock } = setup()
    const before = mock.snapshot()
    const untyped: Twin<object> = mock // as somebody holds it who has no types
    const act = (): object => untyped.act(name, input)
    expect(act).toThrow(message)
    expect(act).toThrow(ControlError)
    expect(mock.snapshot()).toEqual(before)
  })

  test('because the account has nobody to decide says so', () => {
    const { mock } = setup()
    mock.seed({ users: [{ id: 125039, accountId: 112234, role: 'standard' }] })
    expect(() => mock.act('decide-request', { request: 199, status: 'approved' })).toThrow(
      'Account 112234 has no administrator to act for it: add a user with that role.',
    )
  })
})

test('every action tells what it does and what it takes, as the document has it', () => {
  const { mock } = setup()
  expect(mock.actions().map(({ name }) => name)).toEqual([
    'complete-validation',
    'decide-request',
    'revoke-order',
    'revoke-certificate',
  ])
  expect(mock.actions()[0]).toMatchObject({
    summary: expect.stringMatching(/^Makes the validation of a container current/) as string,
    input: { type: 'object', required: ['container'], properties: { container: { type: 'integer' } } },
  })
})
