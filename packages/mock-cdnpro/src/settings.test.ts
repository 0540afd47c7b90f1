import { describe, expect, test } from 'vitest'
import { settingFlags } from './setting-flags.ts'
import { setup } from './test-client.ts'

// What can be set, beside the edition and the pace of deployments.

const version = '/cdn/certificates/9fddeb2fea3ed5b52d89d81d/versions/1'
const lab = '/cdn/certificates/642c1dc50000000000000a04'
const body = { name: 'x', newVersion: { certificate: 'GENERATE', privateKey: 'ECC256' } }
const identificationInfo = { commonName: 'a.example', subjectAlternativeNames: ['a.example'] }

describe('a strict twin', () => {
  test('takes what the service knows elsewhere, without effect', async () => {
    const { call } = setup({ strict: true })
    const path = '/cdn/certificates/642c1dc50000000000000a02'
    for (const change of [{ caOnly: true }, { sharingMethod: 'all', shareWith: [1] }]) {
      const { status, diagnosis } = await call(path, { method: 'PATCH', body: change })
      expect({ status, diagnosis }).toEqual({
        status: 201,
        diagnosis: `unknown-members: ${Object.keys(change).join(', ')}`,
      })
    }
  })

  test.each([
    ['member', { odd: 1, strange: 2 }, 'odd'],
    ['member of a version', { newVersion: { ...body.newVersion, odd: 1 } }, 'odd'],
    ['member of a name', { newVersion: { identificationInfo: { ...identificationInfo, odd: 1 } } }, 'odd'],
  ])('refuses an unknown %s', async (_, change, field) => {
    const { call, mock } = setup({ strict: true })
    const before = mock.snapshot()
    expect(await call(lab, { method: 'PATCH', body: change })).toMatchObject({
      status: 400,
      text: `{"code":"InvalidInput","message":"Invalid field '${field}'."}`,
      diagnosis: `unknown-member: ${field}`,
    })
    expect(mock.snapshot()).toEqual(before)
  })

  test('refuses an unknown parameter', async () => {
    const { call } = setup({ strict: true })
    expect(await call(`${version}?pretty=1`)).toMatchObject({
      status: 400,
      text: `{"code":"InvalidInput","message":"Invalid field 'pretty'."}`,
      diagnosis: 'unknown-query: pretty',
    })
    expect((await call('/cdn/deploymentTasks?limit=1&target=staging')).status).toBe(200)
  })

  test('takes null for what it does not know of, as it does for what it knows', async () => {
    const { call } = setup({ strict: true })
    expect((await call(lab, { method: 'PATCH', body: { name: null, odd: null } })).status).toBe(201)
  })
})

describe('Location', () => {
  const task = {
    target: 'staging',
    actions: [{ action: 'deploy_cert', certificateId: lab.split('/').at(-1), version: 2 }],
  }

  test.each([
    ['gateway', 'http://open.chinanetcenter.com/cdn/deploymentTasks/'],
    ['native', 'http://ngapi.cdnetworks.com/cdn/deploymentTasks/'],
  ] as const)('begins with the address of the vendor at the door %s, where that is asked for', async (door, start) => {
    const { mock, call } = setup({ door, locationBase: 'vendor' })
    const { headers } = await call('/cdn/deploymentTasks', { method: 'POST', body: task })
    expect(headers.get('location')!.startsWith(start)).toBe(true)
    mock.configure({ locationBase: 'request' })
    mock.reset()
    const followed = await call('/cdn/deploymentTasks', { method: 'POST', body: task })
    expect(followed.headers.get('location')).toMatch(/^https:\/\/open\.chinanetcenter\.com\/cdn\/deploymentTasks\//)
  })
})

describe('x-mock-diagnosis', () => {
  test('says what the journal says, where that is asked for', async () => {
    const { call } = setup({ diagnosisHeader: true })
    const refused = await call(version, { apiKey: 'wrong' })
    expect(refused.headers.get('x-mock-diagnosis')).toBe('key-wrong')
    expect(refused.text).toBe('{"status":0,"result":"The HTTP authorization header is bad: password is wrong."}')
    expect((await call(version)).headers.has('x-mock-diagnosis')).toBe(false)
  })

  test('is printable whatever the caller wrote', async () => {
    const { call } = setup({ diagnosisHeader: true, strict: true })
    expect((await call(`${version}?n%C3%A9%0Ae=1`)).headers.get('x-mock-diagnosis')).toBe('unknown-query: n??e')
  })

  test('says nothing otherwise', async () => {
    const { call } = setup()
    expect((await call(version, { apiKey: 'wrong' })).headers.has('x-mock-diagnosis')).toBe(false)
  })
})

test.each([
  { basicWindowMs: -1 },
  { accessKeyWindowMs: 1.5 },
  { strict: 'yes' },
  { locationBase: 'here' },
  { rateLimits: null },
  { rateLimits: 300 },
])('%j is refused in a sentence', (change) => {
  const { mock } = setup()
  expect(() => mock.configure(change as never)).toThrow(/^The settings /)
  expect(() => setup(change as never)).toThrow(/^The options /)
})

test('each of them is a flag of the command, too', () => {
  const { mock } = setup()
  expect(settingFlags.map(({ name }) => name).toSorted()).toEqual(Object.keys(mock.settings).toSorted())
})
