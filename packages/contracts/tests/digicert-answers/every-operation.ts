import type { DigicertMockOptions } from '@certtwin/mock-digicert'
import { type Call, type Row, row } from './call.ts'
import { chain, download, downloadFor, downloadOfOrder } from './certificates.ts'
import { beside } from './revocation-status.ts'
import { cancel, reissue } from './changes.ts'
import { duplicate, duplicatePath } from './duplicates.ts'
import { place } from './orders.ts'
import { decide } from './requests.ts'

/** A call of each operation that succeeds on the seeds, and its status. */
export const goodCalls: Readonly<Record<string, readonly [status: number, call: Call]>> = {
  listOrders: [200, { path: '/order/certificate' }],
  listStatusChanges: [200, { path: '/order/certificate/status-changes?minutes=10' }],
  placeOrder: [201, place()],
  getOrder: [200, { path: '/order/certificate/100001' }],
  requestDuplicate: [201, duplicate(100002)],
  listDuplicates: [200, { path: duplicatePath(100003) }],
  listRequests: [200, { path: '/request' }],
  getRequest: [200, { path: '/request/199' }],
  updateRequestStatus: [204, decide(199, { status: 'approved' })],
  reissueOrder: [201, reissue(100002)],
  listReissues: [200, { path: '/order/certificate/100010/reissue' }],
  revokeOrder: [204, { method: 'PUT', path: '/order/certificate/100001/revoke' }],
  updateOrderStatus: [204, cancel(100005)],
  revokeCertificate: [204, { method: 'PUT', path: '/certificate/100203/revoke' }],
  archiveCertificate: [204, { method: 'PUT', path: '/certificate/100203/archive' }],
  downloadCertificate: [200, download(100203)],
  downloadCertificateForItsPlatform: [200, downloadFor(100203)],
  downloadCertificateForPlatform: [200, downloadFor(100203, '2')],
  downloadOrderCertificate: [200, downloadOfOrder('100003')],
  downloadOrderCertificateInFormat: [200, downloadOfOrder('100003/format/pem_all')],
  getCertificateChain: [200, chain(100203)],
  listIntermediates: [200, { path: '/certificate/intermediates' }],
  getCurrentUser: [200, { path: '/user/me' }],
  getUser: [200, { path: '/user/125039' }],
  listUsers: [200, { path: '/user' }],
  getAccount: [200, { path: '/account' }],
  listMetadata: [200, { path: '/account/metadata' }],
  listProducts: [200, { path: '/product' }],
  getProduct: [200, { path: '/product/ssl_plus' }],
  listOrganizations: [200, { path: '/organization' }],
  getOrganization: [200, { path: '/organization/112233' }],
  listDomains: [200, { path: '/domain' }],
  listContainers: [200, { path: '/container' }],
  getRevocationList: [200, beside('/crl/default.crl')],
  getRevocationListOfIssuer: [200, beside('/crl/default/1006.crl')],
  askOcsp: [200, { ...beside('/ocsp/default'), method: 'POST', body: 'no request' }],
  askOcspByPath: [200, beside('/ocsp/default/MAA=')],
}

/** Every valid key may call these. */
const open = ['getCurrentUser', 'listProducts', 'getProduct']
/** These answer with files, whatever a caller accepts. */
const files = Object.keys(goodCalls).filter((id) => id.startsWith('download'))

const noCalls: DigicertMockOptions = { rateLimits: [{ limit: 0, windowMs: 1000 }] }
const large = `{"x":"${'x'.repeat(1024 * 1024)}"}`

/** What any operation of the API can refuse, and for each a call that it takes. */
export const everyOperationRows: readonly Row[] = Object.entries(goodCalls).flatMap(([id, [status, call]]) => {
  if (call.isBeside === true) return [row(id, status, [call])]
  const isWrite = call.method === 'POST' || call.method === 'PUT'
  const isUsers = call.path.startsWith('/user')
  return [
    row(id, status, [call]),
    row(`${id} with an unknown key`, 403, [{ ...call, key: 'nobody' }]),
    ...(open.includes(id)
      ? []
      : [
          row(`${id} with a key for something else`, 403, [
            { ...call, key: isUsers ? 'MOCKKEYMANAGER' : 'MOCKKEYUSERS' },
          ]),
        ]),
    ...(files.includes(id)
      ? []
      : [row(`${id} accepting no JSON`, 406, [{ ...call, headers: { Accept: 'text/html' } }])]),
    row(`${id} once too often`, 429, [call], noCalls),
    ...(isWrite
      ? [
          row(`${id} with a key that only reads`, 403, [{ ...call, key: 'MOCKKEYVIEWONLY' }]),
          row(`${id} with too large a body`, 413, [{ ...call, body: large }]),
          row(`${id} as XML`, 415, [{ ...call, body: '<x/>', headers: { 'Content-Type': 'application/xml' } }]),
        ]
      : []),
  ]
})
