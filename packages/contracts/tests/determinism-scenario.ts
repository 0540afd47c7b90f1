// A process of its own for the test of determinism: makes the same calls at both twins, seeded as the argument says and on
// clocks that stand still, and prints what came back.
import { createPublicKey, type KeyObject } from 'node:crypto'
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createDigicertMock } from '@certtwin/mock-digicert'
import { createManualClock, type Fetch, type TwinClock } from '@certtwin/mock-kit'
import { attributeOids, buildCertificate, buildCsr, createSeededKey, encodePem } from '@certtwin/mock-kit/x509'
import { seal, sign } from './signing.ts'

const [seed = ''] = process.argv.slice(2)

interface Call {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

type Caller = (path: string, call?: Call) => Promise<string>

const transcript: string[] = []

/** Calls a twin, writes down everything that came back, and gives the body. */
function recorder(origin: string, fetch: Fetch, headersOf: () => Readonly<Record<string, string>>): Caller {
  return async (path, { method = 'GET', headers = {}, body } = {}) => {
    const isText = body === undefined || typeof body === 'string'
    const response = await fetch(
      new Request(`${origin}${path}`, {
        method,
        headers: { ...headersOf(), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
      }),
    )
    // Octets that are no text would all look alike as text.
    const text = Buffer.from(await response.arrayBuffer()).toString(isBinary(response) ? 'base64' : 'utf8')
    transcript.push(`${method} ${path}\n${response.status} ${JSON.stringify([...response.headers])}\n${text}`)
    return response.headers.get('location') ?? text
  }
}

function isBinary({ headers }: Response): boolean {
  return /zip|pkix/.test(headers.get('content-type') ?? '')
}

/** What every twin can do for whoever tests with it. */
async function steer(call: Caller, faulted: string, again: () => Promise<string>): Promise<void> {
  const rule = { kind: 'error', status: 503, operation: faulted, probability: 0.5 }
  await call('/__mock/faults', { method: 'POST', body: rule })
  for (let count = 0; count < 10; count++) await again()
  await call('/__mock/faults')
  await call('/__mock/faults', { method: 'DELETE' })
  await call('/__mock/clock/advance', { method: 'POST', body: { by: '26h' } })
  await again()
}

async function callDigicert(csr: string): Promise<void> {
  const clock = createManualClock('2019-07-01T10:00:00Z')
  const mock = createDigicertMock({ seed, accounts: 'open', clock, publicUrl: 'http://twin.example' })
  const call = recorder('https://www.digicert.com', mock.fetch, () => ({ 'X-DC-DEVKEY': 'MOCKKEYADMIN' }))
  const path = (order: number): string => `/services/v2/order/certificate/${order}/duplicate`
  const duplicate = (order: number, common_name: string, changes: object = {}, headers = {}): Promise<string> =>
    call(path(order), {
      method: 'POST',
      headers,
      body: { certificate: { common_name, csr, signature_hash: 'sha256', ...changes } },
    })
  const decide = (request: number, status: string): Promise<string> =>
    call(`/services/v2/request/${request}/status`, { method: 'PUT', body: { status } })
  const download = (id: number, format = 'pem_all'): Promise<string> =>
    call(`/services/v2/certificate/${id}/download/format/${format}`)

  await duplicate(112233, 'example.com')
  await call(path(112233))
  await decide(332211, 'approved')
  await call(path(112233))
  await download(987654322)
  await duplicate(1234567, 'www.digicert.com', { csr: '<csr>' })
  await duplicate(100003, '*.wild.example.net', { dns_names: ['new.wild.example.net'], signature_hash: 'sha512' })
  await duplicate(100009, 'hold.example.net')
  await call('/__mock/actions/complete-validation', { method: 'POST', body: { container: 15 } })
  await call(path(100009))
  await duplicate(112233, 'foreign.example', { signature_hash: 'md5' })
  await duplicate(112233, 'example.com', {}, { 'X-DC-DEVKEY': '' })
  await duplicate(112233, 'example.com', {}, { 'X-DC-DEVKEY': 'a key that opens a world of its own' })
  await duplicate(100007, 'expired.example.net')
  await decide(199, 'rejected')
  await call(path(100004))
  await download(100203)
  for (const format of ['default', 'p7b', 'der']) await download(100203, format)
  await call('/services/v2/certificate/100203/chain')
  await call('/services/v2/certificate/987654320/revoke', { method: 'PUT', body: { skip_approval: true } })
  await call('/crl/default.crl')
  await call('/crl/default/1006.crl')
  const order = { id: 5, product: 'ssl_ev_basic', commonName: 'planted.example', container: 14, csr }
  await call('/__mock/seed', { method: 'POST', body: { orders: [order], duplicates: [{ order: 5 }] } })
  await call(path(5))
  await duplicate(5, 'planted.example')
  await duplicate(100001, 'single.example.net', {}, { 'X-DC-DEVKEY': 'MOCKKEYFAST.abc' })
  await call(path(100001), { headers: { 'X-DC-DEVKEY': 'MOCKKEYFAST.abc' } })
  await changeOrders(call, csr)
  await steer(call, 'listDuplicates', () => call(path(100003)))
  await duplicate(100001, 'single.example.net')
  await call('/__mock/state')
  await call('/__mock/state?world=abc')
}

/** Reissues, revokes, cancels and archives, and looks at the requests for it. */
async function changeOrders(call: Caller, csr: string): Promise<void> {
  const order = (id: number, verb: string): string => `/services/v2/order/certificate/${id}/${verb}`
  const put = (path: string, body: object = {}): Promise<string> => call(path, { method: 'PUT', body })
  const certificate = { common_name: 'new.example', csr, signature_hash: 'sha384' }
  await call(order(100002, 'reissue'), { method: 'POST', body: { certificate } })
  await call(order(100002, 'reissue'))
  await put('/services/v2/certificate/100102/archive')
  await put('/services/v2/certificate/100102/revoke', { revocation_reason: 'superseded' })
  await put(order(100004, 'revoke'), { comments: 'No longer needed.' })
  await put(order(100010, 'status'), { status: 'canceled', note: 'Reason.' })
  await call('/services/v2/request?filters[type]=revoke')
  await call('/services/v2/request/200')
}

async function callCdnPro(key: KeyObject): Promise<void> {
  const clock: TwinClock = createManualClock('2023-04-04T12:53:25Z')
  const mock = createCdnProMock({ seed, accounts: 'open', clock })
  const date = (): string => new Date(clock.now()).toUTCString()
  const call = recorder('https://open.chinanetcenter.com', mock.fetch, () =>
    sign('example_username', 'example_apiKey', date()),
  )
  const follow = (location: string): Promise<string> => call(new URL(location).pathname)
  const documented = '/cdn/certificates/9fddeb2fea3ed5b52d89d81d/versions'
  const identificationInfo = { commonName: 'lab.example.net', subjectAlternativeNames: ['lab.example.net'] }
  const create = (name: string, newVersion: object, headers = {}): Promise<string> =>
    call('/cdn/certificates', { method: 'POST', headers, body: { name, newVersion } })
  const generate = (name: string, privateKey: string, headers = {}): Promise<string> =>
    create(name, { certificate: 'GENERATE', privateKey, identificationInfo }, headers)

  await call(`${documented}/1`)
  await call(`${documented}/999`)
  const uploaded = await create('uploaded', {
    certificate: selfSigned(key),
    privateKey: seal(key.export({ type: 'pkcs8', format: 'pem' }).toString(), 'example_apiKey', date()),
  })
  await follow(uploaded)
  const generated = [await generate('rsa', 'RSA2048'), await generate('ecc', 'ECC256')]
  for (const location of generated) await follow(`${location}/versions/1`)
  const again = { newVersion: { certificate: 'GENERATE', privateKey: 'ECC256' } }
  await follow(await call(new URL(generated[1]!).pathname, { method: 'PATCH', body: again }))
  const certificateId = generated[1]!.split('/').at(-1)
  const actions = [{ action: 'deploy_cert', certificateId, version: 2 }]
  const task = await call('/cdn/deploymentTasks', { method: 'POST', body: { target: 'staging', actions } })
  await follow(task)
  await call('/cdn/deploymentTasks', { method: 'POST', body: { target: 'staging', actions } })
  for (const by of ['6s', '20s']) {
    await call('/__mock/clock/advance', { method: 'POST', body: { by } })
    await follow(task)
    await follow(`${generated[1]}/versions/2`)
  }
  await call('/cdn/deploymentTasks', { method: 'POST', body: { target: 'production', actions } })
  await call('/__mock/actions/fail-tasks', { method: 'POST', body: {} })
  await changeSite(call, { tlsCertificateId: certificateId, hostnames: ['lab.example.net'] })
  const renewed = '642c1dc50000000000000a05'
  await call('/__mock/actions/renew-certificate', { method: 'POST', body: { certificateId: renewed } })
  await call(`/cdn/certificates/${renewed}/versions/3`)
  await endCertificates(call, certificateId!, generated[0]!.split('/').at(-1)!)
  await call(`${documented}/1`, { headers: sign('example_username', 'wrong', date()) })
  await create('empty', {})
  await generate('ecc', 'ECC256', sign('example_username.abc', 'example_apiKey', date()))
  await steer(call, 'getCertificateVersion', () => call(`${documented}/1`))
  await call('/__mock/state')
  await call('/__mock/state?world=abc')
}

/** Adds a version to a property, has it checked, and deploys it in vain and in earnest. */
async function changeSite(call: Caller, configs: object): Promise<void> {
  const property = '642c1dc50000000000000b05'
  const post = (path: string, body: object): Promise<string> => call(path, { method: 'POST', body })
  await call(new URL(await post(`/cdn/properties/${property}/versions`, configs)).pathname)
  const validation = await post('/cdn/validations', { propertyId: property, version: 2 })
  await post('/__mock/actions/fail-next-tasks', { count: 1 })
  for (let attempt = 0; attempt < 2; attempt++) {
    const actions = [{ action: 'deploy_property', propertyId: property, version: 2 }]
    await post('/cdn/deploymentTasks', { target: 'staging', actions })
    await post('/__mock/clock/advance', { by: '20s' })
    await call('/cdn/hostnames/lab.example.net')
  }
  await call(new URL(validation).pathname)
  await call('/cdn/deploymentTasks?limit=5&sortBy=submissionTime')
}

/** Signs with keys of the twin's own, renews by the clock, and deletes what may be deleted. */
async function endCertificates(call: Caller, live: string, unused: string): Promise<void> {
  const settings = (change: object): Promise<string> => call('/__mock/settings', { method: 'PUT', body: change })
  for (const id of [live, unused, '642c1dc50000000000000a02', '642c1dc50000000000000a06'])
    await call(`/cdn/certificates/${id}/csr?dcv=sectigo`)
  await settings({ autoRenewal: 'clock' })
  await call('/cdn/certificates/642c1dc50000000000000a05', { method: 'PATCH', body: { forceRenew: true } })
  await call('/__mock/clock/advance', { method: 'POST', body: { by: '2h' } })
  await call('/cdn/certificates/642c1dc50000000000000a05')
  await settings({ autoRenewal: 'off', generation: 'current', door: 'native' })
  await call('/cdn/certificates?limit=3&sortBy=creationTime')
  await call(`/cdn/certificates/${live}/versions/2`, { method: 'DELETE' })
  await call(`/cdn/certificates/${unused}`, { method: 'DELETE' })
  await settings({ generation: '2023', door: 'gateway' })
}

function selfSigned(key: KeyObject): string {
  const name = [[{ oid: attributeOids.CN, value: 'uploaded.example' }]]
  const template = {
    serialNumber: Uint8Array.of(7),
    subject: name,
    issuer: name,
    notBefore: new Date('2023-01-01T00:00:00Z'),
    notAfter: new Date('2024-01-01T00:00:00Z'),
    spki: createPublicKey(key).export({ type: 'spki', format: 'der' }),
    hash: 'sha256',
    extensions: { kind: 'leaf', dnsNames: ['uploaded.example'] },
  } as const
  return encodePem('CERTIFICATE', buildCertificate(template, key))
}

// The caller's own key is always the same: it is no business of the twins' seed.
const key = createSeededKey('caller')
await callDigicert(buildCsr([[{ oid: attributeOids.CN, value: 'example.com' }]], key))
await callCdnPro(key)
process.stdout.write(JSON.stringify(transcript))
