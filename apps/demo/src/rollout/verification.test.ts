import { X509Certificate } from 'node:crypto'
import { createCdnProClient, createDigicertClient } from '@certtwin/core'
import type { CertificateVersion } from '@certtwin/core/cdnpro'
import { describe, expect, it } from 'vitest'
import { createTwins } from '../twins.ts'
import { createKeyPair } from './key-pair.ts'
import { compareVersion } from './verification.ts'

/** A certificate that was issued, and the version that was made of it. */
async function setup(): Promise<{ leaf: string; version: CertificateVersion }> {
  const { digicert, cdnpro } = createTwins('at-once')
  const [{ username, apiKey }] = cdnpro.accounts
  const keyPair = await createKeyPair('www.digicert.com')
  const issuer = createDigicertClient({ apiKey: digicert.accounts[0].apiKey, fetch: digicert.fetch })
  const certificate = { common_name: 'www.digicert.com', csr: keyPair.csr, signature_hash: 'sha256' }
  const duplicate = await issuer.duplicates.create(1234567, { certificate })
  if (duplicate.state !== 'issued') throw new Error(duplicate.state)
  const network = createCdnProClient({ username, apiKey, fetch: cdnpro.fetch })
  const leaf = duplicate.certificate_chain[0]!.pem
  const id = await network.certificates.create({
    name: 'x',
    newVersion: { certificate: leaf, privateKey: keyPair.privateKey },
  })
  return { leaf, version: { ...(await network.versions.get(id, 1)), inStaging: true } }
}

describe('the comparison of what is live with what was issued', () => {
  it('finds no difference in the same certificate', async () => {
    const { leaf, version } = await setup()
    expect(compareVersion(leaf, version, 'staging')).toEqual([])
  })

  it.each([
    ['fingerprint', { fingerprint: '0'.repeat(40) }],
    ['serialNumber', { serialNumber: '1' }],
    ['subjectAlternativeNames', { subjectAlternativeNames: ['www.digicert.com'] }],
    ['expirationTime', { expirationTime: '2030-01-01T00:00:00Z' }],
    ['algorithm', { algorithm: 'RSA' }],
    ['keyLength', { keyLength: 2048 }],
    ['inStaging', { inStaging: false }],
  ])('finds another %s', async (field, change) => {
    const { leaf, version } = await setup()
    expect(compareVersion(leaf, { ...version, ...change }, 'staging').map((difference) => difference.field)).toEqual([
      field,
    ])
  })

  it('looks at the target that it is asked about', async () => {
    const { leaf, version } = await setup()
    expect(compareVersion(leaf, version, 'production')).toEqual([
      { field: 'inProduction', issued: 'true', deployed: 'false' },
    ])
  })

  it('takes the names in any order, and a fingerprint of SHA-256 by its length', async () => {
    const { leaf, version } = await setup()
    const changed = {
      ...version,
      subjectAlternativeNames: version.subjectAlternativeNames!.toReversed(),
      fingerprint: new X509Certificate(leaf).fingerprint256.replaceAll(':', '').toLowerCase(),
    }
    expect(compareVersion(leaf, changed, 'staging')).toEqual([])
  })
})
