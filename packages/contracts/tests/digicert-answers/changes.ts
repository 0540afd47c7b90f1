import { type Call, dayMs, type Row, row, wrongCsrs } from './call.ts'
import { duplicate, good } from './duplicates.ts'
import { decide } from './requests.ts'

export const reissue = (orderId: number, certificate: object = good, further: object = {}): Call => ({
  method: 'POST',
  path: `/order/certificate/${orderId}/reissue`,
  body: { certificate, ...further },
})
export const cancel = (orderId: number, body: object = { status: 'CANCELED', note: 'Reason.' }): Call => ({
  method: 'PUT',
  path: `/order/certificate/${orderId}/status`,
  body,
})
const revokeOrder = (orderId: number, body?: unknown): Call => ({
  method: 'PUT',
  path: `/order/certificate/${orderId}/revoke`,
  body,
})
const revoke = (certificate: number | string, body?: unknown): Call => ({
  method: 'PUT',
  path: `/certificate/${certificate}/revoke`,
  body,
})
const archive = (certificateId: number, body?: unknown): Call => ({
  method: 'PUT',
  path: `/certificate/${certificateId}/archive`,
  body,
})
const reissues = (orderId: number, query = ''): Call => ({ path: `/order/certificate/${orderId}/reissue${query}` })
const approve = (requestId: number): Call => decide(requestId, { status: 'approved' })
const single = { ...good, common_name: 'single.example.net' }
const example = { ...good, common_name: 'example.com' }

const reissueRows: readonly Row[] = [
  row('a reissue with other names, issued at once', 201, [
    reissue(100001, { ...good, common_name: 'new.test', dns_names: ['other.test'] }),
    reissues(100001),
    reissue(100001, single),
  ]),
  row('a reissue that needs approval', 201, [reissue(112233)]),
  row('a reissue that waits for validation', 201, [reissue(100009)]),
  row('reissues of all kinds', 200, [
    reissue(100001),
    reissue(100001),
    archive(987654322),
    reissues(100001, '?show_archived=1'),
  ]),
  row('a reissue that was given up', 200, [cancel(100010), reissues(100010)]),
  row('no reissues', 200, [reissues(100001)]),
  row('reissues with a query that cannot be read', 400, [reissues(100001, '?show_archived=perhaps')]),
  row('reissues of an unknown order', 404, [reissues(4711)]),
  row('a reissue that is no JSON', 400, [{ ...reissue(100001), body: '{' }]),
  row('a reissue without members', 400, [reissue(100001, {})]),
  row('a reissue of wrong types', 400, [reissue(100001, { ...single, server_platform: { id: 'x' } })]),
  row('a reissue of an order that is not issued', 400, [reissue(100005)]),
  row('a reissue of a revoked order', 400, [reissue(100006)]),
  row('a reissue of an expired order', 400, [reissue(100007)]),
  row('a reissue for names that are none', 400, [reissue(100001, { ...single, dns_names: ['a b'] })]),
  row('a reissue with a CSR that is none', 400, [reissue(100001, { ...single, csr: 'x' })]),
  row('a reissue with a broken signature', 400, [reissue(100001, { ...single, csr: wrongCsrs.tampered })]),
  row('a reissue with a small key', 400, [reissue(100001, { ...single, csr: wrongCsrs.smallKey })]),
  row('a reissue with an odd key', 400, [reissue(100001, { ...single, csr: wrongCsrs.oddKey })]),
  row('a reissue for an unknown platform and hash', 400, [
    reissue(100001, { ...single, server_platform: { id: 0 }, signature_hash: 'md5' }),
  ]),
  row('a reissue from an unknown CA', 400, [reissue(100001, { ...single, ca_cert_id: 'FF' })], { profile: '2024' }),
  row('a reissue beyond the order', 400, [reissue(100001, { ...single, cert_validity: { years: 9 } })], {
    profile: '2024',
  }),
  row('a reissue of an unknown order', 404, [reissue(4711)]),
]

const revocationRows: readonly Row[] = [
  row('a revocation of an order that needs approval', 201, [revokeOrder(112233, { comments: 'No longer needed.' })]),
  row('a revocation of an order that is approved', 204, [revokeOrder(112233), approve(332211)]),
  row('a revocation of an order that is no JSON', 400, [revokeOrder(112233, '[]')]),
  row('a revocation of an order of wrong types', 400, [revokeOrder(112233, { skip_approval: 'perhaps' })]),
  row('a second revocation of an order', 400, [revokeOrder(100006)]),
  row('a revocation of an order whose reissue is pending', 400, [revokeOrder(100010)]),
  row('a revocation of an order that is not issued', 400, [revokeOrder(100005)]),
  row('a revocation of an expired order', 400, [revokeOrder(100007)]),
  row('a revocation of an unknown order', 404, [revokeOrder(4711)]),
  row('a revocation of a certificate that needs approval', 201, [revoke(112200, { comments: 'No longer needed.' })]),
  row('a revocation of a certificate that is approved', 204, [revoke(112200), approve(332211)]),
  row('a revocation of a certificate that is no JSON', 400, [revoke(100203, '[]')]),
  row('a revocation of a certificate of wrong types', 400, [revoke(100203, { comments: [] })]),
  row('a second revocation of a certificate', 400, [revoke(100106)]),
  row('a revocation of a certificate whose reissue is pending', 400, [revoke(100110)]),
  row('a revocation of an unknown certificate', 404, [revoke('AB:CD')]),
  row('a revocation of a certificate that is not issued', 404, [revoke(23456)]),
  row('a duplicate after the primary certificate was revoked', 400, [revoke(100101), duplicate(100001, single)]),
  row('an approval after the primary certificate was revoked', 400, [
    duplicate(112233, example),
    revoke(112200, { skip_approval: true }),
    approve(332211),
  ]),
  row('an approval after the order was revoked', 400, [
    duplicate(112233, example),
    revokeOrder(112233, { skip_approval: true }),
    approve(332211),
  ]),
  row('an approval while a reissue is pending', 400, [duplicate(112233, example), reissue(112233), approve(332211)]),
  row('an approval of a revocation that was made otherwise', 400, [
    revokeOrder(112233),
    revokeOrder(112233, { skip_approval: true }),
    approve(332211),
  ]),
  row('an approval of a revocation of a certificate that was revoked otherwise', 400, [
    revoke(112200),
    revoke(112200, { skip_approval: true }),
    approve(332211),
  ]),
  row('an approval of a revocation while a reissue is pending', 400, [
    revoke(112200),
    reissue(112233),
    approve(332211),
  ]),
  row('an approval of a reissue after the end of the order', 400, [276 * dayMs, approve(200)]),
]

export const changeRows: readonly Row[] = [
  ...reissueRows,
  ...revocationRows,
  row('an order that is canceled', 204, [cancel(100005)]),
  row('a reissue that is canceled', 204, [cancel(100010, { status: 'canceled', note: 'Reason.' })]),
  row('a change of status that is no JSON', 400, [{ ...cancel(100005), body: '[]' }]),
  row('a change of status without members', 400, [cancel(100005, {})]),
  row('a change to an unknown status', 400, [cancel(100005, { status: 'perhaps', note: 'Reason.' })]),
  row('a change to a status of other orders', 400, [cancel(100005, { status: 'renewed', note: 'Reason.' })]),
  row('a change of an issued order', 400, [cancel(100001)]),
  row('a change of an unknown order', 404, [cancel(4711)]),
  row('a certificate that is archived twice', 204, [archive(100203), archive(100203)]),
  row('a primary certificate that is to be archived', 400, [archive(100103)]),
  row('an archiving with a body that is no JSON', 400, [archive(100203, '[')]),
  row('an unknown certificate that is to be archived', 404, [archive(4711)]),
]
