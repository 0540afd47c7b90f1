import { createCdnProClient } from '@certtwin/core'
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createManualClock } from '@certtwin/mock-kit'
import { expect, it } from 'vitest'
import { listVersions } from './versions.ts'

const shop = '642c1dc50000000000000a02'
const identificationInfo = { commonName: 'shop.example.com', subjectAlternativeNames: ['shop.example.com'] }
const dayMs = 24 * 3600 * 1000

it('tells of each version where it is live and in how many whole days it ends, the newest first', async () => {
  const clock = createManualClock('2026-03-01T12:00:00Z')
  const { fetch, accounts } = createCdnProMock({ clock })
  const cdnpro = createCdnProClient({ ...accounts[0], fetch, now: () => clock.now() })
  clock.advance(dayMs / 2)
  const list = await listVersions(cdnpro, clock.now())
  expect(list.certificates).toEqual({ shown: 7, count: 7 })
  const versions = list.versions.filter(({ certificateId }) => certificateId === shop)
  expect(
    versions.map(({ version, expiresInDays, inStaging, inProduction }) => ({
      version,
      expiresInDays,
      inStaging,
      inProduction,
    })),
  ).toEqual([
    { version: 3, expiresInDays: 362, inStaging: true, inProduction: false },
    { version: 2, expiresInDays: 264, inStaging: false, inProduction: true },
    { version: 1, expiresInDays: -96, inStaging: false, inProduction: false },
  ])
  expect(versions[0]).toMatchObject({
    certificateId: shop,
    certificateName: 'shop-rsa',
    dnsNames: ['shop.example.com', '*.shop.example.com'],
    serialNumber: expect.stringMatching(/^[0-9a-f]+$/),
  })
})

it('tells of the latest three versions and of those that are live', async () => {
  const clock = createManualClock('2026-03-01T12:00:00Z')
  const { fetch, accounts } = createCdnProMock({ clock })
  const cdnpro = createCdnProClient({ ...accounts[0], fetch, now: () => clock.now() })
  const newVersion = { privateKey: 'RSA2048', certificate: 'GENERATE', identificationInfo }
  for (let version = 4; version <= 6; version++) await cdnpro.certificates.update(shop, { newVersion })
  const { versions } = await listVersions(cdnpro, clock.now())
  expect(versions.slice(0, 6).map(({ certificateName, version }) => `${certificateName} ${version}`)).toEqual([
    'shop-rsa 6',
    'shop-rsa 5',
    'shop-rsa 4',
    'shop-rsa 3',
    'shop-rsa 2',
    expect.not.stringContaining('shop-rsa'),
  ])
})
