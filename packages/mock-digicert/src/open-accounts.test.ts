import * as fc from 'fast-check'
import { defaultWorld, isWorldName } from '@certtwin/mock-kit'
import { describe, expect, test } from 'vitest'
import { worldOfKey } from './open-accounts.ts'
import { apiKeys } from './seeds.ts'
import { errorsOf, member, setup as setupWorld, type TestWorld } from './test-world.ts'

const setup = (options: Parameters<typeof setupWorld>[0] = {}): TestWorld =>
  setupWorld({ accounts: 'open', ...options })
const list = ({ call }: TestWorld, apiKey: string, order = 112233): ReturnType<TestWorld['call']> =>
  call('GET', `/order/certificate/${order}/duplicate`, undefined, { apiKey })

/** Where a request with the key ended up, and as whom. */
async function visit(world: TestWorld, apiKey: string): Promise<{ world: string; account: unknown; status: number }> {
  const { status } = await list(world, apiKey)
  const entry = world.mock
    .worlds()
    .map((name) => world.mock.world(name).requests.at(-1))
    .find((each) => each !== undefined)
  return { world: entry!.world.replace(/^key-[0-9a-f]{16}$/, own), account: entry!.account, status }
}

/** Stands for a world that is named after a hash of the key. */
const own = 'of its own'
const long = 'x'.repeat(64)

describe('a key', () => {
  test.each(apiKeys)('of the seeds, $apiKey, is at home in the default world', async ({ apiKey, userId }) => {
    expect(await visit(setup(), apiKey)).toMatchObject({ world: 'default', account: String(userId) })
  })

  test.each(apiKeys)('with a suffix, $apiKey.abc, opens that world as the same user', async ({ apiKey, userId }) => {
    expect(await visit(setup(), `${apiKey}.abc`)).toMatchObject({ world: 'abc', account: String(userId) })
  })

  test.each([
    [`MOCKKEYMANAGER.${long}`, long, '125040'],
    ['MOCKKEYSTANDARD.key-0', 'key-0', '125041'],
    [`MOCKKEYSTANDARD.${long}x`, own, '125039'],
    ['MOCKKEYSTANDARD.', own, '125039'],
    ['MOCKKEYSTANDARD.a b', own, '125039'],
    ['MOCKKEYSTANDARD.a.b', own, '125039'],
    ['.abc', own, '125039'],
    ['mockkeystandard', own, '125039'],
    ['anything', own, '125039'],
    ['anything.abc', own, '125039'],
  ])('%s opens the world %s', async (apiKey, world, account) => {
    expect(await visit(setup(), apiKey)).toEqual({ world, account, status: 200 })
  })

  test('cannot have the default world as its suffix, and a missing one opens nothing', async () => {
    const world = setup()
    expect(await visit(world, 'MOCKKEYADMIN.default')).toEqual({ world: 'default', account: undefined, status: 403 })
    expect(world.diagnosis()).toBe('key-unknown')
    await list(world, '')
    expect(world.diagnosis()).toBe('key-missing')
    expect(world.mock.worlds()).toEqual(['default'])
  })

  test('keeps its restriction and its account in the world that it opens', async () => {
    const world = setup()
    const body = { status: 'approved' }
    const decide = (apiKey: string): ReturnType<TestWorld['call']> =>
      world.call('PUT', '/request/199/status', body, { apiKey })
    expect(errorsOf(await decide('MOCKKEYVIEWONLY.abc'))[0]).toMatch(/missing_permission/)
    expect(errorsOf(await decide('MOCKKEYSTANDARD.abc'))[0]).toMatch(/invalid_approver/)
    expect((await decide('MOCKKEYAPPROVAL.abc')).status).toBe(404)
    expect((await decide('MOCKKEYMANAGER.abc')).status).toBe(204)
  })

  test('opens nothing where accounts are seeded', async () => {
    const world = setup({ accounts: 'seeded' })
    for (const apiKey of ['MOCKKEYADMIN.abc', 'anything']) expect((await list(world, apiKey)).status).toBe(403)
    expect(world.mock.worlds()).toEqual(['default'])
  })
})

describe('a planted key', () => {
  const planted = { apiKeys: [{ apiKey: 'planted.key', userId: 125041 }] }

  test('of the default world is at home there, and unknown in others that do not have it', async () => {
    const world = setup()
    world.mock.seed(planted)
    expect(await visit(world, 'planted.key')).toMatchObject({ world: 'default', account: '125041' })
    expect((await list(world, 'planted.key.abc')).status).toBe(403)
    expect(world.mock.world('abc').requests).toMatchObject([{ diagnosis: 'key-unknown' }])
    world.mock.world('abc').seed(planted)
    expect((await list(world, 'planted.key.abc')).status).toBe(200)
  })

  test('of one world opens it with its suffix', async () => {
    const world = setup()
    world.mock.world('abc').seed(planted)
    expect((await list(world, 'planted.key.abc')).status).toBe(200)
    expect(world.mock.world('abc').requests).toMatchObject([{ account: '125041' }])
    expect(await visit(setup(), 'planted.key.abc')).toMatchObject({ world: own, account: '125039' })
  })

  test('that every world begins with opens them all', async () => {
    const world = setup({ beginWith: [planted] })
    expect(await visit(world, 'planted.key.abc')).toMatchObject({ world: 'abc', account: '125041' })
    world.mock.world('abc').reset()
    expect((await list(world, 'planted.key.abc')).status).toBe(200)
  })
})

describe('worlds', () => {
  test('of any two keys are two, and their names tell neither', () => {
    const unknown = { apiKeys: new Map() } as unknown as Parameters<typeof worldOfKey>[1]
    const key = fc.stringMatching(/^[!-~]{8,40}$/)
    fc.assert(
      fc.property(key, key, (one, other) => {
        const [first, second] = [one, other].map((each) => worldOfKey(each, unknown, () => undefined))
        expect(isWorldName(first!)).toBe(true)
        expect(first).not.toContain(one)
        expect(first === second).toBe(one === other)
      }),
    )
  })

  test('of seed keys and suffixes are those of the suffixes', () => {
    const known = { apiKeys: new Map(apiKeys.map((key) => [key.apiKey, key])) } as unknown as Parameters<
      typeof worldOfKey
    >[1]
    const suffix = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/)
    fc.assert(
      fc.property(fc.constantFrom(...apiKeys), suffix, ({ apiKey }, world) => {
        expect(worldOfKey(`${apiKey}.${world}`, known, () => undefined)).toBe(world)
        expect(worldOfKey(apiKey, known, () => undefined)).toBe(defaultWorld)
      }),
    )
  })

  test('share no data, not even the ids that are next', async () => {
    const world = setup()
    for (const apiKey of ['MOCKKEYADMIN', 'MOCKKEYADMIN.abc', 'own key']) {
      expect((await world.duplicate({}, 112233, { apiKey })).text).toBe('{"id":112233,"requests":[{"id":332211}]}')
    }
    world.mock.world('abc').act('decide-request', { request: 332211, status: 'approved' })
    const statuses = ['MOCKKEYADMIN', 'MOCKKEYADMIN.abc', 'own key'].map(async (apiKey) =>
      member(await list(world, apiKey), 'certificates', 0, 'status'),
    )
    expect(await Promise.all(statuses)).toEqual(['pending', 'approved', 'pending'])
  })

  test('differ in what is random, and repeat it', async () => {
    const serial = async (world: TestWorld, apiKey: string): Promise<unknown> =>
      member(await list(world, apiKey, 100003), 'certificates', 0, 'serial_number')
    const [first, second] = [setup(), setup()]
    expect(await serial(first, 'MOCKKEYADMIN.abc')).toBe(await serial(second, 'MOCKKEYADMIN.abc'))
    expect(await serial(first, 'MOCKKEYADMIN.abc')).not.toBe(await serial(first, 'MOCKKEYADMIN'))
  })

  test('have a clock each', async () => {
    const world = setup()
    for (const apiKey of ['MOCKKEYADMIN.abc', 'MOCKKEYADMIN.other']) await list(world, apiKey)
    world.mock.world('abc').advance('300d')
    const expired = await world.duplicate({}, 112233, { apiKey: 'MOCKKEYADMIN.abc' })
    expect(errorsOf(expired)[0]).toMatch(/^order_is_expired /)
    expect((await world.duplicate()).status).toBe(201)
    expect((await world.duplicate({}, 112233, { apiKey: 'MOCKKEYADMIN.other' })).status).toBe(201)
  })

  test('have rate windows each', async () => {
    const world = setup({ rateLimits: [{ limit: 1, windowMs: 1000 }] })
    const calls = ['MOCKKEYADMIN', 'MOCKKEYADMIN.abc', 'own', 'MOCKKEYADMIN', 'MOCKKEYADMIN.abc', 'own']
    const statuses: number[] = []
    for (const apiKey of calls) statuses.push((await list(world, apiKey)).status)
    expect(statuses).toEqual([200, 200, 200, 429, 429, 429])
    world.mock.world('abc').advance(1000)
    expect((await list(world, 'MOCKKEYADMIN.abc')).status).toBe(200)
    expect((await list(world, 'MOCKKEYADMIN')).status).toBe(429)
  })

  test('have a journal and faults each, and are reset each', async () => {
    const world = setup()
    const keys = ['MOCKKEYADMIN', 'MOCKKEYADMIN.abc', 'MOCKKEYADMIN.other']
    for (const apiKey of keys) await world.duplicate({}, 112233, { apiKey })
    world.mock.world('abc').faults.add({ kind: 'error', status: 503 })
    expect((await list(world, 'MOCKKEYADMIN.abc')).status).toBe(503)
    expect((await list(world, 'MOCKKEYADMIN.other')).status).toBe(200)
    world.mock.world('abc').reset()
    expect((await list(world, 'MOCKKEYADMIN.abc')).text).toBe('{}')
    expect(world.mock.world('abc').requests).toHaveLength(1)
    expect(world.mock.world('other').requests).toHaveLength(2)
    expect(member(await list(world, 'MOCKKEYADMIN.other'), 'certificates', 'length')).toBe(1)
  })

  test('are seeded each', async () => {
    const world = setup()
    const orders = [{ id: 5, product: 'ssl_basic', commonName: 'planted.example', container: 14 }]
    world.mock.world('abc').seed({ orders })
    expect((await list(world, 'MOCKKEYADMIN.abc', 5)).status).toBe(200)
    expect((await list(world, 'MOCKKEYADMIN', 5)).status).toBe(404)
    expect((await list(world, 'MOCKKEYAPPROVAL.abc', 5)).status).toBe(404)
  })
})

test('a key that opened a world of its own shows in nothing that the twin tells', async () => {
  const canary = 'canary-key-0f9e8d7c6b5a'
  const world = setup()
  await world.duplicate({}, 112233, { apiKey: canary })
  const [, name] = world.mock.worlds()
  const told = [
    world.mock.worlds(),
    world.mock.health(),
    world.mock.world(name).requests,
    world.mock.world(name).snapshot(),
  ]
  expect(world.mock.world(name).requests).toHaveLength(1)
  for (const encode of [String, btoa, encodeURIComponent, (text: string) => Buffer.from(text).toString('hex')]) {
    expect(JSON.stringify(told)).not.toContain(encode(canary))
  }
})
