import { createCdnProClient, createDigicertClient } from '@certtwin/core'
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createDigicertMock } from '@certtwin/mock-digicert'
import { createManualClock } from '@certtwin/mock-kit'
import { expect, it } from 'vitest'
import { createCertificateMaterial, createKeyMaterial } from './material.ts'

// A world of its own for a test in process, with the seed accounts as they are: nothing in the client has to change.

it('a DigiCert client works in a world of its own', async () => {
  const mock = createDigicertMock()
  const mine = mock.world('mine')
  const digicert = createDigicertClient({ apiKey: mock.accounts[0].apiKey, fetch: mine.fetch })
  const certificate = { common_name: 'multi.example.net', csr: createKeyMaterial().csr, signature_hash: 'sha256' }
  expect(await digicert.duplicates.create(100002, { certificate })).toMatchObject({ state: 'issued' })
  expect(mine.snapshot()).not.toEqual(mock.snapshot())
  expect([mine.requests.length, mock.requests.length]).toEqual([1, 0])
})

it('a CDN Pro client works in a world of its own, on its clock', async () => {
  const mock = createCdnProMock({ clock: createManualClock('2023-04-04T12:53:25Z') })
  const mine = mock.world('mine')
  mine.advance('2h')
  const cdnpro = createCdnProClient({ ...mock.accounts[0], fetch: mine.fetch, now: mine.clock.now })
  const id = await cdnpro.certificates.create({
    name: 'mine',
    newVersion: createCertificateMaterial(['a.example.net']),
  })
  expect(await cdnpro.certificates.get(id)).toMatchObject({ name: 'mine' })
  expect(mock.requests).toEqual([])
})
