import { createPublicKey } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createManualClock } from '@certtwin/mock-kit'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { VersionContent } from '../entities.ts'
import { createState } from '../state.ts'
import { exportKey, keyOf, makeCertificate, newKey, setup, uploadBody } from '../test-client.ts'
import type { CdnProWorld } from '../world.ts'
import { type KeyRing, keyRingOf } from './key-ring.ts'
import { authoritiesAlone } from './new-version.ts'
import { toSpki } from './public-key.ts'

function setupRings(): { ringOf: (customerId: number) => KeyRing; world: CdnProWorld } {
  const clock = createManualClock('2023-04-04T12:53:25Z')
  const world = { state: createState(clock.now()), clock, seed: 'test' } as CdnProWorld
  return { world, ringOf: (customerId) => keyRingOf(world, customerId) }
}

const withKey = (key: ReturnType<typeof newKey>): VersionContent => ({
  ...authoritiesAlone,
  spki: toSpki(createPublicKey(key)),
})

describe('a key ring', () => {
  const key = keyOf('p-256')

  test('finds a private key by its public half, for the customer alone who has it', () => {
    const { ringOf } = setupRings()
    ringOf(1).remember(key)
    expect(ringOf(1).privateKeyOf(withKey(key))!.equals(key)).toBe(true)
    expect(ringOf(1).privateKeyOf(withKey(newKey('p-256')))).toBeUndefined()
    expect(ringOf(2).privateKeyOf(withKey(key))).toBeUndefined()
    expect(ringOf(1).privateKeyOf(authoritiesAlone)).toBeUndefined()
  })

  test('has a test key behind seed data, the same one for the same seed', () => {
    const [one, other] = [setupRings().ringOf(1), setupRings().ringOf(2)]
    const seeded: VersionContent = { ...authoritiesAlone, testKey: 'p-256' }
    expect(one.publicKeyOf(seeded)).toBe(other.publicKeyOf(seeded))
    expect(one.publicKeyOf(seeded)).toBe(toSpki(createPublicKey(one.privateKeyOf(seeded)!)))
    expect(one.publicKeyOf({ ...seeded, testKey: 'rsa-2048' })).not.toBe(one.publicKeyOf(seeded))
  })

  test('forgets the keys that no version of the customer has', () => {
    const { ringOf, world } = setupRings()
    for (const customerId of [1, 2]) ringOf(customerId).remember(key)
    ringOf(1).forgetUnused()
    expect([...world.state.privateKeys.values()].map(({ customerId }) => customerId)).toEqual([2])
  })
})

describe('a private key', () => {
  const current = { generation: 'current' } as const

  test('goes with the last version that has it', async () => {
    const client = setup(current)
    const certificate = makeCertificate()
    const id = await client.create(uploadBody(certificate, client.date()))
    const path = `/cdn/certificates/${id}`
    await client.call(path, { method: 'PATCH', body: { newVersion: { certificate: certificate.pem } } })
    await client.call(`${path}/versions/2`, { method: 'DELETE' })
    expect((await client.call(`${path}/csr`)).status).toBe(200)
  })

  test.each(['deleted', 'planted over'])('is forgotten with a certificate that is %s', async (how) => {
    const client = setup()
    const certificate = makeCertificate()
    const id = '00000000000000000000aa01'
    const plant = (version: { certificate: string; privateKey?: string }): void =>
      client.mock.seed({ certificates: [{ id, customerId: 20_001_001, name: 'planted', versions: [version] }] })
    plant({ certificate: certificate.pem, privateKey: certificate.keyPem })
    if (how === 'deleted') await client.call(`/cdn/certificates/${id}`, { method: 'DELETE' })
    else plant({ certificate: makeCertificate({ kind: 'rsa-2048' }).pem })
    plant({ certificate: certificate.pem })
    expect((await client.call(`/cdn/certificates/${id}/csr`)).diagnosis).toBe('key-not-known')
  })

  test('is forgotten with a version that is deleted', async () => {
    const client = setup(current)
    const path = `/cdn/certificates/${await client.create(uploadBody(makeCertificate(), client.date()))}`
    const other = makeCertificate({ key: newKey('p-256') })
    await client.call(path, { method: 'PATCH', body: uploadBody(other, client.date()) })
    await client.call(`${path}/versions/2`, { method: 'DELETE' })
    const id = '00000000000000000000aa01'
    const versions = [{ certificate: other.pem }]
    client.mock.seed({ certificates: [{ id, customerId: 20_001_001, name: 'planted', versions }] })
    expect((await client.call(`/cdn/certificates/${id}/csr`)).diagnosis).toBe('key-not-known')
  })

  test('is not remembered when the request is refused for another reason', async () => {
    const client = setup()
    const certificate = makeCertificate({ key: newKey('p-256') })
    const body = { ...uploadBody(certificate, client.date()), name: 'shop-rsa' }
    expect((await client.call('/cdn/certificates', { method: 'POST', body })).status).toBe(409)
    const seed = {
      id: '00000000000000000000aa01',
      customerId: 20_001_001,
      name: 'x',
      versions: [{ certificate: certificate.pem }],
    }
    client.mock.seed({ certificates: [seed] })
    expect((await client.call(`/cdn/certificates/${seed.id}/csr`)).diagnosis).toBe('key-not-known')
  })

  test('is there again after a restart with the same data file, and so are the test keys', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cdnpro-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const options = { data: join(folder, 'twin.db'), seed: 'kept' }
    const certificate = makeCertificate()
    const before = setup(options)
    const id = await before.create(uploadBody(certificate, before.date()))
    const paths = [id, '642c1dc50000000000000a04'].map((each) => `/cdn/certificates/${each}/csr`)
    const requests = await Promise.all(paths.map((path) => before.call(path)))
    before.mock.close()
    const after = setup(options)
    expect(await Promise.all(paths.map(async (path) => (await after.call(path)).text))).toEqual(
      requests.map(({ text }) => text),
    )
    after.mock.close()
  })

  test('is in no snapshot', async () => {
    const client = setup()
    const certificate = makeCertificate()
    await client.create(uploadBody(certificate, client.date()))
    const text = JSON.stringify(client.mock.snapshot())
    const secret = exportKey(certificate.key).split('\n').slice(1, -2).join('')
    for (const part of [secret.slice(0, 40), Buffer.from(secret, 'base64').toString('hex').slice(-60)])
      expect(text).not.toContain(part)
  })
})
