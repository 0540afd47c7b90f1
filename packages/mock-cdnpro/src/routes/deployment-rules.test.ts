import { describe, expect, test } from 'vitest'
import { type Answer, makeCertificate, setup, type TestClient, uploadBody } from '../test-client.ts'

// How certificates and properties have to go together, and what differs between the generations.

const shop = '642c1dc50000000000000a02'
const api = '642c1dc50000000000000a03'
const lab = '642c1dc50000000000000a04'
const unknown = '000000000000000000000000'
const [shopSite, apiSite, , legacySite, labSite, deepSite] = [1, 2, 3, 4, 5, 6].map(
  (last) => `642c1dc50000000000000b0${last}`,
)

const cert = (certificateId: unknown, version: unknown): object => ({ action: 'deploy_cert', certificateId, version })
const removeCert = (certificateId: string): object => ({ action: 'remove_cert', certificateId })
const site = (propertyId: unknown, version: unknown): object => ({ action: 'deploy_property', propertyId, version })
const removeSite = (propertyId: unknown): object => ({ action: 'remove_property', propertyId })

const submit = ({ call }: TestClient, target: string, ...actions: object[]): Promise<Answer> =>
  call('/cdn/deploymentTasks', { method: 'POST', body: { target, actions } })

/** Submits a task and lets it succeed. */
async function done(client: TestClient, target: string, ...actions: object[]): Promise<void> {
  const { status, text } = await submit(client, target, ...actions)
  if (status !== 201) throw new Error(text)
  client.mock.act('finish-tasks')
}

async function addSiteVersion({ call }: TestClient, propertyId: string, configs: object): Promise<number> {
  const { headers } = await call(`/cdn/properties/${propertyId}/versions`, { method: 'POST', body: configs })
  return Number(headers.get('location')?.split('/').at(-1))
}

/** Adds a version with these names to a certificate of the elliptic kind. */
async function addVersion({ call, date }: TestClient, id: string, dnsNames: readonly string[]): Promise<number> {
  const { newVersion } = uploadBody(makeCertificate({ dnsNames }), date())
  const { headers, text } = await call(`/cdn/certificates/${id}`, { method: 'PATCH', body: { newVersion } })
  if (text !== '') throw new Error(text)
  return Number(headers.get('location')?.split('/').at(-1))
}

const expired = "Certificate is expired. Use request header 'Check-Certificate: no' to bypass cert expiration check."
const mismatch = (hosts: string, id: string): string =>
  `The domain(s) ${hosts} are not included in the Subject Alternative Name field of the deployed version of certificate ${id}.`

describe('the generations differ', () => {
  test.each([
    ['2023', 400, site(legacySite, 2), 'CertificateExpired', expired],
    ['current', 409, site(legacySite, 2), 'CertificateExpired', expired],
    ['2023', 400, site(deepSite, 1), 'CertificateMismatch', mismatch('deep.eu.shop.example.com', shop)],
    ['current', 409, site(deepSite, 1), 'CertificateMismatch', mismatch('deep.eu.shop.example.com', shop)],
    ['2023', 400, site(unknown, 1), 'InvalidPropertyId', 'An invalid property ID was specified.'],
    ['current', 400, site(unknown, 1), 'InvalidPropertyId', `An invalid property ID was specified: '${unknown}'.`],
    ['2023', 400, cert(unknown, 1), 'InvalidCertificateId', 'An invalid certificate ID was specified.'],
    [
      'current',
      400,
      cert(unknown, 1),
      'InvalidCertificateId',
      `An invalid certificate ID was specified: '${unknown}'.`,
    ],
  ] as const)('in %s: %i for %j', async (generation, status, action, code, message) => {
    const client = setup({ generation })
    expect(await submit(client, 'production', action)).toMatchObject({
      status,
      text: JSON.stringify({ code, message }),
    })
  })

  test('a certificate for client verification is unknown in 2023', async () => {
    const clientCa = '642c1dc50000000000000a08'
    expect((await submit(setup(), 'staging', cert(clientCa, 1))).json).toMatchObject({ code: 'InvalidCertificateId' })
    expect((await submit(setup({ generation: 'current' }), 'staging', cert(clientCa, 1))).status).toBe(201)
  })
})

describe('a version without a host name that is live', () => {
  const refused = (hosts: string): object => ({
    status: 409,
    text: JSON.stringify({
      code: 'RemovingActiveSan',
      message: `Some SANs are removed from the certificate including these deployed hostnames: '${hosts}'.`,
    }),
  })

  test('is refused in generation current alone', async () => {
    for (const generation of ['2023', 'current'] as const) {
      const client = setup({ generation })
      const version = await addVersion(client, api, ['other.example.com'])
      const answer = await submit(client, 'staging', cert(api, version))
      expect(answer).toMatchObject(generation === 'current' ? refused('api.example.com') : { status: 201 })
    }
  })

  test('is let pass where the host name was not covered before, or is nowhere live', async () => {
    const client = setup({ generation: 'current' })
    expect(await submit(client, 'staging', cert(lab, 1))).toMatchObject({ status: 201 })
    const uncovered = await addSiteVersion(client, apiSite!, { tlsCertificateId: api, hostnames: ['x.example.com'] })
    const body = { target: 'production', actions: [site(apiSite, uncovered)] }
    await client.call('/cdn/deploymentTasks', { method: 'POST', body, headers: { 'check-certificate': 'no' } })
    client.mock.act('finish-tasks')
    const version = await addVersion(client, api, ['other.example.com'])
    expect(await submit(client, 'production', cert(api, version))).toMatchObject({ status: 201 })
  })

  test('is let pass when the task takes the property off, too', async () => {
    const client = setup({ generation: 'current' })
    const version = await addVersion(client, api, ['other.example.com'])
    expect(await submit(client, 'staging', cert(api, version), removeSite(apiSite))).toMatchObject({ status: 201 })
  })

  test('names all such host names', async () => {
    const client = setup({ generation: 'current' })
    const names = ['api.example.com', 'a.api.example.com', 'b.api.example.com', 'kept.example.com']
    await done(client, 'staging', cert(api, await addVersion(client, api, [names[0]!, '*.API.example.com', names[3]!])))
    const hosts = await addSiteVersion(client, apiSite!, { tlsCertificateId: api, hostnames: [...names, names[1]] })
    await done(client, 'staging', site(apiSite, hosts))
    const version = await addVersion(client, api, ['*.example.com'])
    expect(await submit(client, 'staging', cert(api, version))).toMatchObject(
      refused('a.api.example.com, b.api.example.com'),
    )
  })
})

describe('a wildcard', () => {
  test.each([
    ['a.shop.example.com', 201],
    ['A.Shop.Example.COM', 201],
    ['shop.example.com', 201],
    ['*.shop.example.com', 201],
    ['b.a.shop.example.com', 400],
    ['ashop.example.com', 400],
    ['example.com', 400],
  ])('of *.shop.example.com against %s gives %i', async (hostname, status) => {
    const client = setup()
    const version = await addSiteVersion(client, shopSite!, { tlsCertificateId: shop, hostnames: [hostname] })
    expect((await submit(client, 'staging', site(shopSite, version))).status).toBe(status)
  })
})

describe('Check-Certificate: no', () => {
  const unchecked = async (client: TestClient, value: string, ...actions: object[]): Promise<unknown> => {
    const body = { target: 'production', actions }
    const headers = { 'Check-Certificate': value }
    const { status, json } = await client.call('/cdn/deploymentTasks', { method: 'POST', body, headers })
    return status === 201 ? 201 : (json as { code: unknown }).code
  }

  test('skips expiry and names, and nothing else', async () => {
    const client = setup()
    for (const no of ['no', 'No']) expect(await unchecked(client, no, site(deepSite, 1))).toBe(201)
    expect(await unchecked(client, 'no', site(legacySite, 2))).toBe(201)
    expect(await unchecked(client, 'no', site(labSite, 1))).toBe('CertificateNotDeployed')
    expect(await unchecked(client, 'no', removeCert(shop))).toBe('CertificateInUse')
  })

  test.each(['yes', '', 'false'])('does nothing as %j', async (value) => {
    expect(await unchecked(setup(), value, site(deepSite, 1))).toBe('CertificateMismatch')
  })
})

describe('a certificate and its properties', () => {
  test('leave together in one task', async () => {
    const client = setup()
    expect((await submit(client, 'staging', removeCert(api))).json).toMatchObject({ code: 'CertificateInUse' })
    await done(client, 'staging', removeCert(api), removeSite(apiSite))
    expect((await client.call(`/cdn/certificates/${api}`)).json).not.toHaveProperty('versionInStaging')
    expect((await client.call(`/cdn/certificates/${api}`)).json).toHaveProperty('versionInProduction')
  })

  test('part when the property moves to another certificate', async () => {
    const client = setup()
    const version = await addSiteVersion(client, apiSite!, { tlsCertificateId: lab, hostnames: ['lab.example.net'] })
    await done(client, 'staging', cert(lab, 2), site(apiSite, version), removeCert(api))
    expect((await client.call(`/cdn/certificates/${lab}`)).json).toMatchObject({
      usageInStaging: [{ propertyId: apiSite, hostnames: ['lab.example.net'] }],
    })
  })

  test('do not meet while the certificate is on its way out', async () => {
    const client = setup()
    await done(client, 'staging', cert(lab, 2))
    expect((await submit(client, 'staging', removeCert(lab))).status).toBe(201)
    expect((await submit(client, 'staging', site(labSite, 1))).json).toMatchObject({ code: 'CertificateNotDeployed' })
  })

  test('do not meet before the certificate is there', async () => {
    const client = setup()
    expect((await submit(client, 'staging', cert(lab, 2))).status).toBe(201)
    expect((await submit(client, 'staging', site(labSite, 1))).json).toMatchObject({ code: 'CertificateNotDeployed' })
    client.clock.advance(20_000)
    expect((await submit(client, 'staging', site(labSite, 1))).status).toBe(201)
    // Another version on its way takes nothing from what is there.
    expect((await submit(client, 'staging', cert(lab, 1))).status).toBe(201)
    expect((await submit(client, 'staging', site(labSite, 1))).status).toBe(201)
  })

  test('are checked as they will be: the version that the same task deploys counts', async () => {
    const client = setup()
    const version = await addVersion(client, api, ['other.example.com'])
    const actions = [cert(api, version), site(apiSite, 1)]
    expect((await submit(client, 'staging', ...actions)).json).toMatchObject({ code: 'CertificateMismatch' })
  })

  test('need each other in this environment, whatever is in the other one', async () => {
    const client = setup()
    await done(client, 'production', cert(lab, 2))
    expect((await submit(client, 'staging', site(labSite, 1))).json).toMatchObject({ code: 'CertificateNotDeployed' })
  })
})

test("another customer's certificate serves no property, though it is live", async () => {
  const client = setup()
  const otherTenant = '642c1dc50000000000000c01'
  const body = { target: 'staging', actions: [cert(otherTenant, 1)] }
  const other = { username: 'other_username', apiKey: 'other_apiKey' }
  expect((await client.call('/cdn/deploymentTasks', { method: 'POST', body, ...other })).status).toBe(201)
  client.mock.act('finish-tasks')
  const hostnames = ['other.example.com']
  const version = await addSiteVersion(client, labSite!, { tlsCertificateId: otherTenant, hostnames })
  expect((await submit(client, 'staging', site(labSite, version))).json).toMatchObject({
    code: 'CertificateNotDeployed',
  })
})

test('a property without a certificate needs none', async () => {
  const client = setup()
  const version = await addSiteVersion(client, labSite!, { tlsCertificateId: null })
  expect((await submit(client, 'staging', site(labSite, version))).status).toBe(201)
})

describe('the history of a version', () => {
  const deployed = ({ mock }: TestClient): unknown =>
    (mock.snapshot().tables['certificates']!.find(([id]) => id === lab)![1] as { deployedVersions: unknown })
      .deployedVersions

  test('remembers a success for ever, once, and a failure not at all', async () => {
    const client = setup()
    await submit(client, 'staging', cert(lab, 2))
    client.mock.act('fail-tasks')
    expect(deployed(client)).toEqual([])
    await done(client, 'staging', cert(lab, '2'))
    await done(client, 'production', cert(lab, 2))
    await done(client, 'staging', cert(lab, 1))
    await done(client, 'staging', removeCert(lab))
    expect(deployed(client)).toEqual([1, 2])
  })
})

describe('the id of the call that made a task', () => {
  test('is the one in its answer at the native door', async () => {
    const { headers, json } = await taskAfter('native')
    expect(headers.get('qtl-request-id')).toMatch(/^[0-9a-f]{16}$/)
    expect(json).toMatchObject({ apiRequestId: headers.get('qtl-request-id'), customerId: 20_001_001 })
  })

  test('is another one behind the gateway', async () => {
    const { headers, json } = await taskAfter('gateway')
    expect(json).toMatchObject({ apiRequestId: expect.stringMatching(/^[0-9a-f]{16}$/) as string })
    expect(json).not.toHaveProperty('customerId')
    expect(headers.get('x-cnc-request-id')).not.toContain((json as { apiRequestId: string }).apiRequestId)
  })

  async function taskAfter(door: 'gateway' | 'native'): Promise<{ headers: Headers; json: unknown }> {
    const client = setup({ door })
    const { headers } = await submit(client, 'staging', cert(lab, 2))
    return { headers, json: (await client.call(new URL(headers.get('location')!).pathname)).json }
  }
})

test('the next tasks fail when the control plane wants it, and the ones after them do not', async () => {
  const client = setup()
  const finish = async (): Promise<unknown> => {
    const { headers } = await submit(client, 'staging', cert(lab, 2))
    client.clock.advance(19_999)
    const path = new URL(headers.get('location')!).pathname
    expect((await client.call(path)).json).toMatchObject({ status: 'in progress' })
    client.clock.advance(1)
    return (await client.call(path)).json
  }
  expect(client.mock.act('fail-next-tasks', { count: 2, reason: 'no space' })).toEqual({ count: 2 })
  expect((await submit(client, 'staging', cert(lab, 9))).status).toBe(400)
  for (let task = 0; task < 2; task++) {
    expect(await finish()).toMatchObject({ status: 'failed', statusDetails: 'Deployment failed: no space' })
    expect((await client.call(`/cdn/certificates/${lab}`)).json).not.toHaveProperty('versionInStaging')
  }
  expect(await finish()).toMatchObject({ status: 'succeeded' })
  client.mock.act('fail-next-tasks', { count: 1 })
  client.mock.act('fail-next-tasks', { count: 0 })
  expect(await finish()).toMatchObject({ status: 'succeeded' })
})

test('a task that was going to fail succeeds when the control plane finishes it', async () => {
  const client = setup()
  client.mock.act('fail-next-tasks', { count: 1 })
  await done(client, 'staging', cert(lab, 2))
  expect((await client.call(`/cdn/certificates/${lab}`)).json).toMatchObject({ versionInStaging: 2 })
  expect(client.mock.snapshot().tables['tasks']!.at(-1)![1]).not.toHaveProperty('failure')
})
