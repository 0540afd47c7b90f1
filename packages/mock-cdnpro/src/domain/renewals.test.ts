import { describe, expect, test } from 'vitest'
import { encryptKey, makeCertificate, setup, type TestClient, uploadBody } from '../test-client.ts'

const www = '/cdn/certificates/642c1dc50000000000000a05'
const versionsOf = async ({ call }: TestClient, path = www): Promise<number> =>
  ((await call(path)).json as { versions: object[] }).versions.length

describe('by the clock', () => {
  const byClock = { autoRenewal: 'clock', rateLimits: false } as const

  test('a certificate is renewed an hour after it became due, at that moment, whoever looks when', async () => {
    const client = setup(byClock)
    client.clock.advance('59m')
    expect(await versionsOf(client)).toBe(2)
    client.clock.advance('3h')
    expect((await client.call(`${www}/versions/3`)).json).toMatchObject({
      creationTime: '2023-04-04T13:53:25Z',
      expirationTime: '2023-07-03T13:53:25Z',
      inProduction: true,
      inStaging: true,
    })
    expect((await client.call(`${www}/versions/2`)).json).toMatchObject({ inProduction: false })
  })

  test('it is renewed again 25 days before it expires, however far the clock jumps', async () => {
    const client = setup(byClock)
    client.clock.advance('200d')
    const { json } = await client.call(www)
    expect((json as { versions: { creationTime: string }[] }).versions.slice(2)).toMatchObject([
      { creationTime: '2023-04-04T13:53:25Z' },
      { creationTime: '2023-06-08T14:53:25Z' },
      { creationTime: '2023-08-12T15:53:25Z' },
      { creationTime: '2023-10-16T16:53:25Z' },
    ])
  })

  test('it is renewed an hour after somebody forces it, once', async () => {
    const client = setup(byClock)
    const api = '/cdn/certificates/642c1dc50000000000000a03'
    await client.call(api, { method: 'PATCH', body: { autoRenew: 'LE' } })
    client.clock.advance('2d')
    expect(await versionsOf(client, api)).toBe(1)
    await client.call(api, { method: 'PATCH', body: { forceRenew: true } })
    client.clock.advance('59m')
    expect((await client.call(api)).json).toMatchObject({ forceRenew: true, versions: [{}] })
    client.clock.advance('2d')
    expect((await client.call(api)).json).toMatchObject({ forceRenew: false, versionInProduction: 2 })
    expect((await client.call(`${api}/versions/2`)).json).toMatchObject({ creationTime: '2023-04-06T13:53:25Z' })
  })

  test('it is renewed no later when other settings change meanwhile', async () => {
    const client = setup(byClock)
    client.clock.advance('30m')
    await client.call(www, { method: 'PATCH', body: { description: 'new', autoRenew: 'LE', forceRenew: false } })
    client.clock.advance('30m')
    expect(await versionsOf(client)).toBe(3)
  })

  test('it is renewed an hour after it went into production', async () => {
    const client = setup(byClock)
    const certificate = makeCertificate({ notAfter: '2023-04-20T00:00:00Z' })
    const id = await client.create({ ...uploadBody(certificate, client.date()), autoRenew: 'LE' })
    const path = `/cdn/certificates/${id}`
    client.clock.advance('1d')
    expect(await versionsOf(client, path)).toBe(1)
    const actions = [{ action: 'deploy_cert', certificateId: id, version: 1 }]
    await client.call('/cdn/deploymentTasks', { method: 'POST', body: { target: 'production', actions } })
    client.clock.advance('1d')
    expect((await client.call(`${path}/versions/2`)).json).toMatchObject({
      creationTime: '2023-04-05T13:53:45Z',
      subjectAlternativeNames: ['test.example.com'],
      inProduction: true,
      inStaging: false,
    })
  })

  test('it is renewed an hour after a version came that expires soon', async () => {
    const client = setup(byClock)
    client.clock.advance('2d')
    const { pem, keyPem } = makeCertificate({ kind: 'rsa-2048', notAfter: '2023-04-20T00:00:00Z' })
    const newVersion = { certificate: pem, privateKey: encryptKey(keyPem, client.date()) }
    expect((await client.call(www, { method: 'PATCH', body: { newVersion } })).status).toBe(201)
    client.clock.advance('59m')
    expect(await versionsOf(client)).toBe(4)
    client.clock.advance('1m')
    expect((await client.call(`${www}/versions/5`)).json).toMatchObject({ creationTime: '2023-04-06T13:53:25Z' })
  })

  test('what it made was live, and cannot be deleted after something else took its place', async () => {
    const client = setup({ ...byClock, generation: 'current' })
    client.clock.advance('2h')
    for (const target of ['staging', 'production']) {
      const actions = [{ action: 'deploy_cert', certificateId: www.slice(-24), version: 2 }]
      const headers = { 'check-certificate': 'no' }
      await client.call('/cdn/deploymentTasks', { method: 'POST', headers, body: { target, actions } })
    }
    client.clock.advance('1m')
    expect((await client.call(`${www}/versions/3`)).json).toMatchObject({
      inProduction: false,
      inStaging: false,
      deletable: false,
    })
  })

  test('it is not renewed beyond the number of versions that it may have', async () => {
    const client = setup(byClock)
    const { pem } = makeCertificate({ notAfter: '2023-04-20T00:00:00Z' })
    const id = '00000000000000000000aa01'
    const plant = (count: number): void =>
      client.mock.seed({
        certificates: [
          {
            id,
            customerId: 20_001_001,
            name: 'x',
            autoRenew: 'LE',
            production: 1,
            versions: Array.from({ length: count }, () => ({ certificate: pem })),
          },
        ],
      })
    plant(500)
    client.clock.advance('2h')
    expect(await versionsOf(client, `/cdn/certificates/${id}`)).toBe(500)
    expect(() => client.mock.act('renew-certificate', { certificateId: id })).toThrow(
      `Certificate ${id} cannot be renewed: it has as many versions as it may have.`,
    )
    plant(499)
    client.clock.advance('2h')
    expect(await versionsOf(client, `/cdn/certificates/${id}`)).toBe(500)
  })

  test('a version that was deployed before the renewal is replaced by it, one that was deployed after stays', async () => {
    const deployed = async (waitBefore: string): Promise<unknown> => {
      const client = setup(byClock)
      client.clock.advance(waitBefore)
      const actions = [{ action: 'deploy_cert', certificateId: www.slice(-24), version: 1 }]
      await client.call('/cdn/deploymentTasks', { method: 'POST', body: { target: 'production', actions } })
      client.clock.advance('3h')
      return (await client.call(www)).json
    }
    // The task moves the moment too: an hour after it went into production.
    expect(await deployed('30m')).toMatchObject({
      versionInProduction: 3,
      versions: [{}, {}, { creationTime: '2023-04-04T14:23:45Z' }],
    })
    expect(await deployed('90m')).toMatchObject({
      versionInProduction: 1,
      versions: [{}, {}, { creationTime: '2023-04-04T13:53:25Z' }],
    })
  })

  test.each([
    ['with a wildcard', ['*.example.com']],
    ['without names', []],
  ])('a certificate %s is never renewed', async (_, dnsNames) => {
    const client = setup(byClock)
    const { pem } = makeCertificate({ dnsNames, notAfter: '2023-04-20T00:00:00Z' })
    const seed = { id: '00000000000000000000aa01', customerId: 20_001_001, name: 'x', versions: [{ certificate: pem }] }
    client.mock.seed({ certificates: [{ ...seed, autoRenew: 'LE', forceRenew: true, production: 1 }] })
    client.clock.advance('2d')
    expect(await versionsOf(client, `/cdn/certificates/${seed.id}`)).toBe(1)
  })

  test('the new key is known: it signs a request', async () => {
    const client = setup(byClock)
    client.clock.advance('2h')
    expect((await client.call(`${www}/csr`)).json).toMatchObject({ latestVersion: 3 })
  })

  test('the same seed gives the same certificates', async () => {
    const [one, other] = await Promise.all(
      [0, 1].map(async () => {
        const client = setup(byClock)
        client.clock.advance('100d')
        return (await client.call(www)).text
      }),
    )
    expect(one).toBe(other)
  })
})

test('nothing is renewed by itself unless that is asked for', async () => {
  const client = setup()
  client.clock.advance('10d')
  expect(await versionsOf(client)).toBe(2)
})
