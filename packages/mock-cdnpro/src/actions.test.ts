import { ControlError, type Twin } from '@certtwin/mock-kit'
import { describe, expect, test } from 'vitest'
import { makeCertificate, setup, type TestClient, uploadBody } from './test-client.ts'

const shop = '642c1dc50000000000000a02'
const lab = '642c1dc50000000000000a04'
const www = '642c1dc50000000000000a05'
const finished = '3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4e01'

/** Submits a task that deploys a version, and gives its path. */
async function submit({ call }: TestClient, certificateId: string, version: number): Promise<string> {
  const body = { target: 'production', actions: [{ action: 'deploy_cert', certificateId, version }] }
  const { headers } = await call('/cdn/deploymentTasks', { method: 'POST', body })
  return new URL(headers.get('location')!).pathname
}

const idOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
const isLive = async ({ call }: TestClient, id: string, version: number): Promise<unknown> =>
  ((await call(`/cdn/certificates/${id}/versions/${version}`)).json as { inProduction: boolean }).inProduction

describe('finish-tasks', () => {
  test('lets all open tasks succeed at once, with their effects', async () => {
    const client = setup()
    const paths = [await submit(client, shop, 3), await submit(client, lab, 2)]
    expect(client.mock.act('finish-tasks')).toEqual({ tasks: paths.map(idOf) })
    expect((await client.call(paths[0]!)).json).toMatchObject({
      status: 'succeeded',
      finishTime: '2023-04-04T12:53:25Z',
      statusDetails: 'Task has successfully finished',
    })
    expect([await isLive(client, shop, 3), await isLive(client, shop, 2), await isLive(client, lab, 2)]).toEqual([
      true,
      false,
      true,
    ])
  })

  test('with an id leaves the others open', async () => {
    const client = setup()
    const paths = [await submit(client, shop, 3), await submit(client, lab, 2)]
    expect(client.mock.act('finish-tasks', { id: idOf(paths[1]!) })).toEqual({ tasks: [idOf(paths[1]!)] })
    expect((await client.call(paths[0]!)).json).toMatchObject({ status: 'waiting' })
    expect(await isLive(client, lab, 2)).toBe(true)
  })

  test('does not touch a task that is over by the clock', async () => {
    const client = setup()
    const path = await submit(client, shop, 3)
    client.clock.advance('1m')
    expect(client.mock.act('finish-tasks')).toEqual({ tasks: [] })
    expect((await client.call(path)).json).toMatchObject({ finishTime: '2023-04-04T12:53:45Z' })
  })
})

describe('fail-tasks', () => {
  test('lets open tasks fail without any effect, and the certificate be deployed again', async () => {
    const client = setup()
    const path = await submit(client, shop, 3)
    client.clock.advance('7s')
    expect(client.mock.act('fail-tasks', { reason: 'no space' })).toEqual({ tasks: [idOf(path)] })
    client.clock.advance('1h')
    expect((await client.call(path)).json).toMatchObject({
      status: 'failed',
      finishTime: '2023-04-04T12:53:32Z',
      statusDetails: 'Deployment failed: no space',
    })
    expect([await isLive(client, shop, 3), await isLive(client, shop, 2)]).toEqual([false, true])
    await submit(client, shop, 3)
  })

  test('needs no reason', async () => {
    const client = setup()
    const path = await submit(client, shop, 3)
    client.mock.act('fail-tasks', { id: idOf(path) })
    expect((await client.call(path)).json).toMatchObject({ statusDetails: 'Deployment failed: injected' })
  })
})

describe('renew-certificate', () => {
  test('adds a version for 90 days with the names of the latest, live where the old one was', async () => {
    const client = setup()
    expect(client.mock.act('renew-certificate', { certificateId: www })).toEqual({ version: 3 })
    expect((await client.call(`/cdn/certificates/${www}/versions/3`)).json).toMatchObject({
      version: 3,
      expirationTime: '2023-07-03T12:53:25Z',
      creationTime: '2023-04-04T12:53:25Z',
      subject: 'CN=www.example.com',
      inProduction: true,
      inStaging: true,
      keyLength: 2048,
      subjectAlternativeNames: ['www.example.com'],
      issuer: 'O=Offline Mock,CN=Example Test Issuing CA',
      chainCertificates: [{ issuer: 'O=Offline Mock,CN=Example Test Root CA' }],
    })
    expect(await isLive(client, www, 2)).toBe(false)
  })

  test('keeps the kind of key, resets forceRenew, and leaves an environment alone where nothing was live', async () => {
    const client = setup()
    const id = '00000000000000000000aa01'
    const { pem } = makeCertificate({ dnsNames: ['a.example', 'b.example'] })
    const certificate = { id, customerId: 20_001_001, name: 'ecc', versions: [{ certificate: pem }], production: 1 }
    client.mock.seed({ certificates: [{ ...certificate, autoRenew: 'LE', forceRenew: true }] })
    client.mock.act('renew-certificate', { certificateId: id })
    expect((await client.call(`/cdn/certificates/${id}/versions/2`)).json).toMatchObject({
      algorithm: 'ECC',
      keyLength: 256,
      inStaging: false,
      subjectAlternativeNames: ['a.example', 'b.example'],
    })
    expect((await client.call(`/cdn/certificates/${id}`)).json).toMatchObject({ forceRenew: false })
  })

  test('makes the same certificate again for the same seed, and another one for another seed', async () => {
    const run = async (seed: string): Promise<string> => {
      const client = setup({ seed })
      client.mock.act('renew-certificate', { certificateId: www })
      const { json } = await client.call(`/cdn/certificates/${www}/versions/3`)
      return (json as { fingerprint: string }).fingerprint
    }
    expect(await run('one')).toBe(await run('one'))
    expect(await run('two')).not.toBe(await run('one'))
  })
})

describe('an action that cannot be', () => {
  const unknown = '000000000000000000000000'
  test.each([
    ['finish-tasks', { id: 'x' }, 'There is no deployment task x: leave the id out to mean all.'],
    ['fail-tasks', { id: finished }, `Deployment task ${finished} has succeeded: choose an open one.`],
    ['fail-tasks', { reason: '' }, 'The input of fail-tasks cannot be read: reason is empty.'],
    [
      'renew-certificate',
      { certificateId: unknown },
      `There is no certificate ${unknown}: the state of the twin names those that there are.`,
    ],
    [
      'renew-certificate',
      { certificateId: shop },
      `Certificate ${shop} cannot be renewed: set its autoRenew to LE first.`,
    ],
    ['renew-certificate', {}, 'The input of renew-certificate cannot be read: certificateId is missing.'],
  ])('%s %j says why', (name, input, message) => {
    const { mock } = setup()
    const before = mock.snapshot()
    const untyped: Twin<object> = mock // as somebody holds it who has no types
    expect(() => untyped.act(name, input)).toThrow(new ControlError(message))
    expect(mock.snapshot()).toEqual(before)
  })

  test.each([
    [{ autoRenew: 'LE' }, 'deploy it to production first'],
    [{ autoRenew: 'LE', production: 1 }, 'take one that has host names and no wildcard among them'],
  ] as const)('renew-certificate of one that is %j says why', (changes, why) => {
    const { mock } = setup()
    const id = '00000000000000000000aa01'
    const { pem } = makeCertificate({ dnsNames: ['*.example.com'] })
    const certificate = { id, customerId: 20_001_001, name: 'wild', versions: [{ certificate: pem }], ...changes }
    mock.seed({ certificates: [certificate] })
    expect(() => mock.act('renew-certificate', { certificateId: id })).toThrow(
      new ControlError(`Certificate ${id} cannot be renewed: ${why}.`),
    )
  })
})

test('a renewed certificate takes an upload that leaves the key out only from whoever has it', async () => {
  const client = setup()
  client.mock.act('renew-certificate', { certificateId: www })
  const stranger = makeCertificate({ kind: 'rsa-2048', dnsNames: ['www.example.com'] })
  const path = `/cdn/certificates/${www}`
  const keyless = await client.call(path, { method: 'PATCH', body: { newVersion: { certificate: stranger.pem } } })
  expect(keyless.diagnosis).toBe('key-mismatch')
  const { newVersion } = uploadBody(stranger, client.date())
  expect((await client.call(path, { method: 'PATCH', body: { newVersion } })).status).toBe(201)
})

test('every action tells what it does and what it takes, as the document has it', () => {
  const { mock } = setup()
  expect(mock.actions().map(({ name }) => name)).toEqual([
    'finish-tasks',
    'fail-tasks',
    'fail-next-tasks',
    'renew-certificate',
  ])
  expect(mock.actions()[1]).toMatchObject({
    summary: expect.stringMatching(/^Lets the open deployment tasks fail now/) as string,
    input: { type: 'object', properties: { id: { type: 'string' }, reason: { type: 'string' } } },
  })
})
