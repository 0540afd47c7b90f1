import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createManualClock } from '@certtwin/mock-kit'
import { describe, expect, it } from 'vitest'
import { apis } from '../generate/apis.ts'
import { notCovered, witnessRequests } from './answer-table.ts'
import { createCertificateMaterial, createKeyMaterial } from './material.ts'
import { seal, sign } from './signing.ts'
import { createWitness } from './witness.ts'

// Every status that the document promises and every error that it names, caused at the twin and judged.

const [, api] = apis
const witness = await createWitness(api!)
const clockStart = '2023-04-04T12:53:25Z'

interface Call {
  readonly method?: string
  readonly path: string
  readonly user?: string
  readonly key?: string
  readonly headers?: Record<string, string>
  readonly body?: unknown
  /** The signature and its date, where they are wrong on purpose. */
  readonly signed?: Record<string, string>
  /** How often the call is made; only the last one is judged. */
  readonly times?: number
  /** Seconds that the clock moves before. */
  readonly later?: number
}

function toRequest(call: Call, date: string): Request {
  const { method = 'GET', path, user = 'example_username', key = 'example_apiKey', headers = {}, body, signed } = call
  const type = body === undefined ? {} : { 'Content-Type': 'application/json' }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return new Request(`https://open.chinanetcenter.com${path}`, {
    method,
    headers: { ...type, ...(signed ?? sign(user, key, date)), ...headers },
    ...(text === undefined ? {} : { body: text }),
  })
}

const date = new Date(clockStart).toUTCString()
const shop = createCertificateMaterial(['shop.example.net'])
const sealed = (pem: string): string => seal(pem, 'example_apiKey', date)
const version = { certificate: shop.certificate, chainCert: shop.chainCert, privateKey: sealed(shop.privateKey) }
const generated = { certificate: 'GENERATE', privateKey: 'ECC256' }
const info = { commonName: 'lab.example.net', subjectAlternativeNames: ['lab.example.net'] }
const large = `{"x":"${'x'.repeat(1024 * 1024)}"}`
const shopId = '642c1dc50000000000000a02'
const apiId = '642c1dc50000000000000a03'
const labId = '642c1dc50000000000000a04'

const query = (id = '9fddeb2fea3ed5b52d89d81d', number: number | string = 1): Call => ({
  path: `/cdn/certificates/${id}/versions/${number}`,
})
const create = (newVersion: unknown, further: object = {}): Call => ({
  method: 'POST',
  path: '/cdn/certificates',
  body: { name: 'x', newVersion, ...further },
})
const update = (body: unknown, id = labId): Call => ({ method: 'PATCH', path: `/cdn/certificates/${id}`, body })
const read = (id = shopId): Call => ({ path: `/cdn/certificates/${id}` })
const deploy = (action: object, target = 'staging'): Call => ({
  method: 'POST',
  path: '/cdn/deploymentTasks',
  body: { target, actions: [{ action: 'deploy_cert', certificateId: labId, version: 2, ...action }] },
})
const deployProperty = (last: string, number: number): Call =>
  deploy({ action: 'deploy_property', propertyId: `642c1dc50000000000000b0${last}`, version: number }, 'production')
const task = (id = '3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4e01'): Call => ({ path: `/cdn/deploymentTasks/${id}` })

interface Row {
  readonly name: string
  readonly status: number
  readonly calls: readonly Call[]
}

const row = (name: string, status: number, ...calls: readonly Call[]): Row => ({ name, status, calls })

/** One call of each operation that succeeds, for what is refused whatever is asked. */
const plain: Readonly<Record<string, Call>> = {
  'a version query': query(),
  'a creation': create(version),
  'an update': update({}),
  'a read': read(),
  'a deployment': deploy({}),
  'a look at a task': task(),
}

const encode = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`
const refusals: Readonly<Record<string, Record<string, string>>> = {
  'without credentials': { Date: date },
  'with credentials that are none': { Authorization: 'Basic !', Date: date },
  'of an unknown user': sign('nobody', 'example_apiKey', date),
  'without a date': { Authorization: encode('example_username:x') },
  'with a date that is none': { Authorization: encode('example_username:x'), Date: 'today' },
  'with an old date': sign('example_username', 'example_apiKey', 'Tue, 04 Apr 2023 12:00:00 GMT'),
  'with a wrong key': sign('example_username', 'another', date),
}
const stranger = { user: 'unprovisioned_username', key: 'unprovisioned_apiKey' }
const reader = { user: 'readonly_username', key: 'readonly_apiKey' }

const everywhere: readonly Row[] = Object.entries(plain).flatMap(([name, call]) => [
  ...Object.entries(refusals).map(([how, signed]) => row(`${name} ${how}`, 401, { ...call, signed })),
  row(`${name} of an account without the service`, 403, { ...call, ...stranger }),
  row(`${name} too many`, 429, { ...call, times: 301 }),
])

const writes: readonly Row[] = Object.entries(plain).flatMap(([name, call]) =>
  call.method === undefined
    ? []
    : [
        row(`${name} of a user who only reads`, 403, { ...call, ...reader }),
        row(`${name} that is too large`, 413, { ...call, body: large }),
        row(`${name} as XML`, 415, { ...call, headers: { 'Content-Type': 'application/xml' } }),
        row(`${name} that is no JSON`, 400, { ...call, body: '{' }),
      ],
)

const otherKey = createKeyMaterial().privateKey
const expired = createCertificateMaterial(['old.example.net'], new Date('2023-02-01T00:00:00Z')).certificate
const rsa = createCertificateMaterial(['rsa.example.net'], undefined, { type: 'rsa', bits: 2048 })

/** The rules for a new version hold for both ways to add one. */
const wrongVersions: readonly (readonly [string, object])[] = [
  ['a key that is not encrypted', { ...version, privateKey: shop.privateKey }],
  ['a key of another certificate', { ...version, privateKey: sealed(otherKey) }],
  ['a certificate that is none', { ...version, certificate: 'x' }],
  ['a chain that is none', { ...version, chainCert: 'x' }],
  ['an expired chain', { ...version, chainCert: expired }],
  ['a wrong country', { ...generated, identificationInfo: { ...info, country: 'DEU' } }],
]
const versionRows: readonly Row[] = wrongVersions.flatMap(([name, newVersion]) => [
  row(`a creation with ${name}`, 400, create(newVersion)),
  row(`an update with ${name}`, 400, update({ newVersion })),
])

const rows: readonly Row[] = [
  ...everywhere,
  ...writes,
  ...versionRows,
  row('the documented version', 200, query()),
  row('a version with a chain', 200, query(shopId, 2)),
  row('a version that is no number', 400, query(shopId, 'latest')),
  row('an unknown certificate', 404, query('000000000000000000000000')),
  row('an unknown version', 404, query(undefined, 999)),
  row('a certificate', 200, read()),
  row('an unknown certificate to read', 404, read('0')),
  row('a certificate of another customer', 404, read('642c1dc50000000000000c01')),
  row('a version of another customer', 404, query('642c1dc50000000000000c01')),
  row('a new certificate', 201, create(version)),
  row('a self-signed certificate', 201, create({ ...generated, identificationInfo: info })),
  row('a self-signed certificate without names', 400, create(generated)),
  row('a self-signed version without names', 400, update({ newVersion: generated }, apiId)),
  row('a certificate without a name', 400, create(version, { name: '' })),
  row('a wrong automatic renewal', 400, create(version, { autoRenew: 'maybe' })),
  row('a member of a wrong type', 400, create(version, { description: 1 })),
  row('a certificate without a version', 400, create(undefined)),
  row('a certificate whose name is taken', 409, create(version, { name: 'shop-rsa' })),
  row('a certificate too many', 403, ...Array.from({ length: 100 }, (_, n) => create(version, { name: `n${n}` }))),
  row('new settings', 201, update({ description: 'new' })),
  row('a new version', 201, update({ newVersion: version })),
  row('an empty name', 400, update({ name: '' })),
  row('another wrong automatic renewal', 400, update({ autoRenew: 'maybe' })),
  row('another member of a wrong type', 400, update({ description: 1 })),
  row('a version with nothing in it', 400, update({ newVersion: {} })),
  row(
    'a version with another kind of key',
    400,
    update({ newVersion: { ...rsa, privateKey: sealed(rsa.privateKey) } }),
  ),
  row('an update of nothing', 404, update({}, '0')),
  row('a name of another certificate', 409, update({ name: 'shop-rsa' })),
  row(
    'a version too many',
    403,
    { ...update({ newVersion: version }), times: 300 },
    { ...update({ newVersion: { ...generated, identificationInfo: info } }), times: 200, later: 300 },
  ),
  row('a deployment', 201, deploy({})),
  row('a deployment to nowhere', 400, deploy({}, 'moon')),
  row('a deployment of no kind', 400, deploy({ action: 'launch' })),
  row('a deployment of no certificate', 400, deploy({ certificateId: undefined })),
  row('a deployment of no property', 400, deploy({ action: 'deploy_property' })),
  row('a deployment of an unknown property', 400, deploy({ action: 'deploy_property', propertyId: '0' })),
  row('a deployment of an unknown certificate', 400, deploy({ certificateId: '0' })),
  row('a deployment of an unknown version', 400, deploy({ version: 9 })),
  row('a deployment with a wrong type', 400, deploy({ certificateId: 1 })),
  row('a deployment of an unknown version of a property', 400, deployProperty('4', 9)),
  row('a property whose certificate is expired', 400, deployProperty('4', 2)),
  row('a property whose certificate is not deployed', 409, deployProperty('5', 1)),
  row('a property whose certificate does not fit', 400, deployProperty('6', 1)),
  row('a second deployment', 400, deploy({}), deploy({})),
  row('the removal of what is used', 400, deploy({ action: 'remove_cert', certificateId: shopId }, 'production')),
  row('a finished task', 200, task()),
  row('a failed task', 200, task('3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4e03')),
  row('an unknown task', 404, task('0')),
  row('a task of another customer', 403, { ...task(), user: 'other_username', key: 'other_apiKey' }),
]

/** What the document names and this table does not cause, each with its reason. */
const unexpected = 'only a fault can cause it'
const noBody = 'a GET made by fetch carries no body'
const operations = Object.fromEntries(witness.document.operations.map(({ id, method }) => [id, method]))
const injected = 'only a fault brings it about, and what is injected says nothing about the twin'
const gaps: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(operations).flatMap(([id, method]) => [
    ...(method === 'GET'
      ? [
          [`${id} 413`, noBody],
          [`${id} 413 The request body is too large.`, noBody],
        ]
      : []),
    [`${id} 500`, unexpected],
    [`${id} 500 InternalError - Internal error.`, unexpected],
    [`${id} 503`, injected],
    [`${id} 503 ServiceUnavailable - The service is currently unavailable.`, injected],
  ]),
)

async function play({ calls }: Row): ReturnType<typeof witnessRequests> {
  const clock = createManualClock(clockStart)
  const mock = createCdnProMock({ clock })
  const requests: (() => Request)[] = []
  for (const { times = 1, later = 0, ...call } of calls) {
    clock.advance(later * 1000)
    const next = (): Request => toRequest(call, new Date(clock.now()).toUTCString())
    for (let count = 1; count < times; count++) await mock.fetch(next())
    requests.push(next)
  }
  return witnessRequests(witness, mock.fetch, requests)
}

const outcomes = new Map<Row, Awaited<ReturnType<typeof play>>>()
for (const each of rows) outcomes.set(each, await play(each))

describe('the CDN Pro twin', () => {
  it.each(rows)('answers $name with $status, as the document says', (each) => {
    expect(outcomes.get(each)).toEqual({ status: each.status, violations: [] })
  })

  it('shows everything that the document names, but for the known gaps', () => {
    expect(notCovered(witness)).toEqual(Object.keys(gaps).toSorted())
  })
})
