import { expect, it } from 'vitest'
import { startTwins } from '../twins.ts'
import type { RunEvent, RunView } from './run.ts'
import { approvable, immediate, isWaiting, setup, unvalidated } from './test-world.ts'

function lastRun(events: readonly RunEvent[]): RunView {
  const runs = events.flatMap((event) => (event.kind === 'run' ? [event.run] : []))
  return runs.at(-1)!
}

function pathsOf(events: readonly RunEvent[]): string[] {
  return events.flatMap((event) =>
    event.kind === 'exchange' ? [`${event.exchange.method} ${event.exchange.path} ${event.exchange.status}`] : [],
  )
}

it('a run tells its steps as they happen and ends verified', async () => {
  const { start, watch } = setup()
  const { id, state } = await start(immediate)
  expect({ id, state }).toEqual({ id: 1, state: 'running' })
  const run = lastRun(await watch(id))
  expect(run).toMatchObject({ state: 'succeeded', message: 'The certificate is live and verified.' })
  expect(run.steps.map((step) => step.state)).toEqual(['done', 'done', 'done', 'done', 'done', 'done'])
  expect(run.receipt).toMatchObject({
    orderId: 1234567,
    duplicate: { certificateId: 987654321, dnsNames: ['www.digicert.com', 'digicert.com'] },
    uploaded: { version: 1 },
    deployments: [{ target: 'staging' }, { target: 'production' }],
  })
})

it('a run tells the requests that go over the wire', async () => {
  const { start, watch } = setup()
  const { id } = await start({ ...immediate, targets: ['staging'] })
  const events = await watch(id)
  expect(pathsOf(events).slice(0, 3)).toEqual([
    'GET /services/v2/order/certificate/1234567/duplicate 200',
    'POST /services/v2/order/certificate/1234567/duplicate 201',
    'POST /cdn/certificates 201',
  ])
  expect(lastRun(events).receipt.deployments.map(({ target }) => target)).toEqual(['staging'])
})

it('a request waits until it is approved, and the run goes on', async () => {
  const { start, watch, post } = setup()
  const { id } = await start(approvable)
  const waiting = lastRun(await watch(id, isWaiting))
  expect(waiting).toMatchObject({ state: 'waiting', message: 'Request 332211 waits for an approval.' })
  expect(waiting.steps.map(({ step, state }) => `${step}: ${state}`).slice(0, 3)).toEqual([
    'duplicate: waiting',
    'approval: waiting',
    'upload: to come',
  ])
  expect((await post(`/api/runs/${id}/decision`, { decision: 'approve' })).status).toBe(200)
  const run = lastRun(await watch(id))
  expect(run).toMatchObject({ state: 'succeeded', receipt: { requestId: 332211 } })
  expect(run.receipt.duplicate?.dnsNames).toContain('sub.example.com')
})

it('a request that is rejected ends the run', async () => {
  const { start, watch, post } = setup()
  const { id } = await start(approvable)
  await watch(id, isWaiting)
  await post(`/api/runs/${id}/decision`, { decision: 'reject' })
  const run = lastRun(await watch(id))
  expect(run.state).toBe('failed')
  expect(run.message).toMatch(/^The duplicate \d+ was rejected by an approver\.$/)
  expect(run.steps.map((step) => step.state).slice(0, 3)).toEqual(['failed', 'failed', 'to come'])
})

it('a decision is taken once', async () => {
  const { start, watch, post } = setup()
  const { id } = await start(approvable)
  await watch(id, isWaiting)
  const answers = await Promise.all([1, 2].map(() => post(`/api/runs/${id}/decision`, { decision: 'approve' })))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]))
  const refused = answers.find(({ status }) => status === 409)
  expect(await refused?.json()).toEqual({ error: 'Nothing waits for a decision in this run.' })
})

it('an order that waits for validation ends as not issued', async () => {
  const { start, watch } = setup()
  const { id } = await start(unvalidated)
  const run = lastRun(await watch(id))
  expect(run).toMatchObject({ state: 'not issued yet', message: 'The duplicate is requested and not issued yet.' })
  expect(run.steps[0]?.state).toBe('waiting')
})

it('what the vendor refuses is told in a sentence and ends the run', async () => {
  const { start, watch } = setup()
  const { id } = await start({ ...immediate, orderId: 424242 })
  const run = lastRun(await watch(id))
  expect(run).toMatchObject({ state: 'failed', message: expect.stringMatching(/^listDuplicates failed: status 404/) })
  expect(run.steps[0]?.state).toBe('failed')
})

it('runs follow one another, and all are listed', async () => {
  const { start, watch, get } = setup()
  for (const order of [immediate, unvalidated]) await watch((await start(order)).id)
  const runs = (await (await get('/api/runs')).json()) as RunView[]
  expect(runs.map(({ id, state }) => `${id} ${state}`)).toEqual(['1 succeeded', '2 not issued yet'])
})

it('a reader whose connection broke goes on where it was', async () => {
  const { start, watch, get } = setup()
  const { id } = await start(immediate)
  const events = await watch(id)
  const answer = await get(`/api/runs/${id}/events`, { 'Last-Event-ID': String(events.length - 2) })
  expect(answer.headers.get('Content-Type')).toBe('text/event-stream')
  const text = await answer.text()
  expect(text.match(/^id: .*/gm)).toEqual([`id: ${events.length - 1}`])
  expect(text).toMatch(/event: end\ndata: \n\n$/)
})

it('lists the certificate versions, those that a run made first, with the requests behind it', async () => {
  const { start, watch, get } = setup()
  await watch((await start({ ...immediate, targets: ['staging'] })).id)
  const { versions, exchanges } = (await (await get('/api/versions')).json()) as {
    versions: { certificateName: string; inStaging: boolean; inProduction: boolean }[]
    exchanges: { method: string; path: string }[]
  }
  expect(versions[0]).toMatchObject({
    certificateName: expect.stringMatching(/^www\.digicert\.com /),
    inStaging: true,
    inProduction: false,
  })
  expect(versions.map(({ certificateName }) => certificateName)).toContain('shop-rsa')
  expect(exchanges.every(({ method, path }) => method === 'GET' && path.startsWith('/cdn/certificates'))).toBe(true)
  expect(exchanges.length).toBeGreaterThan(versions.length)
})

it('shows an order with its certificates and the requests behind it, and says in a sentence why it cannot', async () => {
  const { get } = setup()
  const { order, exchanges } = (await (await get('/api/orders/1234567')).json()) as {
    order: { certificates: object[] }
    exchanges: object[]
  }
  expect(order).toMatchObject({ id: 1234567, status: 'issued', certificates: [{ id: 987654320, place: 'primary' }] })
  expect(exchanges).toMatchObject([{ service: 'DigiCert' }, { service: 'DigiCert' }])
  expect(await (await get('/api/orders/4711')).json()).toEqual({
    error: expect.stringContaining('order was not found'),
  })
  expect(await (await get('/api/orders/x')).json()).toEqual({ error: 'An order has a number: give that.' })
})

it('lists the deployment tasks, those of a run first, with the requests behind it', async () => {
  const { start, watch, get } = setup()
  await watch((await start(immediate)).id)
  const answer = (await (await get('/api/tasks')).json()) as { exchanges: object[] }
  expect(answer).toMatchObject({
    count: 5,
    tasks: [
      { name: 'certtwin production', target: 'production', status: 'succeeded' },
      { name: 'certtwin staging', target: 'staging', status: 'succeeded' },
      {},
      {},
      {},
    ],
  })
  expect(answer.exchanges).toHaveLength(6)
})

it.each([
  ['/api/versions', 'listCertificates'],
  ['/api/tasks', 'listDeploymentTasks'],
])('%s says in a sentence why there is nothing to list', async (path, operation) => {
  const { digicert, cdnpro } = startTwins(false)
  const unknown = { ...cdnpro, username: 'nobody' }
  const answer = await setup({ services: { digicert, cdnpro: unknown } }).get(path)
  expect(answer.status).toBe(502)
  expect(await answer.json()).toEqual({ error: expect.stringMatching(new RegExp(`^${operation} failed: status 401`)) })
})

it.each([
  [{ orderId: 'x' }, 'The order is a positive whole number.'],
  [{ orderId: -1 }, 'The order is a positive whole number.'],
  [{ commonName: ' ' }, 'Name the common name of the duplicate.'],
  [{ dnsNames: 'a b' }, 'The further names are a list of names.'],
  [{ dnsNames: [1] }, 'The further names are a list of names.'],
  [{ signatureHash: 'md5' }, 'The signature hash is sha256, sha384 or sha512.'],
  [{ targets: [] }, 'Choose where to deploy: staging, production or both.'],
  [{ targets: ['moon'] }, 'Choose where to deploy: staging, production or both.'],
])('refuses to run %j', async (wrong, error) => {
  const { post, get } = setup()
  const request = { ...immediate, dnsNames: [], signatureHash: 'sha256', targets: ['staging'], ...wrong }
  const answer = await post('/api/runs', request)
  expect([answer.status, await answer.json()]).toEqual([400, { error }])
  expect(await (await get('/api/runs')).json()).toEqual([])
})

it.each([
  ['{', 400, 'The body is not JSON.'],
  ['null', 400, 'Send a JSON object.'],
  [' '.repeat(70_000), 413, 'That is too much: a run is described in less than 64 kB.'],
])('answers a body that is no run with one sentence (%#)', async (body, status, error) => {
  const answer = await setup().post('/api/runs', body)
  expect([answer.status, await answer.json()]).toEqual([status, { error }])
})

it('knows no other runs, decisions or addresses', async () => {
  const { get, post, start } = setup()
  const unknown = await get('/api/runs/7/events')
  expect([unknown.status, await unknown.json()]).toEqual([
    404,
    { error: 'There is no such run; it may have been forgotten.' },
  ])
  expect((await get('/api/runs/constructor/events')).status).toBe(404)
  const { id } = await start(unvalidated)
  expect((await post(`/api/runs/${id}/decision`, { decision: 'perhaps' })).status).toBe(400)
  const nowhere = await get('/nowhere')
  expect([nowhere.status, await nowhere.json()]).toEqual([404, { error: 'There is nothing at this address.' }])
})

it('offers the orders in the document, with what they need', async () => {
  const { get } = setup({
    orders: [{ id: 5, title: 'A & B', hint: '<b>', commonName: '"x"', dnsNames: ['a.example', 'b.example'] }],
  })
  const document = await (await get('/')).text()
  expect(document).toContain('data-dns-names="a.example b.example"')
  expect(document).toContain('A &amp; B')
  expect(document).toContain('data-common-name="&quot;x&quot;"')
  expect(document).not.toContain('<small><b>')
})

it('closing the page ends what runs', async () => {
  const { page, start, watch } = setup({ pollMs: 60_000, issuanceDeadlineMs: 600_000 })
  const { id } = await start(unvalidated)
  await watch(
    id,
    (event) => event.kind === 'exchange' && event.exchange.status === 200 && event.exchange.method === 'GET',
  )
  page.close()
  expect(lastRun(await watch(id)).state).toBe('failed')
})

it('nothing secret reaches the browser, though it went over the wire', async () => {
  const world = setup()
  const { services, sent, get, start, watch, post } = world
  const { id } = await start(approvable)
  await watch(id, isWaiting)
  await post(`/api/runs/${id}/decision`, { decision: 'approve' })
  await watch(id)
  const addresses = [
    '/',
    '/page.js',
    '/api/runs',
    `/api/runs/${id}/events`,
    '/api/versions',
    '/api/tasks',
    '/api/runs/9/events',
  ]
  const told = (await Promise.all(addresses.map(async (path) => (await get(path)).text()))).join('\n')
  const wire = sent.join('\n')
  const passwords = [...wire.matchAll(/Basic ([\w+/=]+)/g)].map((match) => match[1]!)
  const sealedKeys = [...wire.matchAll(/"privateKey":"([^"]+)"/g)].map((match) => match[1]!)
  const secrets = [services.digicert.apiKey, services.cdnpro.apiKey, ...passwords, ...sealedKeys]
  expect({ passwords: passwords.length > 5, sealedKeys: sealedKeys.length }).toEqual({ passwords: true, sealedKeys: 1 })
  expect(wire).toContain(services.digicert.apiKey)
  for (const secret of secrets) expect(told).not.toContain(secret)
  expect(told).not.toMatch(/PRIVATE KEY|Basic [\w+/=]{8}/)
  expect(told).toContain('(hidden)')
})

it('nothing secret reaches the browser when a service repeats a key in its answer', async () => {
  const { digicert, cdnpro } = startTwins(false)
  const echo = async (): Promise<Response> =>
    Response.json({ errors: [{ code: 'odd', message: `${String(digicert.apiKey)} is odd` }] }, { status: 400 })
  const { start, watch } = setup({ services: { digicert: { ...digicert, fetch: echo }, cdnpro } })
  const told = JSON.stringify(await watch((await start(immediate)).id))
  expect(told).toContain('is odd')
  expect(told).not.toContain(digicert.apiKey)
})
