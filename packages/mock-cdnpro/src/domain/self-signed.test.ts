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

  test('has whole seconds, and no part in its subject that is left empty', async () => {
    const client = setup()
    client.clock.advance(1999)
    const sparse = { ...identificationInfo, state: '', city: null, department: '' }
    const id = await client.create({
      name: 'lab',
      newVersion: { certificate: 'GENERATE', privateKey: 'ECC256', identificationInfo: sparse },
    })
    expect((await client.call(`${path}/${id}/versions/1`)).json).toMatchObject({
      creationTime: '2023-04-04T12:53:26Z',
      expirationTime: '2023-04-14T12:53:26Z',
      subject: String.raw`E=lab@domaincom,O=Example\, GmbH,C=DE,CN=lab.example.net`,
    })
  })

  test.each(['RSA2048', 'ECC256'])(
    'by %s is the same for the same seed, and another one each time',
    async (privateKey) => {
      const run = async (seed: string): Promise<string[]> => {
        const { call, create } = setup({ seed })
        const newVersion = { certificate: 'GENERATE', privateKey, identificationInfo }
        const ids = [await create({ name: 'one', newVersion }), await create({ name: 'two', newVersion })]
        const answers = await Promise.all(ids.map((id) => call(`${path}/${id}/versions/1`)))
        return answers.map(({ json }) => (json as { fingerprint: string }).fingerprint)
      }
      const [one, two] = await run('one')
      expect(await run('one')).toEqual([one, two])
      expect(new Set([one, two, ...(await run('two'))]).size).toBe(4)
    },
  )
})
