import { describe, expect, test } from 'vitest'
import { setup, type TestClient } from '../test-client.ts'

const lab = '642c1dc50000000000000a04'
const path = '/cdn/deploymentTasks'
const taskId = (end: string): string => `3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4${end}`

/** The ends of the ids of the tasks that a query finds; those that were submitted in the test have their names. */
async function found({ call }: TestClient, query = ''): Promise<string[]> {
  const { status, text, json } = await call(`${path}?${query}`)
  if (status !== 200) throw new Error(text)
  const { deploy } = json as { deploy: { id: string; name?: string }[] }
  return deploy.map(({ id, name }) => name ?? id.slice(-3))
}

async function submit({ call }: TestClient, name: string, target: string, ...actions: object[]): Promise<void> {
  const { status, text } = await call(path, { method: 'POST', body: { name, target, actions } })
  if (status !== 201) throw new Error(text)
}

const deployLab = { action: 'deploy_cert', certificateId: lab, version: 2 }
const moveShop = { action: 'deploy_property', propertyId: '642c1dc50000000000000b01', version: 2 }
const removeApi = { action: 'remove_property', propertyId: '642c1dc50000000000000b02' }

describe('the list of tasks', () => {
  test('shows them as the vendor does, the last finished first', async () => {
    const { call } = setup()
    const { text, diagnosis } = await call(`${path}?limit=1`)
    expect(text).toBe(
      `{"deploy":[{"id":"${taskId('e02')}","submissionTime":"2023-04-03T12:53:25Z","finishTime":"2023-04-03T12:56:09Z",` +
        '"status":"succeeded","target":"staging","apiRequestId":"4a8bf4acee23cee0"}],"count":3}',
    )
    expect(diagnosis).toBeUndefined()
  })

  test('tells the customer of each at the native door alone', async () => {
    const { call } = setup({ door: 'native' })
    const { text } = await call(`${path}?limit=1`)
    expect(text).toContain('"apiRequestId":"4a8bf4acee23cee0","customerId":20001001}')
  })

  test.each([
    ['2023', 'in progress'],
    ['current', 'inprogress'],
  ] as const)('spells a task at work in generation %s as %j', async (generation, status) => {
    const client = setup({ generation })
    await submit(client, 'lab', 'staging', deployLab)
    client.clock.advance(5000)
    const { json } = await client.call(`${path}?limit=1`)
    expect(json).toMatchObject({ deploy: [{ name: 'lab', status }], count: 4 })
    expect((json as { deploy: object[] }).deploy[0]).not.toHaveProperty('finishTime')
  })

  test('is that of the customer', async () => {
    const client = setup()
    const other = { username: 'other_username', apiKey: 'other_apiKey' }
    expect((await client.call(path, other)).json).toEqual({ deploy: [], count: 0 })
  })
})

describe('the filters', () => {
  async function world(): Promise<TestClient> {
    const client = setup()
    await submit(client, 'Lab To Staging', 'staging', deployLab)
    client.clock.advance(500)
    await submit(client, 'sites', 'production', moveShop, removeApi)
    return client
  }

  test.each([
    ['', ['sites', 'Lab To Staging', 'e02', 'e03', 'e01']],
    ['target=production', ['sites', 'e01']],
    ['target=staging', ['Lab To Staging', 'e02', 'e03']],
    ['target=', ['sites', 'Lab To Staging', 'e02', 'e03', 'e01']],
    [`certificateId=${lab}`, ['Lab To Staging', 'e03']],
    [`certificateId=${lab}&target=production`, []],
    ['certificateId=642c1dc50000000000000b01', []],
    ['propertyId=642c1dc50000000000000b01', ['sites']],
    [`propertyId=${lab}`, []],
    ['search=TO+stag', ['Lab To Staging']],
    ['search=shop.EXAMPLE', ['sites']],
    ['search=api.example.com', ['sites']],
    ['search=lab.example', []],
    ['search=nothing', []],
    [`taskIds=${taskId('e01')}`, ['e01']],
    [`taskIds=${taskId('e01')},%20${taskId('e03')},x`, ['e03', 'e01']],
    ['startdate=2023-03-16T12:53:25Z', ['sites', 'Lab To Staging', 'e02', 'e03']],
    ['startdate=2023-03-16T12:53:26Z', ['sites', 'Lab To Staging', 'e02']],
    ['enddate=2023-03-16T12:53:25Z', ['e03', 'e01']],
    ['enddate=2023-03-16T12:53:24Z', ['e01']],
    ['startdate=2023-03-01T00:00:00Z&enddate=2023-04-01T00:00:00Z', ['e03']],
    ['startdate=2023-04-04T12:53:26Z', []],
  ])('%j finds %j', async (query, expected) => {
    expect(await found(await world(), query)).toEqual(expected)
  })

  test('count a fraction of a second to its second, as the times that are shown do', async () => {
    const client = setup()
    client.clock.advance(999)
    await submit(client, 'late', 'staging', deployLab)
    expect(await found(client, 'startdate=2023-04-04T12:53:25Z&enddate=2023-04-04T12:53:25Z')).toEqual(['late'])
  })

  test.each([
    ['waiting', ['third']],
    ['inprogress', ['second']],
    ['succeeded', ['first', 'e02', 'e01']],
    ['failed', ['e03']],
  ])('status=%s finds %j in generation current', async (status, expected) => {
    const client = setup({ generation: 'current' })
    await submit(client, 'first', 'staging', deployLab)
    client.clock.advance(10_000)
    await submit(client, 'second', 'staging', moveShop)
    client.clock.advance(10_000)
    await submit(client, 'third', 'staging', removeApi)
    client.clock.advance(2000)
    expect(await found(client, `status=${status}`)).toEqual(expected)
  })

  test('know no status in generation 2023, and say so in the journal', async () => {
    const { call } = setup()
    expect(await call(`${path}?status=lost`)).toMatchObject({
      status: 200,
      json: { count: 3 },
      diagnosis: 'unknown-query: status',
    })
  })
})

describe('the order', () => {
  async function world(): Promise<TestClient> {
    const client = setup()
    await submit(client, 'one', 'staging', deployLab)
    client.clock.advance(1000)
    await submit(client, 'two', 'production', deployLab)
    client.mock.act('finish-tasks')
    client.clock.advance(1000)
    await submit(client, 'three', 'staging', deployLab)
    await submit(client, 'four', 'production', deployLab)
    return client
  }
  const latest = ['four', 'three', 'two', 'one', 'e02', 'e03', 'e01']

  test.each(['', 'sortBy=finishTime', 'sortOrder=desc', 'sortBy=submissionTime'])(
    '%j has what is not over first, and what ended at the same time by its submission',
    async (query) => {
      const names = await found(await world(), query)
      // Two that were submitted at the same moment stand by their ids.
      expect([...names.slice(0, 2).toSorted(), ...names.slice(2)]).toEqual(latest)
    },
  )

  test.each(['sortOrder=asc', 'sortBy=submissionTime&sortOrder=asc'])('%j is the other way round', async (query) => {
    const names = await found(await world(), query)
    expect([...names.slice(0, 5), ...names.slice(5).toSorted().toReversed()]).toEqual(latest.toReversed())
  })

  test('differs where tasks took longer than others', async () => {
    const client = setup()
    await submit(client, 'slow', 'staging', deployLab)
    client.clock.advance(1000)
    await submit(client, 'quick', 'production', deployLab)
    client.mock.act('finish-tasks', { id: await idOf(client, 'quick') })
    client.clock.advance('1h')
    expect(await found(client, 'sortBy=submissionTime&limit=2')).toEqual(['quick', 'slow'])
    expect(await found(client, 'sortBy=finishTime&limit=2')).toEqual(['slow', 'quick'])
  })
})

async function idOf({ call }: TestClient, name: string): Promise<string> {
  const { json } = await call(`${path}?search=${name}`)
  return (json as { deploy: [{ id: string }] }).deploy[0].id
}

describe('the pages', () => {
  test.each([
    ['limit=2', ['e02', 'e03']],
    ['limit=2&offset=2', ['e01']],
    ['offset=3', []],
    ['offset=99999999999999999999', []],
    ['offset=0&limit=200', ['e02', 'e03', 'e01']],
    ['offset=&limit=', ['e02', 'e03', 'e01']],
  ])('%j gives %j of 3', async (query, expected) => {
    const client = setup()
    expect(await found(client, query)).toEqual(expected)
    expect((await client.call(`${path}?${query}`)).json).toMatchObject({ count: 3 })
  })

  test('have a hundred tasks unless told otherwise', async () => {
    const client = setup({ rateLimits: false, lifecycle: 'at-once' })
    for (let count = 0; count < 101; count++) await submit(client, `n${count}`, 'staging', deployLab)
    expect(await found(client)).toHaveLength(100)
    expect((await client.call(path)).json).toMatchObject({ count: 104 })
  })
})

const time = (parameter: string, value: string): string =>
  `Invalid parameter '${parameter}'. '${value}' is not a valid RFC3339 timestamp in UTC. ` +
  `The timestamp should be in "yyyy-MM-dd'T'HH:mm:ss'Z'" format.`
const integer = 'The value of limit should be an integer.'
const range = 'The value of limit should be between 1 and 200, inclusive.'
const offset = 'The offset must be a valid non-negative integer.'
const target = "An invalid target was specified. It must be either 'staging' or 'production' or left empty."
const sortBy = "The valid sort by values for this endpoint are 'submissionTime', 'finishTime'."
const sortOrder = 'The valid sort order values are asc and desc.'

describe('a parameter that cannot be read', () => {
  test.each([
    ['target=all', 'InvalidTarget', target],
    ['target=Staging', 'InvalidTarget', target],
    ['status=in+progress', 'InvalidStatus', "Invalid field 'status'."],
    ['status=Failed', 'InvalidStatus', "Invalid field 'status'."],
    ['limit=x', 'InvalidListLimit', integer],
    ['limit=1.5', 'InvalidListLimit', integer],
    ['limit=0', 'InvalidListLimit', range],
    ['limit=-1', 'InvalidListLimit', range],
    ['limit=201', 'InvalidListLimit', range],
    ['offset=-1', 'InvalidListOffset', offset],
    ['offset=x', 'InvalidListOffset', offset],
    ['sortOrder=ASC', 'InvalidSortOrder', sortOrder],
    ['sortBy=name', 'InvalidSortBy', sortBy],
    ['startdate=2023-04-04', 'InvalidStartDate', time('startdate', '2023-04-04')],
    ['startdate=2023-04-04T00:00:00.0Z', 'InvalidStartDate', time('startdate', '2023-04-04T00:00:00.0Z')],
    ['startdate=2023-02-29T00:00:00Z', 'InvalidStartDate', time('startdate', '2023-02-29T00:00:00Z')],
    ['enddate=2023-04-04T24:00:00Z', 'InvalidEndDate', time('enddate', '2023-04-04T24:00:00Z')],
    ['enddate=2023-04-04T00:00:00%2B01:00', 'InvalidEndDate', time('enddate', '2023-04-04T00:00:00+01:00')],
  ])('%s is refused with %s', async (query, code, message) => {
    const { call } = setup({ generation: 'current' })
    expect(await call(`${path}?${query}`)).toMatchObject({ status: 400, text: JSON.stringify({ code, message }) })
  })

  test('is refused in the order of the table: the first that is wrong answers', async () => {
    const { call } = setup({ generation: 'current' })
    const wrong = ['target=x', 'status=x', 'limit=x', 'offset=x', 'sortOrder=x', 'sortBy=x', 'startdate=x', 'enddate=x']
    const codes: unknown[] = []
    for (let from = 0; from < wrong.length; from++) {
      const { json } = await call(`${path}?${wrong.slice(from).toReversed().join('&')}`)
      codes.push((json as { code: unknown }).code)
    }
    expect(codes).toEqual([
      'InvalidTarget',
      'InvalidStatus',
      'InvalidListLimit',
      'InvalidListOffset',
      'InvalidSortOrder',
      'InvalidSortBy',
      'InvalidStartDate',
      'InvalidEndDate',
    ])
  })
})
