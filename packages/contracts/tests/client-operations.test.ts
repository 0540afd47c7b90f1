import { type CdnProClient, createCdnProClient, createDigicertClient } from '@certtwin/core'
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createDigicertMock } from '@certtwin/mock-digicert'
import { createManualClock } from '@certtwin/mock-kit'
import { beforeEach, describe, expect, it } from 'vitest'
import { apis } from '../generate/apis.ts'
import { createCertificateMaterial, createKeyMaterial } from './material.ts'
import { createWitness } from './witness.ts'

// Every operation of the document through the client: what it sends and what it takes is what the document says.

const [api, cdnproApi] = apis
const witness = await createWitness(api!)
const cdnproWitness = await createWitness(cdnproApi!)
const { csr } = createKeyMaterial()
const certificate = { common_name: 'multi.example.net', csr, signature_hash: 'sha256' }

type DigicertClient = ReturnType<typeof createDigicertClient>

function setup(account = 0) {
  const mock = createDigicertMock({ clock: createManualClock('2023-04-04T12:53:25Z'), seed: 'client' })
  const fetch = witness.through(mock.fetch)
  return createDigicertClient({ apiKey: mock.accounts[account]!.apiKey, fetch, retry: { attempts: 1 } })
}

async function all<Entry>(entries: AsyncIterable<Entry>): Promise<Entry[]> {
  const found: Entry[] = []
  for await (const entry of entries) found.push(entry)
  return found
}

const bytes = expect.any(Uint8Array) as Uint8Array

/** A call of each operation on the seeds, and what comes of it. */
const calls: Readonly<Record<string, readonly [call: (client: DigicertClient) => Promise<unknown>, result: unknown]>> =
  {
    placeOrder: [
      ({ orders }) => orders.place('ssl_basic', { certificate, organization: { id: 112233 }, validity_years: 1 }),
      { state: 'pending', id: 300001, requests: [{ id: 332212 }] },
    ],
    getOrder: [({ orders }) => orders.get(100001), { id: 100001, status: 'issued' }],
    listOrders: [
      ({ orders }) => all(orders.list({ filters: { status: 'pending' }, sort: 'order_id', pageSize: 1 })),
      [{ id: 100005, status: 'pending' }],
    ],
    listStatusChanges: [({ orders }) => orders.statusChanges({ minutes: 10 }), []],
    requestDuplicate: [({ duplicates }) => duplicates.create(100002, { certificate }), { state: 'issued', id: 100002 }],
    listDuplicates: [({ duplicates }) => duplicates.list(100003), [{ id: 100303 }, { id: 100203 }]],
    reissueOrder: [({ orders }) => orders.reissue(100002, { certificate }), { state: 'issued', id: 100002 }],
    listReissues: [({ orders }) => orders.reissues(100010), [{ id: 100210, status: 'pending' }]],
    revokeOrder: [({ orders }) => orders.revoke(112233, { comments: 'No longer needed.' }), { state: 'pending' }],
    updateOrderStatus: [({ orders }) => orders.cancel(100005, 'A mistake.'), undefined],
    revokeCertificate: [
      ({ certificates }) => certificates.revoke(100203, { reason: 'superseded', skipApproval: true }),
      { state: 'revoked' },
    ],
    archiveCertificate: [({ certificates }) => certificates.archive(100203), undefined],
    getRequest: [({ requests }) => requests.get(199), { id: 199, type: 'duplicate', status: 'pending' }],
    listRequests: [
      ({ requests }) => all(requests.list({ filters: { status: 'pending', type: 'reissue' }, sort: 'id' })),
      [{ id: 200, type: 'reissue' }],
    ],
    updateRequestStatus: [({ requests }) => requests.approve(199), undefined],
    downloadCertificate: [({ certificates }) => certificates.file(100203, 'p7b'), bytes],
    downloadCertificateForItsPlatform: [({ certificates }) => certificates.fileForPlatform(100203), bytes],
    downloadCertificateForPlatform: [
      ({ certificates }) => certificates.fileForPlatform(100203, { platformId: 2 }),
      bytes,
    ],
    downloadOrderCertificate: [({ certificates }) => certificates.fileOfOrder(100003), bytes],
    downloadOrderCertificateInFormat: [
      ({ certificates }) => certificates.fileOfOrder(100003, { format: 'cer', subId: '001' }),
      bytes,
    ],
    getCertificateChain: [
      ({ certificates }) => certificates.chain(100203),
      [{ subject_common_name: '*.wild.example.net' }, {}, {}],
    ],
    listIntermediates: [({ certificates }) => certificates.intermediates(), [{}, {}, {}]],
    getCurrentUser: [({ account }) => account.me(), { id: 125039 }],
    getUser: [({ account }) => account.user(125040), { id: 125040 }],
    listUsers: [({ account }) => all(account.users({ pageSize: 2 })), [{ id: 125039 }, { id: 125040 }, { id: 125041 }]],
    getAccount: [({ account }) => account.get(), { id: 112234 }],
    listMetadata: [({ account }) => account.metadata(), [{ id: 12 }]],
    listProducts: [
      ({ products }) => products.list(),
      expect.arrayContaining([expect.objectContaining({ name_id: 'ssl_ev_plus' })]),
    ],
    getProduct: [({ products }) => products.get('ssl_plus'), { duplicates_allowed: false }],
    listOrganizations: [({ account }) => all(account.organizations()), [{ id: 112233 }]],
    getOrganization: [({ account }) => account.organization(112233), { id: 112233 }],
    listDomains: [({ account }) => all(account.domains()), [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }]],
    listContainers: [({ account }) => all(account.containers({ pageSize: 1 })), [{ id: 5 }, { id: 14 }, { id: 15 }]],
  }

describe('the DigiCert client', () => {
  beforeEach(() => witness.clear())

  it.each(Object.entries(calls))('calls %s as the document says', async (operation, [call, result]) => {
    const found = await call(setup())
    expect({ found }).toMatchObject({ found: result })
    expect(witness.violations).toEqual([])
    expect([...witness.covered].some((name) => name.startsWith(`${operation} 20`))).toBe(true)
  })

  it('calls every operation of the document that takes a key', () => {
    const keyed = witness.document.operations.filter(({ node }) => node['security'] === undefined)
    expect(Object.keys(calls).toSorted()).toEqual(keyed.map(({ id }) => id).toSorted())
  })
})

const shop = '642c1dc50000000000000a02'
const lab = '642c1dc50000000000000a04'
const shopSite = '642c1dc50000000000000b01'
const past = { task: '3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4e02', validation: '3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4f01' }
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as string
const material = createCertificateMaterial(['shop.example.net'])

const cdnproCalls: Readonly<
  Record<string, readonly [call: (client: CdnProClient) => Promise<unknown>, result: unknown]>
> = {
  getCertificateVersion: [({ versions }) => versions.get(shop, 3), { version: 3, inStaging: true }],
  deleteCertificateVersion: [({ versions }) => versions.delete(lab, 2), undefined],
  listCertificates: [
    ({ certificates }) =>
      all(
        certificates.list({ filters: { target: 'staging' }, sortBy: 'expirationTime', sortOrder: 'asc', pageSize: 1 }),
      ),
    [{ name: 'www-auto' }, { name: 'api-ecc' }, { name: 'shop-rsa' }],
  ],
  deleteCertificate: [({ certificates }) => certificates.delete(lab), undefined],
  downloadCsr: [
    ({ certificates }) => certificates.downloadCsr(lab, { dcv: 'sectigo' }),
    {
      latestVersion: 2,
      dcvFile: { uri: expect.stringMatching(/^\/\.well-known\/pki-validation\/[0-9A-F]{32}\.txt$/) },
    },
  ],
  createCertificate: [
    ({ certificates }) => certificates.create({ name: 'x', newVersion: material }),
    expect.stringMatching(/^[0-9a-f]{24}$/),
  ],
  getCertificate: [({ certificates }) => certificates.get(shop), { name: 'shop-rsa' }],
  updateCertificate: [({ certificates }) => certificates.update(shop, { description: 'x' }), undefined],
  createDeploymentTask: [
    ({ deployments }) =>
      deployments.deployAndWait({ certificateId: shop, version: 3, target: 'production' }, { pollMs: 0 }),
    { taskId: uuid, task: { status: 'succeeded' }, version: { version: 3, inProduction: true } },
  ],
  listDeploymentTasks: [
    ({ deployments }) => all(deployments.list({ filters: { certificateId: shop }, pageSize: 1 })),
    [{ id: past.task }, { target: 'production' }],
  ],
  getDeploymentTask: [({ deployments }) => deployments.get(past.task), { status: 'succeeded', target: 'staging' }],
  getHostname: [
    ({ hostnames }) => hostnames.get('Shop.example.com'),
    { propertyInProduction: { propertyId: shopSite, version: 1, certificateId: shop } },
  ],
  createPropertyVersion: [({ properties }) => properties.createVersion(shopSite, { tlsCertificateId: shop }), 3],
  getPropertyVersion: [
    ({ properties }) => properties.getVersion(shopSite, 2),
    { version: 2, configs: { tlsCertificateId: shop } },
  ],
  createValidation: [({ validations }) => validations.create(shopSite, 2), uuid],
  getValidation: [
    ({ validations }) => validations.waitForSuccess(past.validation),
    { id: past.validation, status: 'succeeded' },
  ],
}

describe('the CDN Pro client', () => {
  beforeEach(() => cdnproWitness.clear())

  function setupCdnPro(generation: '2023' | 'current'): CdnProClient {
    const clock = createManualClock('2023-04-04T12:53:25Z')
    const mock = createCdnProMock({ clock, generation, lifecycle: { reads: 2 } })
    const [{ username, apiKey }] = mock.accounts
    const fetch = cdnproWitness.through(mock.fetch, { door: 'gateway', generation })
    return createCdnProClient({ username, apiKey, fetch, now: clock.now, retry: { attempts: 1 } })
  }

  it.each(Object.entries(cdnproCalls))('calls %s as the document says', async (operation, [call, result]) => {
    const node = cdnproWitness.document.operations.find(({ id }) => id === operation)!.node
    const found = await call(setupCdnPro(node['x-generation'] === 'current' ? 'current' : '2023'))
    expect({ found }).toMatchObject({ found: result })
    expect(cdnproWitness.violations).toEqual([])
    expect([...cdnproWitness.covered].some((name) => name.startsWith(`${operation} 20`))).toBe(true)
  })

  it('calls every operation of the document', () => {
    const documented = cdnproWitness.document.operations.map(({ id }) => id)
    expect(Object.keys(cdnproCalls).toSorted()).toEqual(documented.toSorted())
  })
})
