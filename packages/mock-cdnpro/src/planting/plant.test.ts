import { ControlError } from '@certtwin/mock-kit'
import { buildCertificate, encodePem, fingerprint } from '@certtwin/mock-kit/x509'
import { describe, expect, test } from 'vitest'
import { commonName, makeCertificate, setup, type TestClient } from '../test-client.ts'

const id = '00000000000000000000aa01'
const propertyId = '00000000000000000000bb01'
const customerId = 7
const shop = '642c1dc50000000000000a02'
const planted = { username: 'planted.user', apiKey: 'planted_apiKey' }
const users = [{ ...planted, customerId }]
const leaf = makeCertificate({ dnsNames: ['planted.example'] })
const issuer = makeCertificate({ subject: commonName('issuer'), notAfter: '2020-01-01T00:00:00Z' })
const certificate = { id, customerId, name: 'planted', versions: [{ certificate: leaf.pem + issuer.pem + leaf.pem }] }
const property = { id: propertyId, customerId, versions: [{ hostnames: ['planted.example'], certificateId: id }] }
const read = ({ call }: TestClient, path = '', sending = {}): ReturnType<TestClient['call']> =>
  call(`/cdn/certificates/${id}${path}`, { ...planted, ...sending })

/** A certificate whose key has an algorithm that there is not. */
function withUnknownKey(serial: number): Uint8Array {
  const name = commonName('unknown')
  const template = {
    subject: name,
    issuer: name,
    serialNumber: Uint8Array.of(serial),
    notBefore: new Date('2023-01-01T00:00:00Z'),
    notAfter: new Date('2030-01-01T00:00:00Z'),
    spki: Buffer.from('300b300506032a030403020001', 'hex'),
    hash: 'sha256',
    extensions: { kind: 'leaf', dnsNames: [] },
  } as const
  return buildCertificate(template, leaf.key)
}

describe('planted data', () => {
  test('is as good as what the twin began with', async () => {
    const client = setup()
    client.mock.seed({ users, certificates: [{ ...certificate, description: 'by hand', autoRenew: 'LE' }] })
    expect((await read(client)).json).toMatchObject({
      name: 'planted',
      description: 'by hand',
      autoRenew: 'LE',
      forceRenew: false,
      versions: [{ version: 1, type: 'uploaded', creationTime: '2023-04-04T12:53:25Z' }],
    })
    expect((await read(client, '/versions/1')).json).toMatchObject({
      fingerprint: fingerprint(leaf.der, 'sha1'),
      subject: 'CN=test.example.com',
      subjectAlternativeNames: ['planted.example'],
      inProduction: false,
      chainCertificates: [{ subject: 'CN=issuer', expirationTime: '2020-01-01T00:00:00Z' }],
    })
  })

  test('knows the key behind a certificate: what is uploaded later may leave it out', async () => {
    const client = setup()
    client.mock.seed({ users, certificates: [certificate] })
    const renewed = makeCertificate({ key: leaf.key, serialNumber: '77' })
    const body = { newVersion: { certificate: renewed.pem } }
    expect((await read(client, '', { method: 'PATCH', body })).status).toBe(201)
  })

  test('may have a key of a kind that nobody knows, and then none is carried over', async () => {
    const client = setup()
    const [pem, next] = [1, 2].map((serial) => encodePem('CERTIFICATE', withUnknownKey(serial)))
    client.mock.seed({ users, certificates: [{ ...certificate, versions: [{ certificate: pem! }] }] })
    expect((await read(client, '/versions/1')).json).toMatchObject({ subject: 'CN=unknown', keyLength: 0 })
    const body = { newVersion: { certificate: next } }
    expect((await read(client, '', { method: 'PATCH', body })).diagnosis).toBe('key-mismatch')
  })

  test('may bring the key of a version, of which a signing request can be made then', async () => {
    const client = setup()
    client.mock.seed({ users, certificates: [certificate] })
    expect((await read(client, '/csr')).diagnosis).toBe('key-not-known')
    const versions = [{ certificate: leaf.pem, privateKey: leaf.keyPem }]
    client.mock.seed({ certificates: [{ ...certificate, versions }] })
    expect((await read(client, '/csr')).status).toBe(200)
    expect(JSON.stringify(client.mock.snapshot())).not.toContain(leaf.keyPem.split('\n')[1])
  })

  test('may hold authorities alone, be shared, and have been live once', async () => {
    const client = setup({ door: 'native', generation: 'current' })
    const versions = [
      { certificate: issuer.pem, wasDeployed: true },
      { certificate: leaf.pem },
      { certificate: leaf.pem },
    ]
    const shared = { caOnly: true, sharingMethod: 'some' as const, shareWith: [8] }
    client.mock.seed({ users, certificates: [{ ...certificate, ...shared, versions, staging: 2 }] })
    expect((await read(client)).json).toMatchObject({ caOnly: true, sharingMethod: 'some', shareWith: [8] })
    const shown = await Promise.all([1, 2, 3].map((version) => read(client, `/versions/${version}`)))
    expect(shown.map(({ json }) => json)).toMatchObject([
      { deletable: false, chainCertificates: [{ subject: 'CN=issuer' }] },
      { deletable: false, inStaging: true },
      { deletable: true, chainCertificates: [{ subject: 'CN=test.example.com' }] },
    ])
  })

  test('tells of sharing at the native door alone', async () => {
    const client = setup()
    client.mock.seed({ users, certificates: [{ ...certificate, sharingMethod: 'some', shareWith: [8] }] })
    expect((await read(client)).text).not.toMatch(/sharingMethod|shareWith/)
    client.mock.configure({ door: 'native' })
    expect((await read(client)).json).toMatchObject({ sharingMethod: 'some', shareWith: [8] })
  })

  test('shows neither an empty comment nor customers that it is not shared with', async () => {
    const client = setup({ door: 'native' })
    const versions = [{ certificate: leaf.pem, comments: '' }]
    client.mock.seed({ users, certificates: [{ ...certificate, sharingMethod: 'all', shareWith: [8], versions }] })
    const { text } = await read(client)
    expect(text).toContain('"sharingMethod":"all"')
    expect(text).not.toMatch(/comments|shareWith/)
  })

  test('is invisible to other customers, and theirs to its own', async () => {
    const { mock, call } = setup()
    mock.seed({ users, certificates: [certificate] })
    expect((await call(`/cdn/certificates/${id}`)).status).toBe(404)
    expect((await call(`/cdn/certificates/${shop}`, planted)).status).toBe(404)
  })

  test('is live where it says, and counts its days from the clock of the world', async () => {
    const client = setup()
    client.clock.set('2024-01-11T00:00:00Z')
    const versions = [
      { certificate: leaf.pem, ageDays: 10 },
      { certificate: leaf.pem, comments: 'again' },
    ]
    const live = { staging: 2, production: 1 }
    const sites = [{ ...property, production: 1 }]
    client.mock.seed({ users, certificates: [{ ...certificate, versions, ...live }], properties: sites })
    expect((await read(client)).json).toMatchObject({
      versionInProduction: 1,
      versionInStaging: 2,
      usageInProduction: [{ propertyId, hostnames: ['planted.example'] }],
      versions: [{ creationTime: '2024-01-01T00:00:00Z' }, { creationTime: '2024-01-11T00:00:00Z', comments: 'again' }],
    })
  })

  test('has the configuration of a property in which a program reads it', async () => {
    const client = setup()
    const versions = [{ ...property.versions[0]!, configs: { origins: ['o'], tlsCertificateId: 'not this one' } }]
    client.mock.seed({ users, certificates: [certificate], properties: [{ ...property, versions }] })
    expect((await client.call(`/cdn/properties/${propertyId}/versions/1`, planted)).json).toEqual({
      propertyId,
      version: 1,
      configs: { hostnames: ['planted.example'], origins: ['o'], tlsCertificateId: id },
    })
  })

  test('replaces what has its key', async () => {
    const { mock, call } = setup()
    const again = { ...certificate, id: shop, customerId: 20_001_001, staging: 1, production: 1 }
    mock.seed({ certificates: [again] })
    expect((await call(`/cdn/certificates/${shop}`)).json).toMatchObject({ name: 'planted', versionInProduction: 1 })
    expect((await call(`/cdn/certificates/${shop}/versions/2`)).status).toBe(404)
    mock.seed({ certificates: [again] })
    mock.seed({ users: [{ ...planted, username: 'example_username', customerId: 20_001_001, access: 'read-only' }] })
    expect((await call(`/cdn/certificates/${shop}`)).diagnosis).toBe('key-wrong')
    const sending = { apiKey: planted.apiKey, method: 'PATCH', body: {} }
    expect((await call(`/cdn/certificates/${shop}`, sending)).status).toBe(403)
  })

  test('is gone after a reset', async () => {
    const client = setup()
    client.mock.seed({ users, certificates: [certificate] })
    client.mock.reset()
    expect((await read(client)).diagnosis).toBe('user-unknown')
  })
})

describe('data that contradicts itself or the state', () => {
  const certificates = (changes: object): object => ({ certificates: [{ ...certificate, ...changes }] })
  const properties = (changes: object): object => ({ ...certificates({}), properties: [{ ...property, ...changes }] })
  const cases: readonly (readonly [seed: object, message: string])[] = [
    [{ users: [...users, ...users] }, 'Two entries of users have the same key: leave one of them out.'],
    [
      certificates({ id: shop }),
      `Certificate ${shop} is customer 20001001's already: keep it there, or take another id.`,
    ],
    [
      certificates({ customerId: 20_001_001, name: 'shop-rsa' }),
      `Certificate ${id} has the name of certificate ${shop}: give it a name of its own.`,
    ],
    [
      certificates({ versions: [{ certificate: leaf.pem }, { certificate: 'x' }] }),
      `Certificate ${id} cannot be added: its version 2 is no certificate as PEM.`,
    ],
    [
      certificates({ versions: [{ certificate: leaf.pem + leaf.keyPem }] }),
      `Certificate ${id} cannot be added: its version 1 is no certificate as PEM.`,
    ],
    [
      certificates({ versions: [{ certificate: leaf.pem, privateKey: makeCertificate({ kind: 'rsa-2048' }).keyPem }] }),
      `Certificate ${id} cannot be added: give its version 1 the key of its certificate, as PEM and not encrypted.`,
    ],
    [
      certificates({
        versions: [{ certificate: leaf.pem }, { certificate: makeCertificate({ kind: 'rsa-2048' }).pem }],
      }),
      `Certificate ${id} has a version 2 with another kind of key: give all the same.`,
    ],
    [
      certificates({ versions: [{ certificate: leaf.pem }, { certificate: leaf.pem, ageDays: 1 }] }),
      `Certificate ${id} has a version 2 older than the one before: lower its ageDays.`,
    ],
    [
      certificates({ caOnly: true, autoRenew: 'LE' }),
      `Certificate ${id} holds authorities alone, which are never renewed: leave the renewal out.`,
    ],
    [certificates({ staging: 2 }), `Certificate ${id} has no version 2 to be live in staging: the last one is 1.`],
    [
      certificates({ id: shop, customerId: 20_001_001, staging: 1 }),
      `Property 642c1dc50000000000000b01 is live in production, and certificate ${shop} is not: let both be live there, or neither.`,
    ],
    [
      properties({ customerId: 8 }),
      `Property ${propertyId} names certificate ${id}, which its customer does not have: add it first.`,
    ],
    [
      properties({ production: 2 }),
      `Property ${propertyId} has no version 2 to be live in production: the last one is 1.`,
    ],
    [
      properties({ production: 1 }),
      `Property ${propertyId} is live in production, and certificate ${id} is not: let both be live there, or neither.`,
    ],
    [
      properties({
        versions: [{ ...property.versions[0]!, configs: { deep: JSON.parse('['.repeat(32) + ']'.repeat(32)) } }],
      }),
      `Property ${propertyId} has a configuration that is nested too deep: flatten it.`,
    ],
    [certificates({ id: 'X' }), 'The data cannot be read: certificates.0.id does not match ^[0-9a-f]{24}$.'],
    [certificates({ versions: [] }), 'The data cannot be read: certificates.0.versions has too few entries.'],
    [
      { users: [{ ...users[0], username: 'a:b' }] },
      'The data cannot be read: users.0.username does not match ^[^:]+$.',
    ],
  ]
  test.each(cases.map(([seed, message]) => ({ seed, message })))(
    'leaves nothing behind: $message',
    ({ seed, message }) => {
      const { mock } = setup()
      const before = mock.snapshot()
      const good = { users, ...seed }
      expect(() => mock.seed(good)).toThrow(new ControlError(message))
      expect(mock.snapshot()).toEqual(before)
    },
  )

  test('takes the place of nothing that an open task is about', async () => {
    const { mock, call } = setup()
    const actions = [{ action: 'deploy_cert', certificateId: shop, version: 3 }]
    await call('/cdn/deploymentTasks', { method: 'POST', body: { target: 'production', actions } })
    const again = { ...certificate, id: shop, customerId: 20_001_001, staging: 1, production: 1 }
    expect(() => mock.seed({ certificates: [again] })).toThrow(
      new ControlError(`Certificate ${shop} is part of an open deployment task: let that finish or fail first.`),
    )
    mock.act('finish-tasks')
    mock.seed({ certificates: [again] })
  })

  test('leaves the keys as they were, too', async () => {
    const { mock, call } = setup()
    const changed = { username: 'example_username', apiKey: 'other', customerId: 20_001_001 }
    expect(() => mock.seed({ users: [changed], certificates: [{ ...certificate, staging: 2 }] })).toThrow('version 2')
    expect((await call(`/cdn/certificates/${shop}`)).status).toBe(200)
  })
})
