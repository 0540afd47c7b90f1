import { createCdnProClient, createDigicertClient } from '@certtwin/core'
import { describe, expect, it } from 'vitest'
import { apis } from '../generate/apis.ts'
import { readDocument } from '../generate/document.ts'
import { createKeyMaterial } from './material.ts'
import { createPrismMock } from './prism.ts'
import { jsonBlocks, readVendorPage } from './vendor-page.ts'

// The client against Prism as a mock of each document: a second implementation of the same contract, which knows nothing
// of the twins. It checks the shape of what the client sends, and answers with the examples of the document.

const [digicertApi, cdnproApi] = apis
const digicertFetch = await createPrismMock(digicertApi!, (await readDocument(digicertApi!.document)).prefix)
const cdnproFetch = await createPrismMock(cdnproApi!, (await readDocument(cdnproApi!.document)).prefix)

describe('the DigiCert client against Prism', () => {
  const client = createDigicertClient({ apiKey: 'any', fetch: digicertFetch })
  const [pending] = jsonBlocks(readVendorPage('digicert-duplicate-certificate.txt'))

  it('requests a duplicate and gets the documented example', async () => {
    const { csr } = createKeyMaterial()
    const certificate = { common_name: 'example.com', csr, signature_hash: 'sha256' }
    expect(await client.duplicates.create(112233, { certificate })).toEqual({
      state: 'pending',
      ...(pending as object),
    })
  })

  it('lists duplicates', async () => {
    expect(await client.duplicates.list(112233)).toMatchObject([{ id: 12345, status: 'approved', archived: '0' }])
  })

  it('approves and rejects a request', async () => {
    await expect(client.requests.approve(332211)).resolves.toBeUndefined()
    await expect(client.requests.reject(332211, { comment: 'No.' })).resolves.toBeUndefined()
  })

  it('says that a download without a certificate in it is none', async () => {
    await expect(client.certificates.download(12345)).rejects.toMatchObject({
      code: 'unexpected_response',
      message: 'downloadCertificate failed: the answer is not what the contract says: no PEM certificate.',
    })
  })
})

describe('the CDN Pro client against Prism', () => {
  const client = createCdnProClient({ username: 'anybody', apiKey: 'any', fetch: cdnproFetch })

  it('queries a version and gets the documented example', async () => {
    const [documented] = jsonBlocks(readVendorPage('cdnpro-certificate-version.txt'))
    expect(await client.versions.get('9fddeb2fea3ed5b52d89d81d', 1)).toEqual(documented)
  })

  it('reads a certificate and a task', async () => {
    expect(await client.certificates.get('9fddeb2fea3ed5b52d89d81d')).toMatchObject({ autoRenew: 'Off' })
    expect(await client.deployments.get('any')).toMatchObject({ status: 'succeeded' })
  })

  it('says that a creation without a usable location is none', async () => {
    // Prism makes the header up, and it names no certificate.
    const newVersion = { certificate: 'GENERATE', privateKey: 'ECC256' }
    await expect(client.certificates.create({ name: 'any', newVersion })).rejects.toMatchObject({
      code: 'unexpected_response',
      message: 'createCertificate failed: the answer is not what the contract says: no id in Location.',
    })
  })
})
