import { get, request } from 'node:http'
import { createManualClock } from '@certtwin/mock-kit'
import { afterEach, describe, expect, test } from 'vitest'
import { createCdnProMock } from './mock.ts'
import { operations } from './operations.generated.ts'
import { basic, makeCertificate, setup, sign, uploadBody } from './test-client.ts'

const version = '/cdn/certificates/9fddeb2fea3ed5b52d89d81d/versions/1'

describe('the twin', () => {
  test("offers the vendor's sample account first", () => {
    const { accounts } = createCdnProMock()
    expect(accounts[0]).toMatchObject({
      username: 'example_username',
      apiKey: 'example_apiKey',
      customerId: 20_001_001,
    })
    expect(accounts).toHaveLength(4)
  })

  test('names access keys where they are taken', () => {
    expect(createCdnProMock().accounts[0].keys).toEqual({
      accessKey: 'example_accessKey',
      secretKey: 'example_secretKey',
    })
    expect(createCdnProMock({ door: 'native' }).accounts[0]).not.toHaveProperty('keys')
  })

  test('lives by the clock it is given', () => {
    const clock = createManualClock('2023-04-04T12:53:25Z')
    expect(createCdnProMock({ clock }).clock).toBe(clock)
  })

  test('writes a task in progress as its generation does', async () => {
    const { mock, call, clock } = setup({ generation: 'current' })
    const actions = [{ action: 'deploy_cert', certificateId: '642c1dc50000000000000a02', version: 3 }]
    const { headers } = await call('/cdn/deploymentTasks', { method: 'POST', body: { target: 'staging', actions } })
    const task = new URL(headers.get('location') ?? '').pathname
    clock.advance(5000)
    expect((await call(task)).json).toMatchObject({ status: 'inprogress' })
    mock.configure({ generation: '2023' })
    expect((await call(task)).json).toMatchObject({ status: 'in progress' })
  })

  test('has a route for every operation', () => {
    const { routes } = createCdnProMock()
    const served = routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)
    const documented = operations.map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`)
    expect(served.toSorted()).toEqual(documented.toSorted())
  })

  test('writes a journal of operation, status and diagnosis', async () => {
    const { mock, call } = setup()
    await call(version)
    await call('/nowhere')
    await call(version, { apiKey: 'wrong' })
    expect(mock.requests).toMatchObject([
      { operation: 'getCertificateVersion', status: 200, diagnosis: undefined },
      { operation: undefined, status: 404, diagnosis: 'unknown-route' },
      { operation: 'getCertificateVersion', status: 401, diagnosis: 'key-wrong' },
    ])
  })

  test('gives the same ids for the same seed, clock and calls, and others for another seed', async () => {
    const run = async (seed: string): Promise<(string | null)[]> => {
      const { call, date } = setup({ seed })
      const certificate = makeCertificate()
      const { headers } = await call('/cdn/certificates', { method: 'POST', body: uploadBody(certificate, date()) })
      return [headers.get('location'), headers.get('x-cnc-request-id')]
    }
    const first = await run('one')
    expect(await run('one')).toEqual(first)
    expect(await run('two')).not.toEqual(first)
  })

  test('forgets everything on a reset, and dates its seed data anew', async () => {
    const { mock, clock, call, create, date } = setup()
    const id = await create(uploadBody(makeCertificate(), date()))
    await call('/cdn/certificates/642c1dc50000000000000a02', { method: 'PATCH', body: { description: 'changed' } })
    const task = { target: 'staging', actions: [{ action: 'deploy_cert', certificateId: id, version: 1 }] }
    const { headers } = await call('/cdn/deploymentTasks', { method: 'POST', body: task })
    clock.advance(86_400_000)
    mock.reset()
    expect(mock.requests).toEqual([])
    expect((await call(`/cdn/certificates/${id}`)).status).toBe(404)
    expect((await call(new URL(headers.get('location')!).pathname)).status).toBe(404)
    expect((await call('/cdn/certificates/642c1dc50000000000000a02/versions/3')).json).toMatchObject({
      creationTime: '2023-04-03T12:53:25Z',
    })
  })

  test('shares nothing with another twin', async () => {
    const [one, other] = [setup(), setup()]
    const id = await one.create(uploadBody(makeCertificate(), one.date()))
    expect((await one.call(`/cdn/certificates/${id}`)).status).toBe(200)
    expect((await other.call(`/cdn/certificates/${id}`)).status).toBe(404)
  })
})

describe('on a port', () => {
  const open: { close: () => Promise<void> }[] = []
  afterEach(async () => {
    await Promise.all(open.splice(0).map((server) => server.close()))
  })

  async function listening(): Promise<{
    url: string
    headers: Record<string, string>
    mock: ReturnType<typeof setup>['mock']
  }> {
    const { mock, date } = setup()
    const server = await mock.listen({ port: 0 })
    open.push(server)
    const authorization = basic('example_username', sign('example_apiKey', date()))
    return { url: server.url, headers: { Date: date(), Authorization: authorization }, mock }
  }

  test("answers with the vendor's spelling of its headers, and with the date of its clock", async () => {
    const { url, headers } = await listening()
    const raw = await new Promise<string[]>((resolve, reject) => {
      get(`${url}${version}`, { headers }, (response) => {
        response.resume()
        response.on('end', () => resolve(response.rawHeaders))
      }).on('error', reject)
    })
    for (const name of ['Content-Type', 'Date', 'x-cnc-request-id']) expect(raw).toContain(name)
    expect(raw[raw.indexOf('Content-Type') + 1]).toBe('application/json')
    expect(raw[raw.indexOf('Date') + 1]).toBe('Tue, 04 Apr 2023 12:53:25 GMT')
  })

  test('sends a 201 without a body and without a media type, and an address that can be followed', async () => {
    const { url, headers } = await listening()
    const created = await fetch(`${url}/cdn/certificates`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(uploadBody(makeCertificate(), headers['Date']!)),
    })
    expect(created.status).toBe(201)
    expect(created.headers.has('content-type')).toBe(false)
    expect(await created.text()).toBe('')
    const followed = await fetch(created.headers.get('location')!, { headers })
    expect(await followed.json()).toMatchObject({ name: 'uploaded' })
  })

  test('answers 2 MB with the 413 every time', async () => {
    const { url, headers } = await listening()
    for (let count = 0; count < 10; count++) {
      const response = await fetch(`${url}/cdn/certificates`, { method: 'POST', headers, body: 'x'.repeat(2_000_000) })
      expect(response.status).toBe(413)
      expect(await response.text()).toBe('{"status":0,"result":"The request body is too large."}')
    }
  })

  test('answers a request line of odd bytes and goes on', async () => {
    const { url, headers } = await listening()
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(url, { path: '/cdn/certificates/%E0%A4%A/versions/%zz', headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })
    expect(status).toBe(400)
    expect((await fetch(`${url}${version}`, { headers })).status).toBe(200)
  })
})
