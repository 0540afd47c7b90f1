import { describe, expect, test } from 'vitest'
import { setup } from '../test-client.ts'

const path = '/cdn/certificates'

describe('a self-signed certificate', () => {
  const identificationInfo = {
    commonName: 'lab.example.net',
    subjectAlternativeNames: ['lab.example.net', '*.lab.example.net'],
    country: 'DE',
    state: 'Hessen',
    city: 'Kassel',
    company: 'Example, GmbH',
    department: 'Lab',
    email: 'lab@domaincom',
  }
  const subject = String.raw`E=lab@domaincom,OU=Lab,O=Example\, GmbH,L=Kassel,ST=Hessen,C=DE,CN=lab.example.net`

  test.each([
    ['GENERATE', 'RSA2048', 'SHA256withRSA', 'RSA', 2048],
    ['Generate', 'ECC256', 'SHA256withECDSA', 'ECC', 256],
  ])('by %s and %s is valid for ten days', async (word, privateKey, signatureAlgo, algorithm, keyLength) => {
    const { call, create } = setup()
    const id = await create({
      name: 'lab',
      newVersion: { certificate: word, privateKey, identificationInfo, comments: 'first' },
    })
    const { json } = await call(`${path}/${id}/versions/1`)
    const { fingerprint, ...rest } = json as { fingerprint: string }
    expect(fingerprint).toMatch(/^[0-9a-f]{40}$/)
    expect(rest).toEqual({
      version: 1,
      expirationTime: '2023-04-14T12:53:25Z',
      creationTime: '2023-04-04T12:53:25Z',
      subject,
      signatureAlgo,
      serialNumber: Date.parse('2023-04-04T12:53:25Z').toString(16),
      inProduction: false,
      inStaging: false,
      comments: 'first',
      algorithm,
      keyLength,
      subjectAlternativeNames: ['lab.example.net', '*.lab.example.net'],
      issuer: subject,
    })
    expect((await call(`${path}/${id}`)).json).toMatchObject({ versions: [{ type: 'self-signed' }] })
  })
})
