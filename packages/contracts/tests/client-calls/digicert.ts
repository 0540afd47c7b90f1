import type { DigicertClient } from '@certtwin/core'
import { expect } from 'vitest'
import { createKeyMaterial } from '../material.ts'
import { all } from './all.ts'

const { csr } = createKeyMaterial()
const certificate = { common_name: 'multi.example.net', csr, signature_hash: 'sha256' }
const bytes = expect.any(Uint8Array) as Uint8Array

/** A call of each operation on the seeds, and what comes of it. */
export const digicertCalls: Readonly<
  Record<string, readonly [call: (client: DigicertClient) => Promise<unknown>, result: unknown]>
> = {
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
