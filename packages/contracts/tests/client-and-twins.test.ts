import { createCdnProClient, createDigicertClient } from '@certtwin/core'
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createDigicertMock } from '@certtwin/mock-digicert'
import { createManualClock } from '@certtwin/mock-kit'
import { beforeEach, describe, expect, it } from 'vitest'
import { apis } from '../generate/apis.ts'
import { createCertificateMaterial, createKeyMaterial } from './material.ts'
import { createWitness, type Witness } from './witness.ts'

// The client against the twins, with Prism and the closed document between them: whatever the client sends and the twin
// answers must be what the document says.

const [digicertApi, cdnproApi] = apis
const digicertWitness = await createWitness(digicertApi!)
const cdnproWitness = await createWitness(cdnproApi!)

function expectNoViolation(witness: Witness, operations: number): void {
  expect(witness.violations).toEqual([])
  expect(witness.seen).toBe(operations)
}

describe('the DigiCert client and twin', () => {
  beforeEach(() => digicertWitness.clear())

  function setup(account = 0) {
    const mock = createDigicertMock({ clock: createManualClock('2023-04-04T12:53:25Z') })
    const fetch = digicertWitness.through(mock.fetch)
    const client = createDigicertClient({ apiKey: mock.accounts[account]!.apiKey, fetch, retry: { attempts: 1 } })
    return { client, mock }
  }

  const { csr } = createKeyMaterial()
  const certificate = { common_name: 'example.com', dns_names: ['sub.example.com'], csr, signature_hash: 'sha256' }

  it('keep the document while a request is approved and its certificate found and downloaded', async () => {
    const { client } = setup()
    const duplicate = await client.duplicates.create(112233, { certificate })
    if (duplicate.state !== 'pending') throw new Error(duplicate.state)
    await client.requests.approve(duplicate.requests[0]!.id, { comment: 'Fine.' })
    const issued = await client.duplicates.waitForIssued(112233, csr)
    expect(await client.certificates.download(issued.id)).toHaveLength(3)
    expectNoViolation(digicertWitness, 4)
  })

  it('keep the document when a duplicate is issued at once, waits for validation, or is rejected', async () => {
    const { client } = setup()
    const named = (common_name: string) => ({
      certificate: { common_name, csr, signature_hash: 'sha384', server_platform: { id: 45 } },
    })
    expect((await client.duplicates.create(100003, named('*.wild.example.net'))).state).toBe('issued')
    expect((await client.duplicates.create(100009, named('hold.example.net'))).state).toBe('processing')
    await client.duplicates.create(112233, { certificate, comments: 'No.', skip_approval: false })
    await client.requests.reject(332211)
    await expect(client.duplicates.waitForIssued(112233, csr)).rejects.toMatchObject({ code: 'rejected' })
    expectNoViolation(digicertWitness, 5)
  })

  it('keep the document when calls are refused', async () => {
    const { client } = setup()
    const wrong = { certificate: { common_name: 'foreign.example', csr: 'no CSR', signature_hash: 'md5' } }
    await expect(client.duplicates.create(112233, wrong)).rejects.toMatchObject({
      code: 'invalid_request',
      status: 400,
    })
    await expect(client.duplicates.create(4711, { certificate })).rejects.toMatchObject({ code: 'not_found' })
    await expect(client.duplicates.list(4711)).rejects.toMatchObject({ code: 'not_found' })
    await expect(client.requests.approve(4711)).rejects.toMatchObject({ code: 'not_found' })
    await expect(client.certificates.download(4711)).rejects.toMatchObject({ code: 'not_found' })
    expectNoViolation(digicertWitness, 5)
  })

  it('keep the document when the key is unknown', async () => {
    const { mock } = setup()
    const client = createDigicertClient({ apiKey: 'nobody', fetch: digicertWitness.through(mock.fetch) })
    await expect(client.duplicates.list(112233)).rejects.toMatchObject({ code: 'unauthorized', status: 403 })
    expectNoViolation(digicertWitness, 1)
  })
})

const ways = [
  { scheme: 'Basic', door: 'gateway', generation: '2023' },
  { scheme: 'Basic', door: 'gateway', generation: 'current' },
  { scheme: 'an access key', door: 'gateway', generation: '2023' },
  { scheme: 'Basic', door: 'native', generation: '2023' },
  { scheme: 'Basic', door: 'native', generation: 'current' },
] as const

describe.each(ways)('the CDN Pro client with $scheme and the twin ($door, $generation)', ({ scheme, ...edition }) => {
  beforeEach(() => cdnproWitness.clear())

  function setup() {
    const clock = createManualClock('2023-04-04T12:53:25Z')
    const mock = createCdnProMock({ clock, lifecycle: { reads: 2 }, ...edition })
    const [{ username, apiKey, keys: pair }] = mock.accounts
    const keys = scheme === 'Basic' ? {} : pair
    const fetch = cdnproWitness.through(mock.fetch, edition)
    const credentials = { username, apiKey, ...keys, door: edition.door }
    return { client: createCdnProClient({ ...credentials, fetch, now: clock.now, retry: { attempts: 1 } }) }
  }

  const material = createCertificateMaterial(['shop.example.net', '*.shop.example.net'])

  it('keep the document from the upload to the deployment', async () => {
    const { client } = setup()
    const id = await client.certificates.create({ name: 'shop', newVersion: { ...material, comments: 'first' } })
    const version = await client.certificates.update(id, { description: 'north', newVersion: material })
    expect(version).toBe(2)
    expect(await client.certificates.update(id, { autoRenew: 'LE' })).toBeUndefined()
    const action = { action: 'deploy_cert', certificateId: id, version: 2 }
    const task = await client.deployments.create({ name: 'roll out', target: 'staging', actions: [action] })
    await client.deployments.waitForSuccess(task, { pollMs: 0 })
    expect(await client.versions.get(id, 2)).toMatchObject({ inStaging: true, inProduction: false })
    expect(await client.certificates.get(id)).toMatchObject({ versionInStaging: 2 })
    expectNoViolation(cdnproWitness, 9)
  })

  it('keep the document for every seed certificate', async () => {
    const { client } = setup()
    for (const last of ['2', '3', '4', '5', '6', '7']) {
      const certificate = await client.certificates.get(`642c1dc50000000000000a0${last}`)
      for (const { version } of certificate.versions) await client.versions.get(certificate.certificateId, version)
    }
    expect(cdnproWitness.violations).toEqual([])
  })

  it('keep the document when calls are refused', async () => {
    const { client } = setup()
    await expect(client.versions.get('9fddeb2fea3ed5b52d89d81d', 999)).rejects.toMatchObject({ code: 'not_found' })
    await expect(client.certificates.get('nothing')).rejects.toMatchObject({ code: 'not_found' })
    await expect(client.certificates.update('nothing', {})).rejects.toMatchObject({ code: 'not_found' })
    await expect(client.deployments.get('nothing')).rejects.toMatchObject({ code: 'not_found' })
    const wrongKey = { ...material, privateKey: createKeyMaterial().privateKey }
    await expect(client.certificates.create({ name: 'x', newVersion: wrongKey })).rejects.toMatchObject({ status: 400 })
    await expect(client.deployments.create({ target: 'moon', actions: [] })).rejects.toMatchObject({ status: 400 })
    await expect(client.certificates.create({ name: 'shop-rsa', newVersion: material })).rejects.toMatchObject({
      code: 'conflict',
    })
    expectNoViolation(cdnproWitness, 7)
  })
})
