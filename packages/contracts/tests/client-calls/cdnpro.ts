import type { CdnProClient } from '@certtwin/core'
import { expect } from 'vitest'
import { createCertificateMaterial } from '../material.ts'
import { all } from './all.ts'

const shop = '642c1dc50000000000000a02'
const lab = '642c1dc50000000000000a04'
const shopSite = '642c1dc50000000000000b01'
const past = { task: '3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4e02', validation: '3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4f01' }
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as string
const material = createCertificateMaterial(['shop.example.net'])

/** A call of each operation on the seeds, and what comes of it. */
export const cdnproCalls: Readonly<
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
