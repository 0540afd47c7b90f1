import { expect, test } from 'vitest'
import { makeCertificate, setup, uploadBody } from '../test-client.ts'

test('shows settings, versions and use, in the order of the vendor', async () => {
  const { call } = setup()
  const { status, json } = await call('/cdn/certificates/642c1dc50000000000000a02')
  expect(status).toBe(200)
  expect(Object.keys(json as object)).toEqual([
    'certificateId',
    'name',
    'versionInProduction',
    'versionInStaging',
    'description',
    'versions',
    'usageInProduction',
    'usageInStaging',
    'autoRenew',
    'forceRenew',
  ])
  expect(json).toMatchObject({
    certificateId: '642c1dc50000000000000a02',
    versionInProduction: 2,
    versionInStaging: 3,
    versions: [{ version: 1 }, { version: 2 }, { version: 3, type: 'uploaded' }],
    usageInProduction: [{ propertyId: '642c1dc50000000000000b01', hostnames: ['shop.example.com'] }],
    usageInStaging: [{ propertyId: '642c1dc50000000000000b01', hostnames: ['shop.example.com'] }],
    autoRenew: 'Off',
    forceRenew: false,
  })
})

test('leaves out use and live versions where there are none, and sends an empty description', async () => {
  const { call } = setup()
  expect((await call('/cdn/certificates/9fddeb2fea3ed5b52d89d81d')).text).toBe(
    '{"certificateId":"9fddeb2fea3ed5b52d89d81d","name":"seed-example","description":"","versions":[{"version":1,' +
      '"type":"uploaded","expirationTime":"2019-11-21T23:06:53Z","creationTime":"2019-11-11T23:06:53Z",' +
      '"fingerprint":"7e98f65898cbb5ddb140958a657d875bce49afac","comments":"a self-signed version"}],' +
      '"autoRenew":"Off","forceRenew":false}',
  )
})

test.each([
  ['642c1dc50000000000000a05', { autoRenew: 'LE', versionInProduction: 2, versionInStaging: 2 }],
  ['642c1dc50000000000000a04', { versions: [{ type: 'self-signed' }, { type: 'self-signed' }] }],
  ['642c1dc50000000000000a06', { versionInProduction: 1, usageInProduction: [{ hostnames: ['legacy.example.com'] }] }],
])('shows seed certificate %s', async (id, members) => {
  const { call } = setup()
  expect((await call(`/cdn/certificates/${id}`)).json).toMatchObject(members)
})

test.each(['000000000000000000000000', '642c1dc50000000000000c01', 'x'])('does not know %s', async (id) => {
  const { call } = setup()
  expect(await call(`/cdn/certificates/${id}`)).toMatchObject({
    status: 404,
    text: '{"code":"InvalidCertId","message":"The specified certificate ID does not exist."}',
    diagnosis: 'unknown-certificate',
  })
})

test('does not show one customer what another one created', async () => {
  const { call, create, date } = setup()
  const id = await create(uploadBody(makeCertificate(), date()))
  const other = { username: 'other_username', apiKey: 'other_apiKey' }
  expect((await call(`/cdn/certificates/${id}`)).status).toBe(200)
  expect(
    (await call(`/cdn/certificates/${id}`, { username: 'readonly_username', apiKey: 'readonly_apiKey' })).status,
  ).toBe(200)
  expect((await call(`/cdn/certificates/${id}`, other)).status).toBe(404)
})
