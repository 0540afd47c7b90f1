import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createManualClock } from '@certtwin/mock-kit'
import { parsePem } from '@certtwin/mock-kit/x509'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createDigicertMock, type DigicertMock } from './mock.ts'
import { addressesOf, errorsOf, member, setup, start, type TestWorld } from './test-world.ts'

const publicUrl = 'http://twin.example:4010'

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

  test('is named by what its intermediate issued, also by one that issues only when asked', async () => {
    const world = setup({ publicUrl, profile: '2024' })
    const wanted = { common_name: 'www.digicert.com', dns_names: [], ca_cert_id: '75085B44A694E58' }
    await world.duplicate(wanted, 1234567)
    const [list] = await addressesOf(world, 987654321)
    expect(list).toBe(`${publicUrl}/crl/default/75085B44A694E58.crl`)
    await revoke(world, 987654321)
    expect(await listOf(world, list!.slice(publicUrl.length))).toContain(await serialOf(world, 987654321))
  })

  test('of a world is there after a restart, before anybody enters it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'certtwin-status-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const options = { data: join(folder, 'twin.db'), accounts: 'open' } as const
    const first = setup(options)
    const apiKey = 'MOCKKEYADMIN.mine'
    await first.call('PUT', '/certificate/100101/revoke', { skip_approval: true }, { apiKey })
    const before = await listOf(first, '/crl/mine.crl')
    first.mock.close()
    const second = setup(options)
    onTestFinished(() => second.mock.close())
    expect(await listOf(second, '/crl/mine.crl')).toBe(before)
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
