import { describe, expect, test } from 'vitest'
import { errorsOf, setup, type TestWorld } from './test-world.ts'

describe('changes of a status', () => {
  const path = '/order/certificate/status-changes'
  const changes = async ({ call }: TestWorld, query: string): Promise<string> =>
    (await call('GET', `${path}?${query}`)).text

  test('are none where nothing has happened', async () => {
    expect(await changes(setup(), 'minutes=10080')).toBe('{}')
  })

  test('are those of the last minutes or seconds', async () => {
    const world = setup()
    await world.call('PUT', '/request/198/status', { status: 'approved' })
    const issued = '{"orders":[{"order_id":123456,"certificate_id":123400,"status":"issued"}]}'
    expect(await changes(world, 'minutes=0')).toBe(issued)
    world.clock.advance(61_000)
    expect(await changes(world, 'minutes=1')).toBe('{}')
    expect(await changes(world, 'minutes=2')).toBe(issued)
    expect(await changes(world, 'seconds=60')).toBe('{}')
    expect(await changes(world, 'seconds=61')).toBe(issued)
  })

  test('are told newest first, with the status that the order has now', async () => {
    const world = setup()
    await world.call('PUT', '/request/198/status', { status: 'approved' })
    world.clock.advance(1000)
    await world.call('PUT', '/request/200/status', { status: 'rejected' })
    expect(JSON.parse(await changes(world, 'minutes=5'))).toMatchObject({
      orders: [
        { order_id: 100010, status: 'issued' },
        { order_id: 123456, status: 'issued' },
      ],
    })
  })

  test.each([
    ['revoked', { revocation: { ageDays: 2 } }],
    ['reissuePending', { reissue: { ageDays: 2 } }],
    ['needsApproval', { ageDays: 1 }],
    ['issued', { ageDays: 2 }],
  ] as const)('know when planted orders became %s', async (status, changed) => {
    const world = setup()
    const planted = { id: 500, product: 'ssl_basic', commonName: 'planted.example', container: 14, status, ...changed }
    world.mock.seed({ orders: [planted] })
    expect(await changes(world, `seconds=${2 * 86_400}`)).toContain('"order_id":500')
    expect(await changes(world, `seconds=${2 * 86_400 - 1}`)).toBe('{}')
  })

  test('know of orders that the clock let expire', async () => {
    const world = setup()
    world.clock.set('2020-04-02T00:00:30Z')
    expect(await changes(world, 'seconds=30')).toContain(
      '{"order_id":100001,"certificate_id":100101,"status":"expired"}',
    )
    expect(await changes(world, 'seconds=29')).toBe('{}')
  })

  test('between two days are counted in UTC-6', async () => {
    const world = setup()
    world.clock.set('2019-07-02T05:59:59Z')
    await world.call('PUT', '/request/198/status', { status: 'approved' })
    const on = (days: string): Promise<string> => changes(world, `filters[status_last_updated]=${days}`)
    expect(await on('2019-07-01...2019-07-01')).toContain('123456')
    expect(await on('2019-06-28...2019-07-04')).toContain('123456')
    expect(await on('2019-07-02...2019-07-03')).toBe('{}')
    world.clock.advance(1000)
    await world.call('PUT', '/request/200/status', { status: 'rejected' })
    expect(await on('2019-07-02...2019-07-02')).toContain('100010')
    expect(await on('2019-07-01...2019-07-01')).not.toContain('100010')
  })

  test('are those of the caller’s account', async () => {
    const world = setup()
    await world.call('PUT', '/request/198/status', { status: 'approved' })
    const answer = await world.call('GET', `${path}?minutes=5`, undefined, { apiKey: 'MOCKKEYAPPROVAL' })
    expect(answer.text).toBe('{}')
  })

  test.each([
    ['', 'required_param:minutes ~ minutes is a required parameter.'],
    ['minutes=', 'required_param:minutes ~ minutes is a required parameter.'],
    ['minutes=x', 'invalid_param:minutes ~ minutes is an invalid parameter.'],
    ['seconds=-1', 'invalid_param:seconds ~ seconds is an invalid parameter.'],
    ['minutes=10081', 'time_frame_too_long ~ The time frame is too long.'],
    ['seconds=604801', 'time_frame_too_long ~ The time frame is too long.'],
    ['filters[status_last_updated]=2019-06-01...2019-06-08', 'time_frame_too_long ~ The time frame is too long.'],
    ['filters[status_last_updated]=>2019-06-01', 'time_frame_too_long ~ The time frame is too long.'],
    [
      'filters[status_last_updated]=soon',
      'invalid_param:filters[status_last_updated] ~ filters[status_last_updated] is an invalid parameter.',
    ],
  ])('of %j are refused', async (query, expected) => {
    const { call } = setup()
    const answer = await call('GET', `${path}?${query}`)
    expect(answer.status).toBe(400)
    expect(errorsOf(answer)).toEqual([expected])
  })
})
