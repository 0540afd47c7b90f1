import { describe, expect, test } from 'vitest'
import { type Answer, errorsOf, member, sampleBody, setup, type TestWorld } from './test-world.ts'
import { stored } from './test-stored.ts'

const change = ({ call }: TestWorld, order: number, status: unknown = 'CANCELED'): Promise<Answer> =>
  call('PUT', `/order/certificate/${order}/status`, { status, note: 'Reason.' })

describe('a cancellation', () => {
  test.each(['CANCELED', 'canceled', 'Canceled'])('%s ends an order that waits for its validation', async (status) => {
    const world = setup()
    const answer = await change(world, 100005, status)
    expect([answer.status, answer.text]).toEqual([204, ''])
    expect(stored(world.mock, 'orders', 100005)).toMatchObject({ status: 'canceled' })
    expect(world.mock.act('complete-validation', { container: 15 })).toEqual({ issued: [] })
  })

  test('gives a reissue up: the order stays, and the request is rejected with the note', async () => {
    const world = setup()
    world.clock.advance(60_000)
    expect((await change(world, 100010)).status).toBe(204)
    expect(stored(world.mock, 'orders', 100010)).toMatchObject({ status: 'issued', primaryId: 100110 })
    expect(stored(world.mock, 'requests', 200)).toMatchObject({
      status: 'rejected',
      processing: { processorId: 125039, processedMs: Date.parse('2019-07-01T10:01:00Z'), comment: 'Reason.' },
    })
    const list = await world.call('GET', '/order/certificate/100010/reissue')
    expect(member(list, 'certificates', 0, 'status')).toBe('rejected')
    expect((await world.duplicate({ common_name: 'reissue.example.net', dns_names: [] }, 100010)).status).toBe(201)
  })

  test('gives up also a reissue that was approved and waits for its validation', async () => {
    const world = setup()
    await world.call('POST', '/order/certificate/100009/reissue', {
      certificate: { common_name: 'hold.example.net', csr: '<csr>', signature_hash: 'sha256' },
    })
    await change(world, 100009)
    expect(stored(world.mock, 'requests', 332212)).toMatchObject({ status: 'rejected' })
    expect(world.mock.act('complete-validation', { container: 15 })).toEqual({ issued: [100105] })
  })

  test('of a reissue leaves duplicates waiting', async () => {
    const world = setup()
    await world.duplicate()
    await world.call('POST', '/order/certificate/112233/reissue', sampleBody())
    await change(world, 112233)
    expect(stored(world.mock, 'requests', 332211)).toMatchObject({ type: 'duplicate', status: 'pending' })
    expect((await world.call('PUT', '/request/332211/status', { status: 'approved' })).status).toBe(204)
  })

  test.each([100001, 100006, 100007, 100013, 100014, 123456])('of order %i is refused', async (order) => {
    const { mock, ...world } = setup()
    const before = mock.snapshot()
    const answer = await change({ mock, ...world }, order)
    expect(answer.status).toBe(400)
    expect(errorsOf(answer)).toEqual(['invalid_order_status ~ The order status does not allow this operation.'])
    expect(world.diagnosis()).toBe('order-status-invalid')
    expect(mock.snapshot()).toEqual(before)
  })
})

describe('another status', () => {
  test.each(['renewed', 'not_renewed', 'NOT_RENEWED'])('%s is for orders that there are none of', async (status) => {
    expect(errorsOf(await change(setup(), 100005, status))).toEqual([
      'invalid_order_status ~ The order status does not allow this operation.',
    ])
  })

  test.each(['issued', 'perhaps', 7, {}])('%j cannot be set', async (status) => {
    expect(errorsOf(await change(setup(), 100005, status))).toEqual([
      'invalid_param:status ~ status is an invalid parameter.',
    ])
  })
})

test('status and note have to be there', async () => {
  const { call } = setup()
  const refused = async (body: unknown): Promise<string[]> =>
    errorsOf(await call('PUT', '/order/certificate/100005/status', body))
  expect(await refused({ note: '' })).toEqual([
    'required_param:status ~ status is a required parameter.',
    'required_param:note ~ note is a required parameter.',
  ])
  expect(await refused({ status: 'canceled' })).toEqual(['required_param:note ~ note is a required parameter.'])
  expect(await refused(undefined)).toEqual(['bad_request_format ~ The request body could not be parsed.'])
})
