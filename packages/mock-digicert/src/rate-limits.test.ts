import { describe, expect, test } from 'vitest'
import type { ProfileName } from './profiles.ts'
import { errorsOf, setup, type TestWorld } from './test-world.ts'

const list = '/order/certificate/100001/duplicate'
const refused = ['request_limit_exceeded ~ Service unavailable, please limit request volume']

/** Makes calls, so many every `everyMs`, and returns their statuses. */
async function burst({ call, clock }: TestWorld, count: number, everyMs = 0): Promise<number[]> {
  const statuses: number[] = []
  for (let done = 0; done < count; done += 1) {
    statuses.push((await call('GET', list)).status)
    clock.advance(everyMs)
  }
  return statuses
}

const countOf = (statuses: readonly number[], status: number): number =>
  statuses.filter((each) => each === status).length

describe.each<[ProfileName, number, number, number, number]>([
  ['2019', 1300, 3_600_000, 100, 10_000],
  ['2020', 1000, 300_000, 100, 5000],
  ['2024', 1000, 180_000, 100, 5000],
])('profile %s', (profile, longLimit, longMs, shortLimit, shortMs) => {
  test(`takes ${shortLimit} calls in ${shortMs} ms and refuses the next, until the window has moved`, async () => {
    const world = setup({ profile })
    expect(countOf(await burst(world, shortLimit), 200)).toBe(shortLimit)
    const answer = await world.call('GET', list)
    expect(answer.status).toBe(429)
    expect(errorsOf(answer)).toEqual(refused)
    expect(answer.headers.get('Retry-After')).toBeNull()
    expect(world.diagnosis()).toBe('rate-limited')
    world.clock.advance(shortMs - 1)
    expect((await world.call('GET', list)).status).toBe(429)
    world.clock.advance(1)
    expect((await world.call('GET', list)).status).toBe(200)
  })

  test(`takes ${longLimit} calls in ${longMs} ms and refuses the next, until the window has moved`, async () => {
    const world = setup({ profile })
    const everyMs = Math.ceil(shortMs / shortLimit) + 1
    expect(countOf(await burst(world, longLimit, everyMs), 200)).toBe(longLimit)
    expect((await world.call('GET', list)).status).toBe(429)
    world.clock.advance(longMs - longLimit * everyMs - 1)
    expect((await world.call('GET', list)).status).toBe(429)
    world.clock.advance(1)
    expect((await world.call('GET', list)).status).toBe(200)
    expect((await world.call('GET', list)).status).toBe(429)
  })
})

describe('what counts', () => {
  const rateLimits = [{ limit: 2, windowMs: 1000 }]

  test('refused calls do not, so that who polls recovers', async () => {
    const world = setup({ rateLimits })
    expect(await burst(world, 6, 500)).toEqual([200, 200, 200, 200, 200, 200])
    expect(await burst(world, 12, 250)).toEqual([200, 429, 200, 429, 200, 429, 200, 429, 200, 429, 200, 429])
  })

  test('each key for itself', async () => {
    const { call } = setup({ rateLimits })
    const statuses: number[] = []
    for (const apiKey of ['MOCKKEYADMIN', 'MOCKKEYADMIN', 'MOCKKEYADMIN', 'MOCKKEYFAST']) {
      statuses.push((await call('GET', list, undefined, { apiKey })).status)
    }
    expect(statuses).toEqual([200, 200, 429, 200])
  })

  test('calls without a valid key do not, calls to nowhere do', async () => {
    const { call } = setup({ rateLimits })
    await call('GET', list, undefined, { apiKey: 'nobody' })
    await call('GET', list, undefined, { apiKey: '' })
    expect((await call('GET', '/nowhere')).status).toBe(404)
    expect((await call('GET', '/nowhere')).status).toBe(404)
    expect((await call('GET', '/nowhere')).status).toBe(429)
  })

  test('every call is refused while a window is full, writes too, and changes nothing', async () => {
    const { call, duplicate, clock } = setup({ rateLimits })
    await duplicate()
    await duplicate()
    expect((await duplicate()).status).toBe(429)
    clock.advance(1000)
    expect((await call('GET', '/order/certificate/112233/duplicate')).text.match(/"sub_id"/g)).toHaveLength(2)
  })

  test('nothing, when the limits are off', async () => {
    const world = setup({ rateLimits: false })
    expect(countOf(await burst(world, 1500), 200)).toBe(1500)
  })

  test('a reset opens the windows', async () => {
    const world = setup({ rateLimits })
    expect(await burst(world, 3)).toEqual([200, 200, 429])
    world.mock.reset()
    expect(await burst(world, 3)).toEqual([200, 200, 429])
  })
})
