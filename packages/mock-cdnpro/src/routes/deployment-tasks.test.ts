import { describe, expect, test } from 'vitest'
import { type Answer, setup, type TestClient } from '../test-client.ts'

const shop = '642c1dc50000000000000a02'
const lab = '642c1dc50000000000000a04'
const tasks = '/cdn/deploymentTasks'

const submit = (client: TestClient, body: object): Promise<Answer> => client.call(tasks, { method: 'POST', body })
const deploy = (certificateId: string, version: unknown): object => ({ action: 'deploy_cert', certificateId, version })
const live = async ({ call }: TestClient, id: string, version: number): Promise<unknown> => {
  const { json } = await call(`/cdn/certificates/${id}/versions/${version}`)
  const { inProduction, inStaging } = json as { inProduction: boolean; inStaging: boolean }
  return { inProduction, inStaging }
}

async function submitted(client: TestClient, body: object): Promise<string> {
  const { headers, text } = await submit(client, body)
  const location = headers.get('location')
  if (location === null) throw new Error(`Nothing was submitted: ${text}`)
  return new URL(location).pathname
}

test('a submission answers 201 with the address of the task and nothing else', async () => {
  const client = setup()
  const answer = await submit(client, { target: 'production', actions: [deploy(shop, 3)] })
  expect(answer).toMatchObject({ status: 201, text: '', diagnosis: undefined })
  expect(answer.headers.has('content-type')).toBe(false)
  expect(answer.headers.get('location')).toMatch(
    /^https:\/\/open\.chinanetcenter\.com\/cdn\/deploymentTasks\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  )
})

describe('the life of a task', () => {
  test('takes 5 s of waiting and 15 s of work, and has its effect at the end, all at once', async () => {
    const client = setup()
    const path = await submitted(client, { name: 'roll out', target: 'production', actions: [deploy(shop, 3)] })
    const status = async (): Promise<unknown> => (await client.call(path)).json
    const before = [
      { inProduction: true, inStaging: false },
      { inProduction: false, inStaging: true },
    ]
    const after = [
      { inProduction: false, inStaging: false },
      { inProduction: true, inStaging: true },
    ]
    const steps: [number, string, object[]][] = [
      [0, 'waiting', before],
      [4999, 'waiting', before],
      [1, 'in progress', before],
      [14_999, 'in progress', before],
      [1, 'succeeded', after],
      [600_000, 'succeeded', after],
    ]
    for (const [ms, expected, versions] of steps) {
      client.clock.advance(ms)
      expect(await status()).toMatchObject({ status: expected })
      expect([await live(client, shop, 2), await live(client, shop, 3)]).toEqual(versions)
    }
  })

  test('has its effect although nobody reads the task', async () => {
    const client = setup()
    await submitted(client, { target: 'staging', actions: [deploy(lab, 2)] })
    client.clock.advance(20_000)
    expect(await live(client, lab, 2)).toEqual({ inProduction: false, inStaging: true })
    expect((await client.call(`/cdn/certificates/${lab}`)).json).toMatchObject({ versionInStaging: 2 })
  })

  test('is shown in the order of the vendor, with what is known', async () => {
    const client = setup()
    const path = await submitted(client, { name: 'n', target: 'production', actions: [deploy(shop, 3)], webhook: '77' })
    const open = await client.call(path)
    expect(Object.keys(open.json as object)).toEqual([
      'name',
      'submissionTime',
      'actions',
      'target',
      'status',
      'apiRequestId',
      'webhook',
    ])
    client.clock.advance(60_500)
    const { text } = await client.call(path)
    const { apiRequestId } = open.json as { apiRequestId: string }
    expect(apiRequestId).toMatch(/^[0-9a-f]{16}$/)
    expect(text).toBe(
      `{"name":"n","submissionTime":"2023-04-04T12:53:25Z","actions":[{"action":"deploy_cert","certificateId":"${shop}","version":3}],` +
        `"target":"production","finishTime":"2023-04-04T12:53:45Z","status":"succeeded","apiRequestId":"${apiRequestId}",` +
        `"statusDetails":"Task has successfully finished","webhook":"77"}`,
    )
  })

  test('takes 30 s and 210 s when it is realistic', async () => {
    const client = setup({ lifecycle: 'realistic' })
    const path = await submitted(client, { target: 'staging', actions: [deploy(lab, 2)] })
    const seen: unknown[] = []
    for (const ms of [29_999, 1, 209_999, 1]) {
      client.clock.advance(ms)
      seen.push(((await client.call(path)).json as { status: unknown }).status)
    }
    expect(seen).toEqual(['waiting', 'in progress', 'in progress', 'succeeded'])
  })

  test.each([
    [1, ['waiting', 'succeeded']],
    [2, ['waiting', 'in progress', 'succeeded']],
    [3, ['waiting', 'in progress', 'in progress', 'succeeded']],
  ])('ends after %d reads', async (reads, statuses) => {
    const client = setup({ lifecycle: { reads } })
    const path = await submitted(client, { target: 'staging', actions: [deploy(lab, 2)] })
    for (const [index, status] of statuses.entries()) {
      expect(await live(client, lab, 2)).toEqual({ inProduction: false, inStaging: index >= reads })
      expect((await client.call(path)).json).toMatchObject({ status })
    }
    expect(await live(client, lab, 2)).toEqual({ inProduction: false, inStaging: true })
  })

  test.each(['at-once', { reads: 0 }] as const)('is over at once with %j', async (lifecycle) => {
    const client = setup({ lifecycle })
    const path = await submitted(client, { target: 'staging', actions: [deploy(lab, 2)] })
    expect(await live(client, lab, 2)).toEqual({ inProduction: false, inStaging: true })
    expect((await client.call(path)).json).toMatchObject({ status: 'succeeded', finishTime: '2023-04-04T12:53:25Z' })
  })
})

test.each([3, '3'])('the version %j is told as it was sent', async (version) => {
  const client = setup()
  const path = await submitted(client, { target: 'production', actions: [deploy(shop, version)] })
  expect((await client.call(path)).json).toMatchObject({ actions: [{ version }] })
  client.clock.advance(20_000)
  expect(await live(client, shop, 3)).toEqual({ inProduction: true, inStaging: true })
})

describe('what can be deployed', () => {
  test('several certificates in one task', async () => {
    const client = setup()
    await submitted(client, { target: 'production', actions: [deploy(lab, 2), deploy(shop, 1)] })
    client.clock.advance(20_000)
    expect(await live(client, lab, 2)).toMatchObject({ inProduction: true })
    expect(await live(client, shop, 1)).toMatchObject({ inProduction: true })
  })

  test('what is there already, and what has expired: the documented example too', async () => {
    const client = setup()
    const example = '9fddeb2fea3ed5b52d89d81d'
    await submitted(client, { target: 'production', actions: [deploy(shop, 2), deploy(example, 1)] })
    client.clock.advance(20_000)
    expect(await live(client, shop, 2)).toMatchObject({ inProduction: true })
    expect(await live(client, example, 1)).toEqual({ inProduction: true, inStaging: false })
  })

  test('the same certificate to the other target meanwhile', async () => {
    const client = setup()
    for (const target of ['staging', 'production']) await submitted(client, { target, actions: [deploy(lab, 2)] })
    client.clock.advance(20_000)
    expect(await live(client, lab, 2)).toEqual({ inProduction: true, inStaging: true })
  })
})

describe('a removal', () => {
  test('takes the certificate off, whatever version it names', async () => {
    const client = setup()
    await submitted(client, { target: 'staging', actions: [deploy(lab, 2)] })
    client.clock.advance(20_000)
    const path = await submitted(client, {
      target: 'staging',
      actions: [{ action: 'remove_cert', certificateId: lab, version: 'any' }],
    })
    client.clock.advance(20_000)
    expect(await live(client, lab, 2)).toEqual({ inProduction: false, inStaging: false })
    expect((await client.call(`/cdn/certificates/${lab}`)).json).not.toHaveProperty('versionInStaging')
    expect((await client.call(path)).json).toMatchObject({ actions: [{ action: 'remove_cert', version: 'any' }] })
  })

  test('of what is not deployed succeeds and changes nothing', async () => {
    const client = setup()
    const path = await submitted(client, {
      target: 'staging',
      actions: [{ action: 'remove_cert', certificateId: lab }],
    })
    client.clock.advance(20_000)
    expect((await client.call(path)).json).toMatchObject({ status: 'succeeded' })
  })
})

describe('properties', () => {
  const legacy = '642c1dc50000000000000b04'
  const unchecked = { 'check-certificate': 'no' }

  test('an expired certificate is let pass when the caller says so', async () => {
    const client = setup()
    const body = { target: 'production', actions: [{ action: 'deploy_property', propertyId: legacy, version: 2 }] }
    expect((await submit(client, body)).json).toMatchObject({ code: 'CertificateExpired' })
    expect((await client.call(tasks, { method: 'POST', body, headers: unchecked })).status).toBe(201)
  })

  test('a property may be deployed together with its certificate, and then uses it', async () => {
    const client = setup()
    const property = { action: 'deploy_property', propertyId: '642c1dc50000000000000b05', version: '1' }
    const path = await submitted(client, { target: 'staging', actions: [property, deploy(lab, 2)] })
    client.clock.advance(20_000)
    expect((await client.call(path)).json).toMatchObject({ actions: [property, deploy(lab, 2)] })
    expect((await client.call(`/cdn/certificates/${lab}`)).json).toMatchObject({
      usageInStaging: [{ propertyId: '642c1dc50000000000000b05', hostnames: ['lab.example.net'] }],
    })
  })

  test('a certificate can be taken off once no property uses it', async () => {
    const client = setup()
    const api = '642c1dc50000000000000a03'
    const removal = { target: 'staging', actions: [{ action: 'remove_cert', certificateId: api }] }
    expect((await submit(client, removal)).json).toMatchObject({ code: 'CertificateInUse' })
    await submitted(client, {
      target: 'staging',
      actions: [{ action: 'remove_property', propertyId: '642c1dc50000000000000b02' }],
    })
    client.clock.advance(20_000)
    expect((await submit(client, removal)).status).toBe(201)
  })
})

describe('reading a task', () => {
  test.each([
    [
      'e01',
      {
        actions: [{ version: '2' }],
        target: 'production',
        status: 'succeeded',
        submissionTime: '2022-12-26T12:53:25Z',
        finishTime: '2022-12-26T12:57:21Z',
      },
    ],
    ['e02', { actions: [{ version: 3 }], target: 'staging', statusDetails: 'Task has successfully finished' }],
    ['e03', { actions: [{ version: 1 }], status: 'failed', statusDetails: 'Deployment failed: injected' }],
  ])('the seed task …%s is there', async (end, members) => {
    const { call } = setup()
    const { json } = await call(`${tasks}/3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4${end}`)
    expect(json).toMatchObject(members)
    expect(json).not.toHaveProperty('name')
  })

  test('an unknown one is a 404', async () => {
    const { call } = setup()
    expect(await call(`${tasks}/3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4e99`)).toMatchObject({
      status: 404,
      text: '{"code":"InvalidDeploymentTaskId","message":"The specified deployment task ID does not exist."}',
      diagnosis: 'unknown-deployment-task',
    })
  })

  test("another customer's is a 403", async () => {
    const { call } = setup()
    const other = { username: 'other_username', apiKey: 'other_apiKey' }
    expect(await call(`${tasks}/3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4e01`, other)).toMatchObject({
      status: 403,
      text: '{"code":"AccessDenied","message":"This user is not allowed to perform this request."}',
      diagnosis: 'task-of-another-customer',
    })
  })
})
