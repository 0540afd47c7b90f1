// The data that every world starts with, as data: natural keys, ages in days. All of it is assumed; it is chosen so that the
// documented examples come out and every state can be seen. Orders are listed by id, which is the order of their creation.
import type { Account, ApiKey, Container, OrderStatus, Sequence, User } from './entities.ts'
import type { SequenceName } from './state.ts'

export interface OrderSeed {
  readonly id: number
  readonly product: string
  readonly commonName: string
  readonly dnsNames: readonly string[]
  readonly container: number
  readonly status: OrderStatus
  readonly certificate: number
  /** The request that placed the order. */
  readonly request: number
  /** When the primary certificate ends, in days from now; 275 unless stated. */
  readonly endsInDays?: number
}

export interface DuplicateSeed {
  readonly id: number
  readonly order: number
  readonly subId: number
  readonly request: number
  readonly platform: number
  readonly ageDays: number
  readonly isApproved: boolean
}

export const accounts: readonly Account[] = [
  { id: 112234, alwaysNeedsApproval: false },
  { id: 112235, alwaysNeedsApproval: true },
]

export const containers: readonly Container[] = [
  { id: 5, accountId: 112234, approvesAtOnce: false, isValidated: true },
  { id: 14, accountId: 112234, approvesAtOnce: true, isValidated: true },
  { id: 15, accountId: 112234, approvesAtOnce: true, isValidated: false },
  { id: 21, accountId: 112235, approvesAtOnce: false, isValidated: true },
]

const exampleUser = { firstName: 'Example', lastName: 'User' }

export const users: readonly User[] = [
  { id: 125039, accountId: 112234, role: 'administrator', ...exampleUser },
  { id: 125040, accountId: 112234, role: 'manager', ...exampleUser },
  { id: 125041, accountId: 112234, role: 'standard', ...exampleUser },
  { id: 125042, accountId: 112235, role: 'administrator', ...exampleUser },
]

/** The first one may do everything. */
export const apiKeys: readonly [ApiKey, ...ApiKey[]] = [
  { apiKey: 'MOCKKEYADMIN', userId: 125039, restriction: 0 },
  { apiKey: 'MOCKKEYMANAGER', userId: 125040, restriction: 100 },
  { apiKey: 'MOCKKEYSTANDARD', userId: 125041, restriction: 0 },
  { apiKey: 'MOCKKEYVIEWONLY', userId: 125039, restriction: 102 },
  { apiKey: 'MOCKKEYUSERS', userId: 125039, restriction: 103 },
  { apiKey: 'MOCKKEYAPPROVAL', userId: 125042, restriction: 0 },
  { apiKey: 'MOCKKEYFAST', userId: 125039, restriction: 0 },
]

const wildNames = ['*.wild.example.net', 'wild.example.net']
const flexNames = ['*.example.com', '*.example1.com', 'app.example3.com', 'example2.com']

// oxfmt-ignore
export const orders: readonly OrderSeed[] = [
  { id: 100001, request: 101, certificate: 100101, product: 'ssl_basic', container: 14, status: 'issued', commonName: 'single.example.net', dnsNames: ['single.example.net'] },
  { id: 100002, request: 102, certificate: 100102, product: 'ssl_multi_domain', container: 14, status: 'issued', commonName: 'multi.example.net', dnsNames: ['multi.example.net', 'a.example.net', 'b.example.org'] },
  { id: 100003, request: 103, certificate: 100103, product: 'ssl_wildcard', container: 14, status: 'issued', commonName: '*.wild.example.net', dnsNames: wildNames },
  { id: 100004, request: 104, certificate: 100104, product: 'ssl_multi_domain', container: 5, status: 'issued', commonName: 'example.com', dnsNames: ['sub.example.com'] },
  { id: 100005, request: 105, certificate: 100105, product: 'ssl_basic', container: 15, status: 'pending', commonName: 'pending.example.net', dnsNames: [] },
  { id: 100006, request: 106, certificate: 100106, product: 'ssl_basic', container: 14, status: 'revoked', commonName: 'revoked.example.net', dnsNames: [] },
  { id: 100007, request: 107, certificate: 100107, product: 'ssl_basic', container: 14, status: 'issued', commonName: 'expired.example.net', dnsNames: [], endsInDays: -30 },
  { id: 100008, request: 108, certificate: 100108, product: 'ssl_plus', container: 14, status: 'issued', commonName: 'plain.example.net', dnsNames: [] },
  { id: 100009, request: 109, certificate: 100109, product: 'ssl_basic', container: 15, status: 'issued', commonName: 'hold.example.net', dnsNames: [] },
  { id: 100010, request: 110, certificate: 100110, product: 'ssl_basic', container: 5, status: 'reissuePending', commonName: 'reissue.example.net', dnsNames: [] },
  { id: 100011, request: 111, certificate: 100111, product: 'ssl_securesite_flex', container: 14, status: 'issued', commonName: '*.example.com', dnsNames: flexNames },
  { id: 100012, request: 112, certificate: 100112, product: 'code_signing', container: 14, status: 'issued', commonName: 'Example Org LLC', dnsNames: [] },
  { id: 100013, request: 113, certificate: 100113, product: 'ssl_basic', container: 14, status: 'canceled', commonName: 'canceled.example.net', dnsNames: [] },
  { id: 100014, request: 114, certificate: 100114, product: 'ssl_basic', container: 5, status: 'rejected', commonName: 'rejected.example.net', dnsNames: [] },
  { id: 100015, request: 115, certificate: 100115, product: 'ssl_dv_rapidssl', container: 14, status: 'issued', commonName: 'dv.example.net', dnsNames: [] },
  { id: 112233, request: 116, certificate: 112200, product: 'ssl_multi_domain', container: 5, status: 'issued', commonName: 'example.com', dnsNames: ['sub.example.com'] },
  { id: 123456, request: 198, certificate: 123400, product: 'ssl_basic', container: 5, status: 'needsApproval', commonName: 'example.com', dnsNames: ['example2.com', 'example3.com'] },
  { id: 200001, request: 117, certificate: 200101, product: 'ssl_basic', container: 21, status: 'issued', commonName: 'approval.example.net', dnsNames: ['approval.example.net'] },
  { id: 1234567, request: 118, certificate: 987654320, product: 'ssl_ev_plus', container: 14, status: 'issued', commonName: 'www.digicert.com', dnsNames: ['www.digicert.com', 'digicert.com'] },
]

// oxfmt-ignore
export const duplicates: readonly DuplicateSeed[] = [
  { id: 100203, order: 100003, subId: 1, request: 201, platform: 45, ageDays: 60, isApproved: true },
  { id: 100303, order: 100003, subId: 2, request: 202, platform: 2, ageDays: 50, isApproved: true },
  { id: 12345, order: 100004, subId: 111, request: 203, platform: 45, ageDays: 40, isApproved: true },
  { id: 23456, order: 100004, subId: 112, request: 199, platform: 45, ageDays: 30, isApproved: false },
]

/** The reissue that order 100010 waits for, and the revocation of order 100006. */
export const reissue = { order: 100010, certificate: 100210, request: 200, ageDays: 20 } as const
export const revocation = { order: 100006, request: 204, ageDays: 20 } as const

/** Ids after the seeds, and those that are kept so that the documented examples come out whatever happened before. */
export const firstIds: Readonly<Record<SequenceName, Sequence>> = {
  certificates: { next: 987654322, reserved: { 1234567: 987654321 } },
  requests: { next: 332212, reserved: { 112233: 332211 } },
}
