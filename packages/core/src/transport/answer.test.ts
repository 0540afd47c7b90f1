import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type CdnProClient, createCdnProClient } from '../cdnpro/client.ts'
import { createDigicertClient, type DigicertClient } from '../digicert/client.ts'
import type { Fetch } from '../fetch.ts'
import { errorOf, firstOf } from '../test-client.ts'
import type { ErrorEvent } from './hooks.ts'

// The service alone takes time.
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => vi.useRealTimers())

/** Clients of a service that gives one answer within 40 ms, and what they tell of their errors. */
function setup(status: number, body: unknown, headers: Record<string, string> = {}) {
  const told: ErrorEvent[] = []
  let calls = 0
  const fetch: Fetch = async () => {
    calls++
    vi.advanceTimersByTime(40)
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return new Response(text, { status, headers: { 'x-cnc-request-id': 'abc', ...headers } })
  }
  const options = { apiKey: 'key', fetch, hooks: { onError: (event: ErrorEvent) => void told.push(event) } }
  const clients = {
    digicert: createDigicertClient(options),
    cdnpro: createCdnProClient({ ...options, username: 'user' }),
  }
  return { clients, told, calls: () => calls }
}

interface Clients {
  readonly digicert: DigicertClient
  readonly cdnpro: CdnProClient
}

type Ask = (clients: Clients) => Promise<unknown>

const certificate = { common_name: 'example.com', csr: 'x', signature_hash: 'sha256' }
const html = { 'Content-Type': 'text/html; charset=utf-8' }
const [nothing, unclear, nowhere] = ['no object.', 'nothing of what became of it.', 'no id in Location.']

type Row = [operation: string, status: number, body: unknown, complaint: string, Ask, Record<string, string>?]

const ofDigicert: readonly Row[] = [
  ['getOrder', 200, '', nothing, ({ digicert }) => digicert.orders.get(1)],
  ['getOrder', 200, '<html>', 'no JSON.', ({ digicert }) => digicert.orders.get(1)],
  ['listMetadata', 200, { metadata: {} }, 'no list of metadata.', ({ digicert }) => digicert.account.metadata()],
  ['listUsers', 200, { users: [] }, 'no page of a list.', ({ digicert }) => firstOf(digicert.account.users())],
  [
    'requestDuplicate',
    201,
    { id: 1 },
    unclear,
    ({ digicert }) => digicert.duplicates.create(1, { certificate }, { recover: false }),
  ],
  ['revokeOrder', 200, '', unclear, ({ digicert }) => digicert.orders.revoke(1)],
  ['downloadCertificate', 200, '', 'an empty file.', ({ digicert }) => digicert.certificates.file(1, 'p7b')],
  ['downloadCertificate', 200, '<html>', 'a web page.', ({ digicert }) => digicert.certificates.file(1, 'p7b'), html],
  [
    'downloadOrderCertificate',
    200,
    '<html>',
    'a web page.',
    ({ digicert }) => digicert.certificates.fileOfOrder(1),
    html,
  ],
  [
    'downloadCertificate',
    200,
    'not issued',
    'no PEM certificate.',
    ({ digicert }) => digicert.certificates.download(1),
  ],
]

const newVersion = { certificate: 'GENERATE', privateKey: 'ECC256' }
const deployment = {
  certificateId: 'x',
  version: 1,
  target: 'staging',
  certificate: '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----',
} as const

const ofCdnPro: readonly Row[] = [
  ['getCertificate', 200, '', nothing, ({ cdnpro }) => cdnpro.certificates.get('x')],
  [
    'listCertificates',
    200,
    { count: 1, certificates: 'none' },
    'no list of certificates.',
    ({ cdnpro }) => cdnpro.certificates.page(),
  ],
  [
    'listDeploymentTasks',
    200,
    { deploy: [] },
    'no page of a list.',
    ({ cdnpro }) => firstOf(cdnpro.deployments.list()),
  ],
  ['createCertificate', 201, '', nowhere, ({ cdnpro }) => cdnpro.certificates.create({ name: 'x', newVersion })],
  ['updateCertificate', 201, '', nowhere, ({ cdnpro }) => cdnpro.certificates.update('x', { newVersion })],
  [
    'createDeploymentTask',
    201,
    '',
    nowhere,
    ({ cdnpro }) => cdnpro.deployments.create({ target: 'staging', actions: [] }),
  ],
  ['createDeploymentTask', 201, '', nowhere, ({ cdnpro }) => cdnpro.deployments.deployAndWait(deployment)],
  [
    'createPropertyVersion',
    201,
    '',
    nowhere,
    ({ cdnpro }) => cdnpro.properties.createVersion('x', {}),
    { Location: '/cdn/properties/x/versions/2a' },
  ],
  ['createPropertyVersion', 201, '', nowhere, ({ cdnpro }) => cdnpro.properties.createVersion('x', {})],
  ['createValidation', 201, '', nowhere, ({ cdnpro }) => cdnpro.validations.create('x', 1)],
]

describe.each([
  ['DigiCert', undefined, ofDigicert],
  ['CDN Pro', 'abc', ofCdnPro],
] as const)('an answer of success that the contract does not know, of %s', (_vendor, requestId, rows) => {
  it.each(rows)('says what is known of the call, and is told once: %s, status %i with %j', async (...row) => {
    const [operation, status, body, complaint, ask, headers] = row
    const { clients, told, calls } = setup(status, body, headers)
    const error = await errorOf(ask(clients))
    expect(error).toMatchObject({ code: 'unexpected_response', operation, status, outcome: 'unknown' })
    expect(error).toMatchObject({
      attempts: 1,
      elapsedMs: 40,
      message: `${operation} failed: the answer is not what the contract says: ${complaint}`,
    })
    expect(error.requestId).toBe(requestId)
    expect(told).toEqual([{ call: expect.any(Number) as number, operation, error }])
    expect(told[0]!.error).toBe(error)
    expect(calls()).toBe(1)
  })
})
