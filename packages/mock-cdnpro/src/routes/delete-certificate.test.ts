import { describe, expect, test } from 'vitest'
import { type Answer, makeCertificate, setup, type TestClient, uploadBody } from '../test-client.ts'

const id = (last: string): string => `642c1dc50000000000000a${last}`
const [shop, api, lab] = [id('02'), id('03'), id('04')]
const remove = ({ call }: TestClient, path: string, body?: string): Promise<Answer> =>
  call(`/cdn/certificates/${path}`, { method: 'DELETE', ...(body !== undefined && { body }) })
const deploy = (
  { call }: TestClient,
  certificateId: string,
  version: number,
  action = 'deploy_cert',
): Promise<Answer> =>
  call('/cdn/deploymentTasks', {
    method: 'POST',
    body: { target: 'staging', actions: [{ action, certificateId, version }] },
  })

describe('a certificate', () => {
  test.each([undefined, '{}', '""'])('that is nowhere live is deleted, with the body %j', async (body) => {
    const client = setup()
    const answer = await remove(client, lab, body)
    expect(answer).toMatchObject({ status: 204, text: '' })
    expect(answer.headers.has('content-type')).toBe(false)
    expect((await client.call(`/cdn/certificates/${lab}`)).status).toBe(404)
    expect((await remove(client, lab)).json).toMatchObject({ code: 'InvalidCertId' })
  })

  test('leaves its name to another one', async () => {
    const client = setup()
    await remove(client, lab)
    const body = { ...uploadBody(makeCertificate(), client.date()), name: 'lab-selfsigned' }
    expect((await client.call('/cdn/certificates', { method: 'POST', body })).status).toBe(201)
  })

  test.each([shop, api, id('06')])('that is live stays: %s', async (live) => {
    const client = setup()
    expect(await remove(client, live)).toMatchObject({
      status: 409,
      text: '{"code":"CertificateInUse","message":"The certificate cannot be deleted because it is in use on production or staging."}',
      diagnosis: 'certificate-in-use',
    })
    expect((await client.call(`/cdn/certificates/${live}`)).status).toBe(200)
  })

  test('stays while a task is about it, and after that has made it live', async () => {
    const client = setup()
    await deploy(client, lab, 2)
    expect((await remove(client, lab)).status).toBe(409)
    client.clock.advance('1m')
    expect((await remove(client, lab)).status).toBe(409)
    await deploy(client, lab, 2, 'remove_cert')
    client.clock.advance('1m')
    expect((await remove(client, lab)).status).toBe(204)
  })

  test.each(['000000000000000000000000', id('c01').slice(-24), '642c1dc50000000000000c01', id('08')])(
    'that is not there, or not for this customer and generation, is not deleted: %s',
    async (unknown) => {
      const client = setup()
      const before = client.mock.snapshot()
      expect((await remove(client, unknown)).json).toMatchObject({ code: 'InvalidCertId' })
      expect(client.mock.snapshot()).toEqual(before)
    },
  )
})

describe('a version', () => {
  const current = { generation: 'current' } as const

  test('that is the latest and was never live is deleted, and its number comes again', async () => {
    const client = setup(current)
    client.clock.advance('1h')
    expect(await remove(client, `${lab}/versions/2`)).toMatchObject({ status: 204, text: '' })
    expect((await client.call(`/cdn/certificates/${lab}/versions/2`)).status).toBe(404)
    expect((await client.call('/cdn/certificates?search=lab')).json).toMatchObject({
      certificates: [{ latestVersion: 1, lastUpdateTime: '2023-04-04T13:53:25Z' }],
    })
    const newVersion = { certificate: 'GENERATE', privateKey: 'ECC256' }
    const { headers } = await client.call(`/cdn/certificates/${lab}`, { method: 'PATCH', body: { newVersion } })
    expect(headers.get('location')).toMatch(/versions\/2$/)
  })

  test.each([
    ['x', '0', 400, 'InvalidVersion', 'The version number must be a positive integer.'],
    [lab, 'latest', 400, 'InvalidVersion', 'The version number must be a positive integer.'],
    ['x', '1', 404, 'InvalidCertId', 'The specified certificate ID does not exist.'],
    [lab, '3', 404, 'InvalidVersion', 'Version 3 does not exist (may have already been deleted)'],
    [shop, '1', 400, 'VersionIsNotTheLatest', 'Trying to delete version 1 which is not the latest version'],
    [
      api,
      '1',
      400,
      'CertificateWithOnlyOneVersion',
      'This is the only version in existence. Deleting this version is not allowed.',
    ],
    [shop, '3', 409, 'VersionUsed', 'The latest version cannot be deleted because it is in deployment history.'],
  ])('%s/%s stays', async (certificate, version, status, code, message) => {
    const client = setup(current)
    const before = client.mock.snapshot()
    expect(await remove(client, `${certificate}/versions/${version}`)).toMatchObject({
      status,
      text: JSON.stringify({ code, message }),
    })
    expect(client.mock.snapshot()).toEqual(before)
  })

  test('that was live once stays for ever, one whose deployment failed does not', async () => {
    const client = setup(current)
    await deploy(client, lab, 2)
    expect((await remove(client, `${lab}/versions/2`)).json).toMatchObject({ code: 'VersionUsed' })
    client.mock.act('fail-tasks')
    const version = `/cdn/certificates/${lab}/versions/2`
    expect((await client.call(version)).json).toMatchObject({ deletable: true })
    await deploy(client, lab, 2)
    client.mock.act('finish-tasks')
    await deploy(client, lab, 1)
    client.mock.act('finish-tasks')
    expect((await client.call(version)).json).toMatchObject({ inStaging: false, deletable: false })
    expect((await remove(client, `${lab}/versions/2`)).json).toMatchObject({ code: 'VersionUsed' })
  })

  test('may go while another one is being deployed', async () => {
    const client = setup(current)
    await deploy(client, lab, 1)
    expect((await remove(client, `${lab}/versions/2`)).status).toBe(204)
    client.mock.act('finish-tasks')
    expect((await client.call(`/cdn/certificates/${lab}`)).json).toMatchObject({ versionInStaging: 1 })
  })

  test('cannot be deleted in 2023, where the method is wrong', async () => {
    const answer = await remove(setup(), `${lab}/versions/2`)
    expect(answer).toMatchObject({ status: 405, diagnosis: 'wrong-method' })
    expect(answer.headers.get('allow')).toBe('GET')
  })
})
