import { randomInt } from 'node:crypto'
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createDigicertMock } from '@certtwin/mock-digicert'
import { createManualClock } from '@certtwin/mock-kit'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { playCdnPro } from './isolation-cdnpro.ts'
import { digicertEntry, playDigicert } from './isolation-digicert.ts'

// One twin of each kind for 200 cases at once: each does random things in a world of its own, and a model says what it must see. What
// leaks from one world into another (data, time, faults, journal) is a difference.

const cases = 200
const steps = 10
const start = '2023-04-04T12:53:25Z'
/** Any run can be repeated by its number, which stands in the names of the tests. */
const seed = process.env['ISOLATION_SEED'] ?? String(randomInt(2 ** 31))

// All at once takes each of them about as long as all of them.
vi.setConfig({ maxConcurrency: cases, testTimeout: 60_000 })

const options = {
  accounts: 'open',
  clock: createManualClock(start),
  seed,
  journal: { entries: 100, bytes: 1024 * 1024 },
} as const
const twins = [createDigicertMock(options), createCdnProMock(options)] as const
let [urls, close]: [string[], () => Promise<unknown>] = [[], async () => {}]
let running = 0
let mostAtOnce = 0

beforeAll(async () => {
  const listening = await Promise.all(twins.map((twin) => twin.listen()))
  urls = listening.map(({ url }) => url)
  close = () => Promise.all(listening.map((each) => each.close()))
})
afterAll(() => close())

describe(`worlds of open twins (ISOLATION_SEED=${seed})`, () => {
  it.concurrent.each(Array.from({ length: cases }, (_, index) => index))('do not meet: case %i', async (index) => {
    mostAtOnce = Math.max(mostAtOnce, ++running)
    const startMs = Date.parse(start)
    const { apiKey, world } = digicertEntry(index)
    const calls = await Promise.all([
      playDigicert({ url: urls[0]!, world, startMs }, apiKey, `${seed}/digicert/${index}`, steps),
      playCdnPro({ url: urls[1]!, world: `case-${index}`, startMs }, `${seed}/cdnpro/${index}`, steps),
    ])
    expect(Math.min(...calls)).toBeGreaterThan(1)
    running -= 1
  })
})

describe('afterwards', () => {
  it('every case was in a world of its own, all at the same time, and nobody in the default one', () => {
    expect(mostAtOnce).toBe(cases)
    for (const twin of twins) {
      expect(twin.worlds()).toHaveLength(cases + 1)
      expect(twin.requests).toEqual([])
      expect(twin.clock.now()).toBe(Date.parse(start))
    }
  })
})
