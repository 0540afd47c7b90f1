import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createManualClock } from '@certtwin/mock-kit'
import { parsePem } from '@certtwin/mock-kit/x509'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createDigicertMock, type DigicertMock, type DigicertMockOptions } from './mock.ts'
import { errorsOf, member, setup, start, type TestWorld } from './test-world.ts'

const publicUrl = 'http://twin.example:4010'
const newOrder = { orders: [{ id: 5, product: 'ssl_basic', commonName: 'a.example', container: 14, certificate: 6 }] }

/** What a certificate says about where its status is told. */
async function addressesOf({ call }: Pick<TestWorld, 'call'>, id: number, apiKey?: string): Promise<string[]> {
  const { text } = await call('GET', `/certificate/${id}/download/format/der`, undefined, apiKey ? { apiKey } : {})
  return text.match(/http:\/\/[\w.:/-]*?(?:\.crl|\/ocsp\/[\w-]+?)(?=0|$|[^\w.:/-])/g) ?? []
}

/** A list by its path: the octets of its DER in hex. */
async function listOf({ mock }: { readonly mock: DigicertMock }, path = '/crl/default.crl'): Promise<string> {
  const response = await mock.fetch(new Request(`https://any.example${path}`))
  expect(response.status).toBe(200)
  expect(response.headers.get('Content-Type')).toBe('application/pkix-crl')
  return Buffer.from(await response.arrayBuffer()).toString('hex')
}

/** The number of a list: the integer in its extension 2.5.29.20. */
function numberOf(list: string): bigint {
  const [, octets = '', digits = ''] = /0603551d1404..02(..)([0-9a-f]+)/.exec(list) ?? []
  return BigInt(`0x${digits.slice(0, 2 * Number(octets))}`)
}

async function serialOf({ call }: TestWorld, id: number): Promise<string> {
  const { text } = await call('GET', `/certificate/${id}/download/format/pem_nointermediate`)
  return new X509Certificate(text).serialNumber.toLowerCase()
}

function revoke({ call }: TestWorld, id: number): Promise<unknown> {
  return call('PUT', `/certificate/${id}/revoke`, { skip_approval: true, revocation_reason: 'key_compromise' })
}

describe('a certificate', () => {
  test('says nothing about its status while the twin has no address', async () => {
    const world = setup()
    const { json } = await world.duplicate({ common_name: 'www.digicert.com', dns_names: [] }, 1234567)
    expect(json).toHaveProperty('certificate_chain')
    expect(await addressesOf(world, 100101)).toEqual([])
    expect(await addressesOf(world, 987654321)).toEqual([])
  })

  test('names list and responder of its world where the twin has an address, seeds too', async () => {
    const world = setup({ publicUrl: `${publicUrl}/` })
    await world.duplicate({ common_name: 'www.digicert.com', dns_names: [] }, 1234567)
    world.mock.seed(newOrder)
    for (const id of [100101, 6])
      expect(await addressesOf(world, id)).toEqual([`${publicUrl}/crl/default.crl`, `${publicUrl}/ocsp/default`])
    for (const id of [987654320, 987654321])
      expect(await addressesOf(world, id)).toEqual([`${publicUrl}/crl/default/1006.crl`, `${publicUrl}/ocsp/default`])
  })

  test('names another world in another world', async () => {
    const world = setup({ publicUrl, accounts: 'open' })
    expect(await addressesOf(world, 100101, 'MOCKKEYADMIN.mine')).toEqual([
      `${publicUrl}/crl/mine.crl`,
      `${publicUrl}/ocsp/mine`,
    ])
  })

  test('names the port once the twin listens, but never changes when somebody has seen it', async () => {
    const world = setup()
    const { text: seen } = await world.call('GET', '/certificate/100101/download/format/pem')
    const { url, close } = await world.mock.listen()
    onTestFinished(close)
    await world.duplicate({ common_name: 'www.digicert.com', dns_names: [] }, 1234567)
    expect((await world.call('GET', '/certificate/100101/download/format/pem')).text).toBe(seen)
    expect(await addressesOf(world, 100102)).toEqual([`${url}/crl/default.crl`, `${url}/ocsp/default`])
    expect(await addressesOf(world, 987654321)).toEqual([`${url}/crl/default/1006.crl`, `${url}/ocsp/default`])
    world.mock.reset()
    expect(await addressesOf(world, 100101)).toEqual([`${url}/crl/default.crl`, `${url}/ocsp/default`])
  })

  test('names the last port until somebody sees it', async () => {
    const world = setup()
    await (await world.mock.listen()).close()
    const { text: seen } = await world.call('GET', '/certificate/100101/download/format/pem')
    const { url, close } = await world.mock.listen()
    onTestFinished(close)
    expect((await world.call('GET', '/certificate/100101/download/format/pem')).text).toBe(seen)
    expect(await addressesOf(world, 100102)).toEqual([`${url}/crl/default.crl`, `${url}/ocsp/default`])
  })

  test('keeps its address across a restart, in another place too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'certtwin-status-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const data = join(folder, 'twin.db')
    const first = setup({ data, publicUrl })
    const { text } = await first.call('GET', '/certificate/100101/download/format/pem')
    first.mock.close()
    const second = setup({ data, publicUrl: 'http://elsewhere.example' })
    onTestFinished(() => second.mock.close())
    expect((await second.call('GET', '/certificate/100101/download/format/pem')).text).toBe(text)
  })

  test('of a data file stays without address when it was seen without', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'certtwin-status-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const data = join(folder, 'twin.db')
    const first = setup({ data })
    const { text } = await first.call('GET', '/certificate/100101/download/format/pem')
    first.mock.close()
    const second = setup({ data })
    onTestFinished(() => second.mock.close())
    onTestFinished((await second.mock.listen()).close)
    expect((await second.call('GET', '/certificate/100101/download/format/pem')).text).toBe(text)
    second.mock.seed(newOrder)
    expect((await second.call('GET', '/certificate/100101/download/format/pem')).text).toBe(text)
    expect(await addressesOf(second, 6)).toHaveLength(2)
  })

  test('names its organization as it was called then, also when it is made again', async () => {
    const world = setup({ publicUrl })
    await world.duplicate({ common_name: 'www.digicert.com', dns_names: [] }, 1234567)
    const ids = [100101, 987654321]
    const textOf = async (id: number): Promise<string> =>
      (await world.call('GET', `/certificate/${id}/download/format/pem`)).text
    const texts = await Promise.all(ids.map(textOf))
    const place = { city: 'Salem', state: 'Oregon', country: 'us' }
    world.mock.seed({ organizations: [{ id: 112233, accounts: [112234, 112235], name: 'Another Name', ...place }] })
    world.mock.restore(world.mock.snapshot())
    expect(await Promise.all(ids.map(textOf))).toEqual(texts)
    await world.duplicate({ common_name: 'www.digicert.com', dns_names: [] }, 1234567)
    expect(new X509Certificate(await textOf(987654322)).subject).toContain('O=Another Name')
  })

  test('of a snapshot stays without address when it was seen without, until a reset', async () => {
    const world = setup()
    const { text } = await world.call('GET', '/certificate/100101/download/format/pem')
    world.mock.restore(world.mock.snapshot())
    onTestFinished((await world.mock.listen()).close)
    expect((await world.call('GET', '/certificate/100101/download/format/pem')).text).toBe(text)
    world.mock.reset()
    expect(await addressesOf(world, 100101)).toHaveLength(2)
  })

  test('has a public URL that is none refused', () => {
    expect(() => setup({ publicUrl: 'twin.example' })).toThrow(
      'The publicUrl must be a URL such as http://twin.example:4010.',
    )
  })
})

describe('a list of revocations', () => {
  test('has what was revoked, and nothing else', async () => {
    const world = setup()
    const [revoked, other] = [await serialOf(world, 100106), await serialOf(world, 100101)]
    expect(await listOf(world)).toContain(revoked)
    expect(await listOf(world)).not.toContain(other)
    await revoke(world, 100101)
    expect(await listOf(world)).toContain(other)
  })

  test('speaks for one intermediate', async () => {
    const world = setup()
    const serial = await serialOf(world, 987654320)
    await revoke(world, 987654320)
    expect(await listOf(world)).not.toContain(serial)
    expect(await listOf(world, '/crl/default/1006.crl')).toContain(serial)
    expect(await listOf(world, '/crl/default/1005.crl')).toBe(await listOf(world))
  })

  test('comes in PEM too', async () => {
    const { mock } = setup()
    const response = await mock.fetch(new Request('http://any.example/crl/default/1006.pem'))
    expect(response.headers.get('Content-Type')).toBe('application/x-pem-file')
    const [block, ...others] = parsePem(await response.text())
    expect([block?.label, others]).toEqual(['X509 CRL', []])
    expect(Buffer.from(block!.der).toString('hex')).toBe(await listOf({ mock }, '/crl/default/1006.crl'))
  })

  test('speaks for one world', async () => {
    const world = setup({ accounts: 'open' })
    const { json } = await world.call(
      'PUT',
      '/certificate/100101/revoke',
      { skip_approval: true },
      { apiKey: 'MOCKKEYADMIN.mine' },
    )
    expect(json).toBeUndefined()
    expect(numberOf(await listOf(world, '/crl/mine.crl'))).toBe(numberOf(await listOf(world)) + 1n)
  })

  test('has a number that rises with each revocation, with the time, and after a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'certtwin-status-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const data = join(folder, 'twin.db')
    const first = setup({ data })
    const numbers = [numberOf(await listOf(first))]
    await revoke(first, 100101)
    numbers.push(numberOf(await listOf(first)))
    first.mock.advance('1s')
    numbers.push(numberOf(await listOf(first)))
    const before = await listOf(first)
    first.mock.close()
    const clock = createManualClock(Date.parse(start) + 1000)
    const mock = createDigicertMock({ data, clock })
    onTestFinished(() => mock.close())
    expect(await listOf({ mock })).toBe(before)
    clock.advance('1s')
    numbers.push(numberOf(await listOf({ mock })))
    expect(numbers).toEqual(numbers.toSorted((one, other) => Number(one - other)))
    expect(new Set(numbers).size).toBe(4)
  })

  test('and everything else is the same bytes for the same seed and public URL', async () => {
    const bytesOf = async (): Promise<unknown[]> => {
      const world = setup({ publicUrl })
      const issued = await world.duplicate({ common_name: 'www.digicert.com', dns_names: [] }, 1234567)
      await revoke(world, 987654321)
      return [issued.text, await listOf(world), await listOf(world, '/crl/default/1006.crl')]
    }
    expect(await bytesOf()).toEqual(await bytesOf())
  })
})

describe('what takes no key', () => {
  const ask = ({ mock }: TestWorld, path: string, init?: RequestInit): Promise<Response> =>
    mock.fetch(new Request(`http://any.example${path}`, init))
  const malformed = '30030a0101'
  const hexOf = async (response: Response): Promise<string> => Buffer.from(await response.arrayBuffer()).toString('hex')

  test.each([
    ['/crl/nobody.crl', 'GET'],
    ['/crl/default', 'GET'],
    ['/crl/default/9.crl', 'GET'],
    ['/crl/default/1006', 'GET'],
    ['/crl/default.txt', 'GET'],
    ['/crl/default.crl', 'POST'],
    ['/ocsp/nobody', 'POST'],
    ['/ocsp/default', 'GET'],
    ['/crl/', 'GET'],
  ])('answers %s by %s with the general 404', async (path, method) => {
    const world = setup({ accounts: 'open' })
    const response = await ask(world, path, { method })
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({ errors: [{ code: 'not_found', message: 'Not found.' }] })
    expect(world.mock.worlds()).toEqual(['default'])
  })

  test('is not limited by rate, content type or Accept, and stands in the journal', async () => {
    const world = setup({ rateLimits: [{ limit: 0, windowMs: 1000 }] })
    const headers = { Accept: 'text/html', 'Content-Type': 'text/xml' }
    const response = await ask(world, '/ocsp/default', { method: 'POST', body: '<x/>', headers })
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe('application/ocsp-response')
    expect(await hexOf(response)).toBe(malformed)
    expect(await ask(world, '/crl/default.crl', { headers })).toHaveProperty('status', 200)
    expect(world.mock.requests.map(({ operation }) => operation)).toEqual(['askOcsp', 'getRevocationList'])
  })

  test('answers HEAD like GET, without a body', async () => {
    const response = await ask(setup(), '/crl/default.crl', { method: 'HEAD' })
    expect([response.status, await response.text()]).toEqual([200, ''])
  })

  test('complains about an empty body, and one that is too large', async () => {
    const world = setup()
    for (const body of ['', 'x'.repeat(2 * 1024 * 1024)])
      expect(await hexOf(await ask(world, '/ocsp/default', { method: 'POST', body }))).toBe(malformed)
  })

  test('takes a request in the path, its slashes and plus signs encoded or not', async () => {
    const world = setup()
    // A request about a certificate of a stranger, so that the answer differs from a complaint: unauthorized.
    const hash = 'ff'.repeat(20)
    const names = `300906052b0e03021a05000414${hash}0414${hash}`
    const request = Buffer.from(`304430423040303e303c${names}0203fbefbe`, 'hex').toString('base64')
    expect(request).toContain('/')
    for (const path of [request, encodeURIComponent(request)])
      expect(await hexOf(await ask(world, `/ocsp/default/${path}`))).toBe('30030a0106')
  })

  test('is no way into the API', async () => {
    const world = setup()
    const answer = await world.call('GET', '/crl/default.crl')
    expect(errorsOf(answer)).toEqual(['not_found|route ~ The specified route was not found.'])
    expect(member(answer, 'errors', 1)).toBeUndefined()
  })
})

test('a world that began after the twin listens has its address', async () => {
  const options: Omit<DigicertMockOptions, 'clock'> = { accounts: 'open' }
  const world = setup(options)
  const { url, close } = await world.mock.listen()
  onTestFinished(close)
  expect(await addressesOf(world, 100101, 'MOCKKEYADMIN.late')).toEqual([`${url}/crl/late.crl`, `${url}/ocsp/late`])
})
