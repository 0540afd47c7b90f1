import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { DigicertMockOptions } from './mock.ts'
import { addressesOf, setup } from './test-world.ts'

const publicUrl = 'http://twin.example:4010'
const newOrder = { orders: [{ id: 5, product: 'ssl_basic', commonName: 'a.example', container: 14, certificate: 6 }] }

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

test('a world that began after the twin listens has its address', async () => {
  const options: Omit<DigicertMockOptions, 'clock'> = { accounts: 'open' }
  const world = setup(options)
  const { url, close } = await world.mock.listen()
  onTestFinished(close)
  expect(await addressesOf(world, 100101, 'MOCKKEYADMIN.late')).toEqual([`${url}/crl/late.crl`, `${url}/ocsp/late`])
})
