import { expect, test } from 'vitest'
import { setup } from '../test-client.ts'

const site = '"propertyId":"642c1dc50000000000000b01"'
const certificate = '"certificateId":"642c1dc50000000000000a02"'

test.each([
  ['gateway', ''],
  ['native', ',"customerId":20001001'],
] as const)('a host name has its versions of both environments at the %s door', async (door, more) => {
  const { call } = setup({ door })
  expect(await call('/cdn/hostnames/shop.example.com')).toMatchObject({
    status: 200,
    text:
      `{"hostname":"shop.example.com","propertyInProduction":{${site},"version":1,${certificate}${more}},` +
      `"propertyInStaging":{${site},"version":2,${certificate}${more}}}`,
    diagnosis: undefined,
  })
})

test('letter case does not count, and the name comes back as it was asked for', async () => {
  const { call } = setup()
  expect((await call('/cdn/hostnames/API.example.COM')).json).toMatchObject({
    hostname: 'API.example.COM',
    propertyInProduction: { propertyId: '642c1dc50000000000000b02' },
  })
})

test.each([
  ['unknown.example.com', 'nobody has it'],
  ['lab.example.net', 'its property is nowhere live'],
  ['sub.shop.example.com', 'another name of the certificate is no host name'],
])('%s is null in both, since %s', async (hostname) => {
  const { call } = setup()
  expect(await call(`/cdn/hostnames/${hostname}`)).toMatchObject({
    status: 200,
    text: `{"hostname":"${hostname}","propertyInProduction":null,"propertyInStaging":null}`,
  })
})

test('a name of another customer is as unknown as any', async () => {
  const { call } = setup()
  const other = { username: 'other_username', apiKey: 'other_apiKey' }
  expect((await call('/cdn/hostnames/shop.example.com', other)).json).toMatchObject({ propertyInProduction: null })
})

test('a name follows the deployments of its property', async () => {
  const { call, mock } = setup()
  const propertyId = '642c1dc50000000000000b04'
  const act = async (action: object): Promise<unknown> => {
    const body = { target: 'production', actions: [action] }
    await call('/cdn/deploymentTasks', { method: 'POST', body, headers: { 'check-certificate': 'no' } })
    mock.act('finish-tasks')
    return (await call('/cdn/hostnames/legacy.example.com')).json
  }
  const deploy = { action: 'deploy_property', propertyId, version: 2 }
  expect(await act(deploy)).toMatchObject({ propertyInProduction: { version: 2 }, propertyInStaging: null })
  expect(await act({ action: 'remove_property', propertyId })).toMatchObject({ propertyInProduction: null })
})

test('a property without a certificate has none here', async () => {
  const { call, mock } = setup()
  const propertyId = '642c1dc50000000000000b05'
  await call(`/cdn/properties/${propertyId}/versions`, { method: 'POST', body: { hostnames: ['Plain.example.net'] } })
  const actions = [{ action: 'deploy_property', propertyId, version: 2 }]
  await call('/cdn/deploymentTasks', { method: 'POST', body: { target: 'staging', actions } })
  mock.act('finish-tasks')
  expect((await call('/cdn/hostnames/plain.example.net')).text).toContain(
    `"propertyInStaging":{"propertyId":"${propertyId}","version":2}`,
  )
})
