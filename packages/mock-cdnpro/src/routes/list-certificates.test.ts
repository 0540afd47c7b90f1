import { describe, expect, test } from 'vitest'
import { type Answer, setup, type TestClient } from '../test-client.ts'

interface Entry {
  readonly certificateId: string
  readonly name: string
}

const list = (client: TestClient, query = ''): Promise<Answer> => client.call(`/cdn/certificates${query}`)
const namesIn = ({ json }: Answer): string[] => (json as { certificates: Entry[] }).certificates.map(({ name }) => name)
const namesFor = async (client: TestClient, query: string): Promise<string> =>
  namesIn(await list(client, query)).join(' ')

test('an entry has the members of the documented example, in its order', async () => {
  const client = setup()
  client.clock.set('2023-04-04T00:00:00Z')
  client.mock.reset()
  const { status, text } = await list(client, '?search=shop')
  expect(status).toBe(200)
  expect(text).toBe(
    '{"count":1,"certificates":[{"certificateId":"642c1dc50000000000000a02","name":"shop-rsa","versionInProduction":2,' +
      '"versionInStaging":3,"latestVersion":3,"autoRenew":"Off","forceRenew":false,"creationTime":"2021-12-30T00:00:00Z",' +
      '"expirationTime":"2024-04-01T00:00:00Z","lastUpdateTime":"2023-04-02T00:00:00Z",' +
      '"productionExpirationTime":"2023-12-25T00:00:00Z","stagingExpirationTime":"2024-04-01T00:00:00Z"}]}',
  )
})

test('the native door and generation current show more of an entry', async () => {
  const [{ json: native }, { json: current }] = await Promise.all([
    list(setup({ door: 'native' }), '?search=shop'),
    list(setup({ generation: 'current' }), '?search=shop'),
  ])
  expect(Object.keys((native as { certificates: object[] }).certificates[0]!).slice(4, 7)).toEqual([
    'latestVersion',
    'owner',
    'autoRenew',
  ])
  expect(native).toMatchObject({ certificates: [{ owner: 20_001_001 }] })
  expect(Object.keys((current as { certificates: object[] }).certificates[0]!).slice(6, 9)).toEqual([
    'forceRenew',
    'caOnly',
    'creationTime',
  ])
})

describe('the list', () => {
  test('is that of the customer, what was changed last before the rest', async () => {
    const client = setup()
    const names = 'shop-rsa lab-selfsigned escaped-names api-ecc www-auto legacy-rsa4096 seed-example'
    expect(await namesFor(client, '')).toBe(names)
    await client.call('/cdn/certificates/9fddeb2fea3ed5b52d89d81d', { method: 'PATCH', body: { description: 'new' } })
    expect((await namesFor(client, '')).startsWith('seed-example shop-rsa')).toBe(true)
    const other = { username: 'other_username', apiKey: 'other_apiKey' }
    expect(namesIn(await client.call('/cdn/certificates', other))).toEqual(['other-tenant'])
  })

  test.each([
    ['?search=A', 'shop-rsa lab-selfsigned escaped-names api-ecc www-auto legacy-rsa4096 seed-example'],
    ['?search=RSA', 'shop-rsa legacy-rsa4096'],
    ['?search=%25', ''],
    ['?target=', 'shop-rsa lab-selfsigned escaped-names api-ecc www-auto legacy-rsa4096 seed-example'],
    ['?target=all', 'shop-rsa api-ecc www-auto legacy-rsa4096'],
    ['?target=staging', 'shop-rsa api-ecc www-auto'],
    ['?target=production', 'shop-rsa api-ecc www-auto legacy-rsa4096'],
    ['?autoRenew=LE', 'www-auto'],
    ['?autoRenew=oFF&target=all', 'shop-rsa api-ecc legacy-rsa4096'],
    ['?limit=2', 'shop-rsa lab-selfsigned'],
    ['?offset=5&limit=200', 'legacy-rsa4096 seed-example'],
    ['?offset=7', ''],
    ['?offset=999999999999999999999', ''],
    ['?sortBy=creationTime&sortOrder=asc&limit=3', 'seed-example shop-rsa legacy-rsa4096'],
    ['?sortBy=expirationTime&limit=2', 'shop-rsa escaped-names'],
    [
      '?sortBy=productionExpirationTime&sortOrder=asc',
      'legacy-rsa4096 www-auto shop-rsa api-ecc lab-selfsigned escaped-names seed-example',
    ],
    [
      '?sortBy=productionExpirationTime',
      'api-ecc shop-rsa www-auto legacy-rsa4096 lab-selfsigned escaped-names seed-example',
    ],
    ['?search=rsa&search=auto', 'shop-rsa legacy-rsa4096'],
    ['?caOnly=true&limit=1', 'shop-rsa'],
  ])('%s gives %j', async (query, names) => {
    expect(await namesFor(setup(), query)).toBe(names)
  })

  test('counts all that pass the filters, whatever the page', async () => {
    const { json } = await list(setup(), '?target=all&offset=1&limit=1')
    expect(json).toMatchObject({ count: 4, certificates: [{ name: 'api-ecc' }] })
    expect((await list(setup(), '?offset=99')).json).toEqual({ count: 7, certificates: [] })
  })

  test('has authorities in place of the others where that is asked for, without times of expiry', async () => {
    const client = setup({ generation: 'current' })
    expect(await namesFor(client, '')).not.toContain('client-ca')
    const { json } = await list(client, '?caOnly=true')
    expect(json).toEqual({
      count: 1,
      certificates: [
        {
          certificateId: '642c1dc50000000000000a08',
          name: 'client-ca',
          latestVersion: 1,
          autoRenew: 'Off',
          forceRenew: false,
          caOnly: true,
          creationTime: '2023-02-13T12:53:25Z',
          lastUpdateTime: '2023-02-13T12:53:25Z',
        },
      ],
    })
  })
})

describe('what cannot be read is refused:', () => {
  const sortText = "The valid sort by values for this endpoint are 'creationTime', 'lastUpdateTime', 'expirationTime'."
  const sortTextOfAuthorities =
    "The valid sort by values for this endpoint are 'creationTime', lastUpdateTime' when caOnly=true is specified."

  test.each([
    ['offset=-1', 'InvalidListOffset', 'The offset must be a valid non-negative integer.'],
    ['offset=x', 'InvalidListOffset', 'The offset must be a valid non-negative integer.'],
    ['limit=0', 'InvalidListLimit', 'The value of limit should be between 1 and 200, inclusive.'],
    ['limit=201', 'InvalidListLimit', 'The value of limit should be between 1 and 200, inclusive.'],
    ['limit=1.5', 'InvalidListLimit', 'The value of limit should be an integer.'],
    [
      'target=Staging',
      'InvalidTarget',
      'Invalid target query parameter. Only "all", "staging", or "production" are allowed.',
    ],
    ['autoRenew=le', 'InvalidAutoRenew', "The value 'le' of autoRenew is invalid. Only 'LE' and 'Off' are allowed."],
    ['sortBy=name', 'InvalidSortBy', sortText],
    ['sortBy=toString', 'InvalidSortBy', sortText],
    ['sortOrder=up', 'InvalidSortOrder', 'The valid sort order values are asc and desc.'],
  ])('%s', async (query, code, message) => {
    const answer = await list(setup(), `?${query}`)
    expect(answer).toMatchObject({ status: 400, text: JSON.stringify({ code, message }) })
  })

  test.each([
    [
      'target=moon',
      'InvalidTarget',
      "An invalid target was specified. It must be either 'staging', 'production', 'all', or left empty.",
    ],
    ['caOnly=true&sortBy=expirationTime', 'InvalidSortBy', sortTextOfAuthorities],
    ['caOnly=1', 'InvalidInput', "Invalid field 'caOnly'."],
  ])('%s, in words of generation current', async (query, code, message) => {
    const answer = await list(setup({ generation: 'current' }), `?${query}`)
    expect(answer).toMatchObject({ status: 400, text: JSON.stringify({ code, message }) })
  })
})

describe('the time of the last change', () => {
  const lab = '/cdn/certificates/642c1dc50000000000000a04'
  const timesOf = async (client: TestClient): Promise<unknown> =>
    ((await list(client, '?search=lab')).json as { certificates: object[] }).certificates[0]
  const created = '2023-03-15T12:53:25Z'

  test.each([
    ['new settings', { description: 'new' }, '2023-04-04T13:53:25Z'],
    ['a new version', { newVersion: { certificate: 'GENERATE', privateKey: 'ECC256' } }, '2023-04-04T13:53:25Z'],
    [
      'the settings that it has',
      { name: 'lab-selfsigned', description: '', forceRenew: false },
      '2023-04-01T12:53:25Z',
    ],
    ['nothing', {}, '2023-04-01T12:53:25Z'],
    ['nulls', { description: null, newVersion: null }, '2023-04-01T12:53:25Z'],
    ['what is refused', { description: 'new', name: '' }, '2023-04-01T12:53:25Z'],
  ])('after %s', async (_, body, lastUpdateTime) => {
    const client = setup()
    client.clock.advance('1h')
    await client.call(lab, { method: 'PATCH', body })
    expect(await timesOf(client)).toMatchObject({ creationTime: created, lastUpdateTime })
  })

  test('does not move with a deployment', async () => {
    const client = setup()
    const actions = [{ action: 'deploy_cert', certificateId: lab.slice(-24), version: 2 }]
    await client.call('/cdn/deploymentTasks', { method: 'POST', body: { target: 'staging', actions } })
    client.clock.advance('1h')
    expect(await timesOf(client)).toMatchObject({
      versionInStaging: 2,
      stagingExpirationTime: '2023-04-11T12:53:25Z',
      lastUpdateTime: '2023-04-01T12:53:25Z',
    })
  })
})
