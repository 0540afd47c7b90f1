import { type Call, csr, type Row, row, wrongCsrs } from './call.ts'

export const duplicatePath = (orderId: number): string => `/order/certificate/${orderId}/duplicate`
export const good: Readonly<Record<string, unknown>> = {
  common_name: 'multi.example.net',
  csr,
  signature_hash: 'sha256',
}
export const duplicate = (orderId: number, certificate: object = good, further: object = {}): Call => ({
  method: 'POST',
  path: duplicatePath(orderId),
  body: { certificate, ...further },
})

export const duplicateRows: readonly Row[] = [
  row('a duplicate issued at once', 201, [duplicate(100002)]),
  row('a duplicate that needs approval', 201, [duplicate(112233, { ...good, common_name: 'example.com' })]),
  row('a duplicate that waits for validation', 201, [duplicate(100009, { ...good, common_name: 'hold.example.net' })]),
  row('a body that is no JSON', 400, [{ method: 'POST', path: duplicatePath(100002), body: '{' }]),
  row('a body without members', 400, [duplicate(100002, {})]),
  row('a body of wrong types', 400, [duplicate(100002, { ...good, server_platform: { id: 'x' } })]),
  row('an order that is not issued', 400, [duplicate(100005)]),
  row('a revoked order', 400, [duplicate(100006)]),
  row('an expired order', 400, [duplicate(100007)]),
  row('a product without duplicates', 400, [duplicate(100008)]),
  row('names that are none', 400, [duplicate(100002, { ...good, dns_names: ['a b'] })]),
  row('a foreign common name and a foreign name', 400, [
    duplicate(100002, { ...good, common_name: 'x.test', dns_names: ['y.test'] }),
  ]),
  row('a moved common name on a single-name product', 400, [
    duplicate(1234567, { ...good, common_name: 'digicert.com' }),
  ]),
  row('a name outside the wildcard', 400, [
    duplicate(100003, { ...good, common_name: '*.wild.example.net', dns_names: ['x.test'] }),
  ]),
  row('a CSR that is none', 400, [duplicate(100002, { ...good, csr: 'x' })]),
  row('a CSR with a broken signature', 400, [duplicate(100002, { ...good, csr: wrongCsrs.tampered })]),
  row('a CSR with a small key', 400, [duplicate(100002, { ...good, csr: wrongCsrs.smallKey })]),
  row('a CSR with an odd key', 400, [duplicate(100002, { ...good, csr: wrongCsrs.oddKey })]),
  row('an unknown platform and hash', 400, [
    duplicate(100002, { ...good, server_platform: { id: 0 }, signature_hash: 'md5' }),
  ]),
  row('an unknown CA', 400, [duplicate(100002, { ...good, ca_cert_id: 'FF' })], { profile: '2024' }),
  row('a validity beyond the order', 400, [duplicate(100002, { ...good, cert_validity: { years: 9 } })], {
    profile: '2024',
  }),
  row('a duplicate of an unknown order', 404, [duplicate(4711)]),
  row('a list', 200, [{ path: duplicatePath(100003) }]),
  row('an empty list', 200, [{ path: duplicatePath(100001) }]),
  row('a list with a query that cannot be read', 400, [{ path: `${duplicatePath(100003)}?show_archived=perhaps` }]),
  row('a list of an unknown order', 404, [{ path: duplicatePath(4711) }]),
]
