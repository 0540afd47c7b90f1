import { createDigicertMock, type DigicertMockOptions } from '@certtwin/mock-digicert'
import { createManualClock } from '@certtwin/mock-kit'
import { describe, expect, it } from 'vitest'
import { apis } from '../generate/apis.ts'
import { notCovered, witnessRequests } from './answer-table.ts'
import { createKeyMaterial, tamperedCsr } from './material.ts'
import { createWitness } from './witness.ts'

// Every status that the document promises and every error that it names, caused at the twin and judged.

const [api] = apis
const witness = await createWitness(api!)
const { csr } = createKeyMaterial()
const smallKey = createKeyMaterial({ type: 'rsa', bits: 1024 }).csr
const oddKey = createKeyMaterial({ type: 'ec', curve: 'P-521' }).csr
const day = 86_400_000

interface Call {
  readonly method?: string
  readonly path: string
  readonly key?: string
  readonly headers?: Record<string, string>
  readonly body?: unknown
}

const duplicatePath = (orderId: number): string => `/order/certificate/${orderId}/duplicate`
const good = { common_name: 'multi.example.net', csr, signature_hash: 'sha256' }
const duplicate = (orderId: number, certificate: object = good, further: object = {}): Call => ({
  method: 'POST',
  path: duplicatePath(orderId),
  body: { certificate, ...further },
})
const decide = (requestId: number, body: unknown, key = 'MOCKKEYADMIN'): Call => ({
  method: 'PUT',
  path: `/request/${requestId}/status`,
  key,
  body,
})
const download = (id: number, format = 'pem_all', key = 'MOCKKEYADMIN'): Call => ({
  path: `/certificate/${id}/download/format/${format}`,
  key,
})
const large = `{"x":"${'x'.repeat(1024 * 1024)}"}`

function toRequest({ method = 'GET', path, key = 'MOCKKEYADMIN', headers = {}, body }: Call): Request {
  const type = body === undefined ? {} : { 'Content-Type': 'application/json' }
  return new Request(`https://www.digicert.com/services/v2${path}`, {
    method,
    headers: { 'X-DC-DEVKEY': key, ...type, ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
}

/** What is shown, the status, and the calls of which the last one gives it; a number moves the clock, in milliseconds. */
interface Row {
  readonly name: string
  readonly status: number
  readonly calls: readonly (Call | number)[]
  readonly options: DigicertMockOptions
}

function row(name: string, status: number, calls: Row['calls'], options: DigicertMockOptions = {}): Row {
  return { name, status, calls, options }
}

const text = { Accept: 'text/html' }
const xml = { 'Content-Type': 'application/xml' }
const noCalls: DigicertMockOptions = { rateLimits: [{ limit: 0, windowMs: 1000 }] }
const rows: readonly Row[] = [
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
  row('a CSR with a broken signature', 400, [duplicate(100002, { ...good, csr: tamperedCsr(csr) })]),
  row('a CSR with a small key', 400, [duplicate(100002, { ...good, csr: smallKey })]),
  row('a CSR with an odd key', 400, [duplicate(100002, { ...good, csr: oddKey })]),
  row('an unknown platform and hash', 400, [
    duplicate(100002, { ...good, server_platform: { id: 0 }, signature_hash: 'md5' }),
  ]),
  row('an unknown CA', 400, [duplicate(100002, { ...good, ca_cert_id: 'FF' })], { profile: '2024' }),
  row('a validity beyond the order', 400, [duplicate(100002, { ...good, cert_validity: { years: 9 } })], {
    profile: '2024',
  }),
  row('a duplicate with an unknown key', 403, [{ ...duplicate(100002), key: 'nobody' }]),
  row('a duplicate with a key that only reads', 403, [{ ...duplicate(100002), key: 'MOCKKEYVIEWONLY' }]),
  row('a duplicate of an unknown order', 404, [duplicate(4711)]),
  row('a duplicate that accepts no JSON', 406, [{ ...duplicate(100002), headers: text }]),
  row('a duplicate that is too large', 413, [{ ...duplicate(100002), body: large }]),
  row('a duplicate as XML', 415, [{ ...duplicate(100002), headers: xml }]),
  row('a duplicate too many', 429, [duplicate(100002)], noCalls),
  row('a list', 200, [{ path: duplicatePath(100003) }]),
  row('an empty list', 200, [{ path: duplicatePath(100001) }]),
  row('a list with a query that cannot be read', 400, [{ path: `${duplicatePath(100003)}?show_archived=perhaps` }]),
  row('a list with an unknown key', 403, [{ path: duplicatePath(100003), key: 'nobody' }]),
  row('a list with a key for users', 403, [{ path: duplicatePath(100003), key: 'MOCKKEYUSERS' }]),
  row('a list of an unknown order', 404, [{ path: duplicatePath(4711) }]),
  row('a list that accepts no JSON', 406, [{ path: duplicatePath(100003), headers: text }]),
  row('a list too many', 429, [{ path: duplicatePath(100003) }], noCalls),
  row('an approval', 204, [
    duplicate(112233, { ...good, common_name: 'example.com' }),
    decide(332211, { status: 'approved' }),
  ]),
  row('a decision that is no JSON', 400, [decide(332211, '[]')]),
  row('a decision without a status', 400, [decide(199, {})]),
  row('a decision with an unknown status', 400, [decide(199, { status: 'perhaps' })]),
  row('a second decision', 400, [decide(199, { status: 'rejected' }), decide(199, { status: 'approved' })]),
  row('a decision after the end of the order', 400, [
    duplicate(112233, { ...good, common_name: 'example.com' }),
    276 * day,
    decide(332211, { status: 'approved' }),
  ]),
  row(
    'a decision whose validity would outlive the order by now',
    400,
    [
      duplicate(112233, { ...good, common_name: 'example.com', cert_validity: { days: 270 } }),
      10 * day,
      decide(332211, { status: 'approved' }),
    ],
    { profile: '2024' },
  ),
  row('a decision with an unknown key', 403, [decide(199, { status: 'approved' }, 'nobody')]),
  row('a decision with a key that only reads', 403, [decide(199, { status: 'approved' }, 'MOCKKEYVIEWONLY')]),
  row('a decision of a user who may not', 403, [decide(199, { status: 'approved' }, 'MOCKKEYSTANDARD')]),
  row('a decision on an unknown request', 404, [decide(4711, { status: 'approved' })]),
  row('a decision that accepts no JSON', 406, [{ ...decide(199, { status: 'approved' }), headers: text }]),
  row('a decision that is too large', 413, [decide(199, large)]),
  row('a decision as XML', 415, [{ ...decide(199, { status: 'approved' }), headers: xml }]),
  row('a decision too many', 429, [decide(199, { status: 'approved' })], noCalls),
  row('a download', 200, [download(100203)]),
  row('a download in an unknown format', 400, [download(100203, 'doc')]),
  row('a download with an unknown key', 403, [download(100203, 'pem_all', 'nobody')]),
  row('a download with a key for users', 403, [download(100203, 'pem_all', 'MOCKKEYUSERS')]),
  row('a download of nothing', 404, [download(4711)]),
  row('a download too many', 429, [download(100203)], noCalls),
]

/** What the document names and this table does not cause, each with its reason. */
const unexpected = 'only a fault can cause it'
const changed = 'takes an order that is revoked while a request waits, and no operation revokes yet'
const injected = 'only a fault brings it about, and what is injected says nothing about the twin'
const gaps: Readonly<Record<string, string>> = {
  'downloadCertificate 500': unexpected,
  'downloadCertificate 500 internal_error - An unexpected error occurred.': unexpected,
  'downloadCertificate 503': injected,
  'downloadCertificate 503 service_unavailable - The system is currently unavailable.': injected,
  'listDuplicates 500': unexpected,
  'listDuplicates 500 internal_error - An unexpected error occurred.': unexpected,
  'listDuplicates 503': injected,
  'listDuplicates 503 service_unavailable - The system is currently unavailable.': injected,
  'requestDuplicate 400 certificate_is_revoked - The primary certificate on the order is revoked.': changed,
  'requestDuplicate 500': unexpected,
  'requestDuplicate 500 internal_error - An unexpected error occurred.': unexpected,
  'requestDuplicate 503': injected,
  'requestDuplicate 503 service_unavailable - The system is currently unavailable.': injected,
  'updateRequestStatus 400 certificate_is_revoked - The primary certificate on the order is revoked.': changed,
  'updateRequestStatus 400 order_is_revoked - The order is revoked.': changed,
  'updateRequestStatus 400 order_not_issued - The order has not been issued.': changed,
  'updateRequestStatus 500': unexpected,
  'updateRequestStatus 500 internal_error - An unexpected error occurred.': unexpected,
  'updateRequestStatus 503': injected,
  'updateRequestStatus 503 service_unavailable - The system is currently unavailable.': injected,
}

async function play({ calls, options }: Row): ReturnType<typeof witnessRequests> {
  const clock = createManualClock('2023-04-04T12:53:25Z')
  const mock = createDigicertMock({ clock, ...options })
  const requests = calls.map((call) => () => {
    if (typeof call !== 'number') return toRequest(call)
    clock.advance(call)
    return undefined
  })
  return witnessRequests(witness, mock.fetch, requests)
}

const outcomes = new Map<Row, Awaited<ReturnType<typeof play>>>()
for (const each of rows) outcomes.set(each, await play(each))

describe('the DigiCert twin', () => {
  it.each(rows)('answers $name with $status, as the document says', (each) => {
    expect(outcomes.get(each)).toEqual({ status: each.status, violations: [] })
  })

  it('shows everything that the document names, but for the known gaps', () => {
    expect(notCovered(witness)).toEqual(Object.keys(gaps))
  })
})
