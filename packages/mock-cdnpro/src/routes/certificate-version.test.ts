import { createHash, X509Certificate } from 'node:crypto'
import { attributeOids, type DistinguishedName } from '@certtwin/mock-kit/x509'
import { describe, expect, test } from 'vitest'
import { commonName, exportKey, type KeyKind, keyOf, makeCertificate, setup, uploadBody } from '../test-client.ts'

const example = '/cdn/certificates/9fddeb2fea3ed5b52d89d81d/versions'

test('the seed certificate answers with the documented example, value by value and in its order', async () => {
  const { call } = setup()
  const { status, text, headers, diagnosis } = await call(`${example}/1`)
  expect(status).toBe(200)
  expect(text).toBe(
    '{"version":1,"expirationTime":"2019-11-21T23:06:53Z","creationTime":"2019-11-11T23:06:53Z",' +
      '"subject":"E=aaa@domaincom,OU=QA,O=MyCompany,L=US,ST=someState,C=UA,CN=new.testdomain.com",' +
      '"signatureAlgo":"SHA256withRSA","serialNumber":"16edb4ff86f","inProduction":false,"inStaging":false,' +
      '"fingerprint":"7e98f65898cbb5ddb140958a657d875bce49afac","comments":"a self-signed version",' +
      '"algorithm":"RSA","keyLength":2048,"subjectAlternativeNames":["a.domain.com","b.domain.com"],' +
      '"issuer":"C=US,O=DigiCert Inc,OU=www.digicert.com,CN=DigiCert High Assurance EV Root CA"}',
  )
  expect(headers.get('content-type')).toBe('application/json')
  expect(headers.get('date')).toBe('Tue, 04 Apr 2023 12:53:25 GMT')
  expect(headers.get('x-cnc-request-id')).toMatch(/^[0-9a-f]{32}$/)
  expect(diagnosis).toBeUndefined()
})

test('version 999 of the seed certificate gives the documented 404', async () => {
  const { call } = setup()
  expect(await call(`${example}/999`)).toMatchObject({
    status: 404,
    text: '{"code":"InvalidCertVersion","message":"The specified version 999 of certificate 9fddeb2fea3ed5b52d89d81d does not exist."}',
    diagnosis: 'unknown-version',
  })
})

test.each([
  '000000000000000000000000',
  '9FDDEB2FEA3ED5B52D89D81D',
  '642c1dc50000000000000c01',
  '642c1dc50000000000000a08',
  'x',
  '%2F..%2F',
  '__proto__',
])('certificate %s is unknown to the default user: the documented 404', async (id) => {
  const { call } = setup()
  expect(await call(`/cdn/certificates/${id}/versions/1`)).toMatchObject({
    status: 404,
    text: '{"code":"InvalidCertId","message":"The specified certificate ID does not exist."}',
    diagnosis: 'unknown-certificate',
  })
})

test.each(['0', '-1', '01', '1.0', '+1', '1e1', 'abc', 'latest', '2147483648', '99999999999999999999', '%20', '١'])(
  'version %s has not the form of a number, which is told before the certificate is looked for',
  async (version) => {
    const { call } = setup()
    for (const certificate of [example, '/cdn/certificates/000000000000000000000000/versions'])
      expect(await call(`${certificate}/${version}`)).toMatchObject({
        status: 400,
        text: '{"code":"InvalidVersion","message":"The version number must be a positive integer."}',
        diagnosis: 'invalid-version',
      })
  },
)

test('the largest number is a version that does not exist', async () => {
  const { call } = setup()
  expect((await call(`${example}/2147483647`)).status).toBe(404)
})

describe('the seed data', () => {
  const shop = '/cdn/certificates/642c1dc50000000000000a02/versions'

  test('shows one certificate with three deployment pictures and a chain', async () => {
    const { call } = setup()
    const answers = await Promise.all(['1', '2', '3'].map((version) => call(`${shop}/${version}`)))
    expect(answers.map(({ json }) => json)).toMatchObject([
      { inProduction: false, inStaging: false, expirationTime: '2022-12-30T12:53:25Z' },
      { inProduction: true, inStaging: false, creationTime: '2022-12-25T12:53:25Z' },
      { inProduction: false, inStaging: true, comments: 'renewed again' },
    ])
    expect(Object.keys(answers[1]!.json as object).slice(-2)).toEqual(['chainCertificates', 'issuer'])
    expect(answers[1]!.json).toMatchObject({
      chainCertificates: [
        {
          subject: 'C=US,O=Example Trust,CN=Example Test Issuing CA',
          signatureAlgo: 'SHA256withRSA',
          issuer: 'C=US,O=Example Trust,CN=Example Test Root CA',
        },
        { subject: 'C=US,O=Example Trust,CN=Example Test Root CA' },
      ],
    })
  })

  test('hashes certificate and number for what has no certificate behind it', async () => {
    const { call } = setup()
    const text = '642c1dc50000000000000a02/2'
    expect((await call(`${shop}/2`)).json).toMatchObject({
      fingerprint: createHash('sha1').update(text).digest('hex'),
      serialNumber: createHash('sha256').update(text).digest('hex').slice(0, 32).replace(/^0+/, ''),
    })
  })

  test.each([
    ['642c1dc50000000000000a03', 1, { algorithm: 'ECC', keyLength: 256, signatureAlgo: 'SHA256withECDSA' }],
    ['642c1dc50000000000000a04', 2, { expirationTime: '2023-04-11T12:53:25Z', creationTime: '2023-04-01T12:53:25Z' }],
    ['642c1dc50000000000000a05', 2, { expirationTime: '2023-04-24T12:53:25Z', inProduction: true, inStaging: true }],
    ['642c1dc50000000000000a06', 1, { keyLength: 4096, expirationTime: '2023-02-28T12:53:25Z', inProduction: true }],
    ['642c1dc50000000000000a07', 1, { subject: String.raw`C=FR,O=Example\, Filiale,OU=R\+D,CN=münze.example.org` }],
  ])('has %s version %d', async (id, version, members) => {
    const { call } = setup()
    const { json } = await call(`/cdn/certificates/${id}/versions/${version}`)
    expect(json).toMatchObject(members)
  })

  test('leaves out what has no value', async () => {
    const { call } = setup()
    const { json } = await call('/cdn/certificates/642c1dc50000000000000a04/versions/1')
    expect(Object.keys(json as object)).not.toContain('comments')
    expect(Object.keys(json as object)).not.toContain('chainCertificates')
  })

  test('belongs to its customer alone', async () => {
    const { call } = setup()
    const other = { username: 'other_username', apiKey: 'other_apiKey' }
    expect((await call('/cdn/certificates/642c1dc50000000000000c01/versions/1', other)).status).toBe(200)
    expect((await call(`${example}/1`, other)).json).toMatchObject({ code: 'InvalidCertId' })
  })
})

describe('an uploaded certificate', () => {
  const name = (...pairs: [keyof typeof attributeOids, string][]): DistinguishedName =>
    pairs.map(([key, value]) => [{ oid: attributeOids[key], value }])

  test.each<[KeyKind, 'sha256' | 'sha384' | 'sha512', string, string, number]>([
    ['rsa-2048', 'sha256', 'SHA256withRSA', 'RSA', 2048],
    ['rsa-2048', 'sha512', 'SHA512withRSA', 'RSA', 2048],
    ['p-256', 'sha256', 'SHA256withECDSA', 'ECC', 256],
    ['p-384', 'sha384', 'SHA384withECDSA', 'ECC', 384],
  ])('with a %s key and %s is shown as it is', async (kind, hash, signatureAlgo, algorithm, keyLength) => {
    const { call, create, date } = setup()
    const certificate = makeCertificate({
      kind,
      hash,
      subject: name(['C', 'DE'], ['O', 'Example GmbH'], ['CN', 'up.example.com']),
      dnsNames: ['up.example.com', '*.Up.example.com'],
      serialNumber: '016edb4ff86f',
      notAfter: '2024-02-29T23:59:59Z',
    })
    const id = await create(uploadBody(certificate, date(), { comments: 'first' }))
    const { text } = await call(`/cdn/certificates/${id}/versions/1`)
    expect(text).toBe(
      JSON.stringify({
        version: 1,
        expirationTime: '2024-02-29T23:59:59Z',
        creationTime: '2023-04-04T12:53:25Z',
        subject: 'C=DE,O=Example GmbH,CN=up.example.com',
        signatureAlgo,
        serialNumber: '16edb4ff86f',
        inProduction: false,
        inStaging: false,
        fingerprint: new X509Certificate(certificate.pem).fingerprint.replaceAll(':', '').toLowerCase(),
        comments: 'first',
        algorithm,
        keyLength,
        subjectAlternativeNames: ['up.example.com', '*.Up.example.com'],
        issuer: 'C=DE,O=Example GmbH,CN=up.example.com',
      }),
    )
  })

  test('shows its issuer and its chain in the order in which they came', async () => {
    const { call, create, date } = setup()
    const root = makeCertificate({
      kind: 'rsa-2048',
      subject: commonName('Example Test Root'),
      notAfter: '2040-01-01T00:00:00Z',
    })
    const ca = makeCertificate({
      kind: 'p-384',
      subject: name(['O', 'Example Trust'], ['CN', 'Example Test CA']),
      issuer: commonName('Example Test Root'),
      signer: root.key,
    })
    const leaf = makeCertificate({ issuer: name(['O', 'Example Trust'], ['CN', 'Example Test CA']), signer: ca.key })
    const id = await create(uploadBody({ ...leaf, pem: leaf.pem + ca.pem }, date(), { chainCert: root.pem }))
    const { json } = await call(`/cdn/certificates/${id}/versions/1`)
    expect(json).toMatchObject({
      signatureAlgo: 'SHA256withECDSA',
      issuer: 'O=Example Trust,CN=Example Test CA',
      chainCertificates: [
        {
          subject: 'O=Example Trust,CN=Example Test CA',
          expirationTime: '2030-01-01T00:00:00Z',
          signatureAlgo: 'SHA256withRSA',
          issuer: 'CN=Example Test Root',
        },
        {
          subject: 'CN=Example Test Root',
          expirationTime: '2040-01-01T00:00:00Z',
          signatureAlgo: 'SHA256withRSA',
          issuer: 'CN=Example Test Root',
        },
      ],
    })
  })

  test('without alternative names has an empty list, without a subject an empty text', async () => {
    const { call, create, date } = setup()
    const certificate = makeCertificate({ subject: [], issuer: [], dnsNames: [], key: keyOf('p-256') })
    const id = await create(uploadBody(certificate, date()))
    expect((await call(`/cdn/certificates/${id}/versions/1`)).json).toMatchObject({
      subject: '',
      subjectAlternativeNames: [],
    })
  })

  test('keeps nothing of its key in answers or in the journal', async () => {
    const { call, create, date, mock } = setup()
    const certificate = makeCertificate()
    const body = uploadBody(certificate, date())
    const id = await create(body)
    const answers = [await call(`/cdn/certificates/${id}/versions/1`), await call(`/cdn/certificates/${id}`)]
    const seen = JSON.stringify([mock.requests, answers.map(({ text }) => text)])
    expect(seen).not.toContain('PRIVATE')
    expect(seen).not.toContain(exportKey(certificate.key).split('\n')[1])
    expect(seen).not.toContain('example_apiKey')
  })
})
