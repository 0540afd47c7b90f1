import * as fc from 'fast-check'
import { defaultWorld } from '@certtwin/mock-kit'
import { describe, expect, test } from 'vitest'
import { nameInWorld, usernames, worldOfName } from './open-accounts.ts'
import { seedAccounts } from './seeds.ts'
import { makeCertificate, setup as setupClient, type TestClient, uploadBody } from './test-client.ts'

const setup = (options: Parameters<typeof setupClient>[0] = {}): TestClient =>
  setupClient({ accounts: 'open', ...options })
const shop = '642c1dc50000000000000a02'
const shopPath = `/cdn/certificates/${shop}`
const asUser = (username: string, apiKey = 'example_apiKey'): { username: string; apiKey: string } => ({
  username,
  apiKey,
})
const abc = asUser('example_username.abc')

/** Where a request of the user ended up, as whom, and how. */
async function visit(client: TestClient, username: string, apiKey?: string): Promise<object> {
  const { status } = await client.call(shopPath, asUser(username, apiKey))
  const entry = client.mock
    .worlds()
    .map((name) => client.mock.world(name).requests.at(-1))
    .find((each) => each !== undefined)
  return { world: entry!.world, account: entry!.account, diagnosis: entry!.diagnosis, status }
}

const long = 'x'.repeat(64)
const unknown = { world: 'default', account: undefined, diagnosis: 'user-unknown', status: 401 }

describe('a user', () => {
  test.each(seedAccounts)('of the seeds, $username, is at home in the default world', async (seed) => {
    const { username, apiKey } = seed
    expect(await visit(setup(), username, apiKey)).toMatchObject({ world: 'default', account: username })
  })

  test.each(seedAccounts)('with a suffix, $username.abc, opens that world as the same user', async (seed) => {
    const { username, apiKey } = seed
    expect(await visit(setup(), `${username}.abc`, apiKey)).toMatchObject({ world: 'abc', account: username })
  })

  test('signs with the key of the seed there, and with no other', async () => {
    expect(await visit(setup(), 'example_username.abc', 'other_apiKey')).toMatchObject({
      world: 'abc',
      diagnosis: 'key-wrong',
      status: 401,
    })
  })

  test('can have a long suffix', async () => {
    expect(await visit(setup(), `example_username.${long}`)).toMatchObject({ world: long, status: 200 })
  })

  test.each([
    `example_username.${long}x`,
    'example_username.',
    'example_username.a b',
    'example_username.a.b',
    'example_username.ä',
    'example_username.default',
    '.abc',
    'Example_username.abc',
    'nobody',
    'nobody.abc',
  ])('%s is unknown in the default world, and opens none', async (username) => {
    const client = setup()
    expect(await visit(client, username)).toEqual(unknown)
    expect(client.mock.worlds()).toEqual(['default'])
  })

  test('has the rights there that it has at home', async () => {
    const { call, mock } = setup()
    const change = { method: 'PATCH', body: { description: 'x' } }
    await call(shopPath, { ...change, ...asUser('readonly_username.abc', 'readonly_apiKey') })
    await call(shopPath, asUser('other_username.abc', 'other_apiKey'))
    await call(shopPath, asUser('unprovisioned_username.abc', 'unprovisioned_apiKey'))
    expect(mock.world('abc').requests.map(({ status, diagnosis }) => [status, diagnosis])).toEqual([
      [403, 'account-read-only'],
      [404, 'unknown-certificate'],
      [403, 'account-not-provisioned'],
    ])
  })

  test('opens nothing where accounts are seeded', async () => {
    expect(await visit(setup({ accounts: 'seeded' }), 'example_username.abc')).toEqual(unknown)
  })
})

describe('a planted user', () => {
  const user = { username: 'planted.user', apiKey: 'planted_apiKey', customerId: 20_001_001 }
  const planted = { users: [user] }
  const suffixed = asUser('planted.user.abc', user.apiKey)

  test('of the default world is at home there, and unknown in others that do not have it', async () => {
    const { mock, call } = setup()
    mock.seed(planted)
    expect((await call(shopPath, user)).status).toBe(200)
    expect((await call(shopPath, suffixed)).status).toBe(401)
    expect(mock.world('abc').requests).toMatchObject([{ diagnosis: 'user-unknown' }])
    mock.world('abc').seed(planted)
    expect((await call(shopPath, suffixed)).status).toBe(200)
  })

  test('of one world opens it with its suffix, and signs with its own key', async () => {
    const { mock, call } = setup()
    mock.world('abc').seed(planted)
    expect((await call(shopPath, suffixed)).status).toBe(200)
    expect((await call(shopPath, { ...suffixed, apiKey: 'wrong' })).status).toBe(401)
    expect(mock.world('abc').requests.map(({ account }) => account)).toEqual(['planted.user', undefined])
    expect((await call(shopPath, user)).diagnosis).toBe('user-unknown')
  })

  test('whose name has the suffix of a world is at home where it was planted', async () => {
    const own = { ...user, username: 'example_username.abc' }
    const client = setup()
    client.mock.world('abc').seed({ users: [own] })
    expect(await visit(client, own.username, own.apiKey)).toMatchObject({ world: 'abc', account: own.username })
    client.mock.seed({ users: [own] })
    expect(await visit(client, own.username, own.apiKey)).toMatchObject({ world: 'default', account: own.username })
  })

  test('that every world begins with opens them all', async () => {
    const { mock, call } = setup({ beginWith: [planted] })
    expect((await call(shopPath, suffixed)).status).toBe(200)
    mock.world('abc').reset()
    expect((await call(shopPath, suffixed)).status).toBe(200)
  })
})

test('any name and suffix lead to one world and back to one name', () => {
  const users = new Map(seedAccounts.map((account) => [account.username, account]))
  const known = { users } as unknown as Parameters<typeof worldOfName>[2]
  const base = fc.oneof(fc.constantFrom(...users.keys()), fc.string({ maxLength: 20 }))
  const suffix = fc.oneof(fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/), fc.string({ maxLength: 5 }))
  fc.assert(
    fc.property(base, suffix, (name, end) => {
      const username = `${name}.${end}`
      const world = worldOfName(username, usernames, known, () => undefined)
      const isOpening = users.has(name) && /^[A-Za-z0-9_-]{1,64}$/.test(end)
      expect(world).toBe(isOpening ? end : defaultWorld)
      expect(nameInWorld({ name: world, state: known }, usernames, username)).toBe(
        isOpening && end !== defaultWorld ? name : username,
      )
    }),
  )
})

describe('worlds', () => {
  test('take signatures and private keys of the user that opened them, under the key of the seed', async () => {
    const client = setup()
    const body = uploadBody(makeCertificate(), client.date())
    const created = await client.call('/cdn/certificates', { method: 'POST', body, ...abc })
    expect(created.status).toBe(201)
    const path = new URL(created.headers.get('location')!).pathname
    expect((await client.call(path, abc)).json).toMatchObject({ name: 'uploaded' })
    expect((await client.call(path)).status).toBe(404)
    expect((await client.call(path, asUser('readonly_username.abc', 'readonly_apiKey'))).status).toBe(200)
    expect((await client.call(path, asUser('other_username.abc', 'other_apiKey'))).status).toBe(404)
  })

  test('have a clock each, which their signatures have to be near to', async () => {
    const client = setup()
    await client.call(shopPath, abc)
    client.mock.world('abc').advance('16m')
    const late = await client.call(shopPath, abc)
    expect(late.status).toBe(401)
    expect(late.headers.get('date')).toBe('Tue, 04 Apr 2023 13:09:25 GMT')
    expect(client.mock.world('abc').requests.at(-1)?.diagnosis).toBe('date-skew: -960 s')
    expect((await client.call(shopPath, { ...abc, date: 'Tue, 04 Apr 2023 13:09:25 GMT' })).status).toBe(200)
    expect((await client.call(shopPath)).status).toBe(200)
    expect((await client.call(shopPath, asUser('example_username.other'))).status).toBe(200)
  })

  test('have deployment tasks each, which go by the clock of their world', async () => {
    const client = setup()
    const actions = [{ action: 'deploy_cert', certificateId: shop, version: 3 }]
    const body = { target: 'production', actions }
    for (const user of [abc, {}]) await client.call('/cdn/deploymentTasks', { method: 'POST', body, ...user })
    client.mock.world('abc').advance('1m')
    const isLive = async (sending: object): Promise<unknown> =>
      ((await client.call(`${shopPath}/versions/3`, sending)).json as { inProduction: boolean }).inProduction
    expect([await isLive(abc), await isLive({}), await isLive(asUser('example_username.other'))]).toEqual([
      true,
      false,
      false,
    ])
  })

  test('have rate windows each', async () => {
    const { call, mock } = setup({ rateLimits: [{ limit: 1, windowMs: 1000 }] })
    const statuses: number[] = []
    for (const user of [{}, abc, {}, abc]) statuses.push((await call(shopPath, user)).status)
    expect(statuses).toEqual([200, 200, 429, 429])
    mock.world('abc').advance(1000)
    expect((await call(shopPath, abc)).status).toBe(200)
    expect((await call(shopPath)).status).toBe(429)
  })

  test('have a journal and faults each, and are reset each', async () => {
    const { call, mock } = setup()
    const other = asUser('example_username.other')
    for (const user of [{}, abc, other]) {
      await call(shopPath, { method: 'PATCH', body: { description: 'changed' }, ...user })
    }
    mock.world('abc').faults.add({ kind: 'error', status: 503 })
    expect([(await call(shopPath, abc)).status, (await call(shopPath, other)).status]).toEqual([503, 200])
    mock.world('abc').reset()
    expect((await call(shopPath, abc)).json).toMatchObject({ description: 'three versions, three deployment pictures' })
    expect((await call(shopPath, other)).json).toMatchObject({ description: 'changed' })
    expect(mock.world('abc').requests).toHaveLength(1)
    expect(mock.world('other').requests).toHaveLength(3)
  })

  test('are seeded each', async () => {
    const { call, mock } = setup()
    const id = '00000000000000000000aa01'
    const versions = [{ certificate: makeCertificate().pem }]
    mock.world('abc').seed({ certificates: [{ id, customerId: 20_001_001, name: 'planted', versions }] })
    expect((await call(`/cdn/certificates/${id}`, abc)).status).toBe(200)
    expect((await call(`/cdn/certificates/${id}`)).status).toBe(404)
  })
})
