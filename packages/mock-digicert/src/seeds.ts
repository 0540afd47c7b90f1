// The data that every world starts with, as data: natural keys, ages in days. All of it is assumed; it is chosen so that the
// documented examples come out and every state can be seen. Orders are listed by id, which is the order of their creation.
import type {
  Seed,
  SeedAccount,
  SeedApiKey,
  SeedContainer,
  SeedDomain,
  SeedDuplicate,
  SeedOrder,
  SeedOrganization,
  SeedUser,
} from './control.generated.ts'
import type { Sequence } from './entities.ts'
import type { SequenceName } from './state.ts'

const accounts: SeedAccount[] = [
  { id: 112234, alwaysNeedsApproval: false },
  { id: 112235, alwaysNeedsApproval: true },
]

const containers: SeedContainer[] = [
  { id: 5, accountId: 112234, name: 'My Account', approvesAtOnce: false, isValidated: true },
  { id: 14, accountId: 112234, name: 'Fast Lane', approvesAtOnce: true, isValidated: true },
  { id: 15, accountId: 112234, name: 'Validation Hold', approvesAtOnce: true, isValidated: false },
  { id: 21, accountId: 112235, name: 'Approval Only', approvesAtOnce: false, isValidated: true },
]

const organizations: SeedOrganization[] = [
  { id: 112233, accounts: [112234, 112235], name: 'Example Org LLC', assumedName: 'Example Org' },
]

const domains: SeedDomain[] = [
  { id: 1, name: 'example.com', organization: 112233, container: 5 },
  { id: 2, name: 'example.net', organization: 112233, container: 14 },
  { id: 3, name: 'example.org', organization: 112233, container: 14 },
  { id: 4, name: 'digicert.com', organization: 112233, container: 14 },
  { id: 5, name: 'example.net', organization: 112233, container: 21 },
]

export const users: readonly SeedUser[] = [
  { id: 125039, accountId: 112234, role: 'administrator' },
  { id: 125040, accountId: 112234, role: 'manager', jobTitle: 'Manager' },
  { id: 125041, accountId: 112234, role: 'standard', jobTitle: 'Engineer' },
  { id: 125042, accountId: 112235, role: 'administrator' },
]

/** The first one may do everything. */
export const apiKeys: readonly [SeedApiKey, ...SeedApiKey[]] = [
  { apiKey: 'MOCKKEYADMIN', userId: 125039, restriction: 0 },
  { apiKey: 'MOCKKEYMANAGER', userId: 125040, restriction: 100 },
  { apiKey: 'MOCKKEYSTANDARD', userId: 125041, restriction: 0 },
  { apiKey: 'MOCKKEYVIEWONLY', userId: 125039, restriction: 102 },
  { apiKey: 'MOCKKEYUSERS', userId: 125039, restriction: 103 },
  { apiKey: 'MOCKKEYAPPROVAL', userId: 125042, restriction: 0 },
  { apiKey: 'MOCKKEYFAST', userId: 125039, restriction: 0, container: 14 },
]

const wildNames = ['*.wild.example.net', 'wild.example.net']
const flexNames = ['*.example.com', '*.example1.com', 'app.example3.com', 'example2.com']

// oxfmt-ignore
const orders: SeedOrder[] = [
  { id: 100001, request: 101, certificate: 100101, product: 'ssl_basic', container: 14, commonName: 'single.example.net', dnsNames: ['single.example.net'], organizationUnits: ['Example Unit'], customFields: [{ metadataId: 12, value: '123456' }], comments: 'Certificate comment.' },
  { id: 100002, request: 102, certificate: 100102, product: 'ssl_multi_domain', container: 14, commonName: 'multi.example.net', dnsNames: ['multi.example.net', 'a.example.net', 'b.example.org'] },
  { id: 100003, request: 103, certificate: 100103, product: 'ssl_wildcard', container: 14, commonName: '*.wild.example.net', dnsNames: wildNames },
  { id: 100004, request: 104, certificate: 100104, product: 'ssl_multi_domain', container: 5, commonName: 'example.com', dnsNames: ['sub.example.com'] },
  { id: 100005, request: 105, certificate: 100105, product: 'ssl_basic', container: 15, status: 'pending', commonName: 'pending.example.net' },
  { id: 100006, request: 106, certificate: 100106, product: 'ssl_basic', container: 14, status: 'revoked', commonName: 'revoked.example.net', revocation: { request: 204, ageDays: 20 } },
  { id: 100007, request: 107, certificate: 100107, product: 'ssl_basic', container: 14, commonName: 'expired.example.net', endsInDays: -30 },
  { id: 100008, request: 108, certificate: 100108, product: 'ssl_plus', container: 14, commonName: 'plain.example.net' },
  { id: 100009, request: 109, certificate: 100109, product: 'ssl_basic', container: 15, commonName: 'hold.example.net' },
  { id: 100010, request: 110, certificate: 100110, product: 'ssl_basic', container: 5, status: 'reissuePending', commonName: 'reissue.example.net', reissue: { certificate: 100210, request: 200, ageDays: 20 } },
  { id: 100011, request: 111, certificate: 100111, product: 'ssl_securesite_flex', container: 14, commonName: '*.example.com', dnsNames: flexNames },
  { id: 100012, request: 112, certificate: 100112, product: 'code_signing', container: 14, commonName: 'Example Org LLC' },
  { id: 100013, request: 113, certificate: 100113, product: 'ssl_basic', container: 14, status: 'canceled', commonName: 'canceled.example.net' },
  { id: 100014, request: 114, certificate: 100114, product: 'ssl_basic', container: 5, status: 'rejected', commonName: 'rejected.example.net' },
  { id: 100015, request: 115, certificate: 100115, product: 'ssl_dv_rapidssl', container: 14, commonName: 'dv.example.net' },
  { id: 112233, request: 116, certificate: 112200, product: 'ssl_multi_domain', container: 5, commonName: 'example.com', dnsNames: ['sub.example.com'], organizationUnits: ['Example Unit'] },
  { id: 123456, request: 198, certificate: 123400, product: 'ssl_basic', container: 5, status: 'needsApproval', commonName: 'example.com', dnsNames: ['example2.com', 'example3.com'] },
  { id: 200001, request: 117, certificate: 200101, product: 'ssl_basic', container: 21, commonName: 'approval.example.net', dnsNames: ['approval.example.net'] },
  { id: 1234567, request: 118, certificate: 987654320, product: 'ssl_ev_plus', container: 14, commonName: 'www.digicert.com', dnsNames: ['www.digicert.com', 'digicert.com'] },
]

// oxfmt-ignore
const duplicates: SeedDuplicate[] = [
  { id: 100203, order: 100003, subId: 1, request: 201, platform: 45, ageDays: 60 },
  { id: 100303, order: 100003, subId: 2, request: 202, platform: 2, ageDays: 50 },
  { id: 12345, order: 100004, subId: 111, request: 203, platform: 45, ageDays: 40 },
  { id: 23456, order: 100004, subId: 112, request: 199, platform: 45, ageDays: 30, status: 'pending' },
]

export const seed: Seed = {
  accounts,
  organizations,
  containers,
  domains,
  metadata: [{ id: 12, accountId: 112234, label: 'Invoice #' }],
  users: [...users],
  apiKeys: [...apiKeys],
  orders,
  duplicates,
}

/** Ids after the seeds, and those that are kept so that the documented examples come out whatever happened before. */
export const firstIds: Readonly<Record<SequenceName, Sequence>> = {
  orders: { next: 300001, reserved: {} },
  certificates: { next: 987654322, reserved: { 1234567: 987654321 } },
  requests: { next: 332212, reserved: { 112233: 332211 } },
}
