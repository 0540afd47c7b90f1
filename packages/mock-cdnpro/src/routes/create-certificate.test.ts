import { describe, expect, test } from 'vitest'
import {
  basic,
  commonName,
  encryptKey,
  exportKey,
  keyOf,
  makeCertificate,
  setup,
  sign,
  type Answer,
  type TestClient,
  uploadBody,
} from '../test-client.ts'

const path = '/cdn/certificates'
const certificate = makeCertificate()
const post = (client: TestClient, body: object): Promise<Answer> => client.call(path, { method: 'POST', body })

const expired = makeCertificate({ notAfter: '2023-04-04T12:53:24Z' })
const invalidKey =
  'Invalid private key cipher. To protect the private key, it must be encrypted with your API key and the timestamp before you upload.'

test('answers 201 with the address of the certificate, without a body and without a media type', async () => {
  const client = setup()
  const answer = await post(client, uploadBody(certificate, client.date()))
  expect(answer).toMatchObject({ status: 201, text: '', diagnosis: undefined })
  expect(answer.headers.get('location')).toMatch(
    /^https:\/\/open\.chinanetcenter\.com\/cdn\/certificates\/642c1dc5[0-9a-f]{16}$/,
  )
  expect(answer.headers.has('content-type')).toBe(false)
})

test('builds the address from the scheme and host of the request', async () => {
  const { mock, date } = setup()
  const response = await mock.fetch(
    new Request('http://127.0.0.1:4020/cdn/certificates', {
      method: 'POST',
      headers: { date: date(), authorization: basic('example_username', sign('example_apiKey', date())) },
      body: JSON.stringify(uploadBody(certificate, date())),
    }),
  )
  expect(response.headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:4020\/cdn\/certificates\/[0-9a-f]{24}$/)
})

test('a key that is right for another second is refused although the signature is right', async () => {
  const { call, date, clock } = setup()
  const body = uploadBody(certificate, date())
  clock.advance(1000)
  const answer = await call(path, { method: 'POST', body })
  expect(answer).toMatchObject({
    status: 400,
    json: { code: 'InvalidKey', message: invalidKey },
    diagnosis: 'key-other-date: -1 s',
  })
})

test('a key may be encrypted under x-cnc-date', async () => {
  const { call, date } = setup()
  const other = 'Tue, 04 Apr 2023 12:50:00 GMT'
  const answer = await call(path, {
    method: 'POST',
    body: uploadBody(certificate, other),
    headers: { 'x-cnc-date': other, date: date() },
  })
  expect(answer.status).toBe(201)
})

describe('the name', () => {
  test('must be free, compared with upper and lower case', async () => {
    const client = setup()
    const body = (name: string): object => ({ ...uploadBody(certificate, client.date()), name })
    expect(await post(client, body('shop-rsa'))).toMatchObject({
      status: 409,
      text: '{"code":"DuplicateName","message":"A certificate with the same name already exists for the customer."}',
      diagnosis: 'duplicate-name',
    })
    expect((await post(client, body('Shop-RSA'))).status).toBe(201)
    expect((await post(client, body('other-tenant'))).status).toBe(201)
    expect((await post(client, body('Shop-RSA'))).status).toBe(409)
  })

  test.each(['x', 'x'.repeat(250), '😀'.repeat(250), ' '])('may be %j', async (name) => {
    const client = setup()
    expect((await post(client, { ...uploadBody(certificate, client.date()), name })).status).toBe(201)
  })
})

test('the customer may have a hundred certificates', async () => {
  const client = setup()
  const body = (name: string): object => ({ ...uploadBody(certificate, client.date()), name })
  const seeds = 7
  for (let count = seeds; count < 100; count++) expect((await post(client, body(`n${count}`))).status).toBe(201)
  expect(await post(client, body('one more'))).toMatchObject({
    status: 403,
    text: '{"code":"TooManyCerts","message":"The number of certificates exceeds the account maximum."}',
    diagnosis: 'too-many-certs',
  })
})

describe('the texts of a certificate', () => {
  const reads = async (pem: string, chainCert?: string): Promise<unknown> => {
    const { call, create, date } = setup()
    const id = await create(uploadBody({ ...certificate, pem }, date(), { chainCert }))
    return (await call(`${path}/${id}/versions/1`)).json
  }

  test.each([
    ['CR LF', certificate.pem.replaceAll('\n', '\r\n')],
    ['lone CR', certificate.pem.replaceAll('\n', '\r')],
    ['blank lines', `\n\n${certificate.pem.replaceAll('\n', '\n\n')}\n`],
    ['blanks around the lines', certificate.pem.replaceAll('\n', ' \t\n  ')],
    ['long lines', certificate.pem.replaceAll(/(?<=[A-Za-z0-9+/])\n(?=[A-Za-z0-9+/=])/g, '')],
  ])('may have %s', async (_, pem) => {
    const plain = (await reads(certificate.pem)) as { fingerprint: string }
    expect(await reads(pem)).toMatchObject({ fingerprint: plain.fingerprint })
  })

  test('lose doubles in the chain, and the leaf in it', async () => {
    const [one, two] = ['one', 'two'].map((name) => makeCertificate({ subject: commonName(name) }))
    const { chainCertificates } = (await reads(
      certificate.pem + one!.pem + one!.pem,
      one!.pem + certificate.pem + two!.pem,
    )) as { chainCertificates: { subject: string }[] }
    expect(chainCertificates.map(({ subject }) => subject)).toEqual(['CN=one', 'CN=two'])
  })

  test('may have an empty chain', async () => {
    expect(Object.keys((await reads(certificate.pem, '')) as object)).not.toContain('chainCertificates')
  })

  test('may hold an expired leaf', async () => {
    const { create, date } = setup()
    await expect(create(uploadBody(expired, date()))).resolves.toMatch(/^[0-9a-f]{24}$/)
  })
})

test('empty comments count as none', async () => {
  const client = setup()
  const id = await client.create(uploadBody(certificate, client.date(), { comments: '' }))
  expect((await client.call(`${path}/${id}/versions/1`)).json).not.toHaveProperty('comments')
  expect((await client.call(`${path}/${id}`)).text).not.toContain('comments')
})

test('a refused pair of unlike kinds does not spoil the next upload', async () => {
  const client = setup()
  for (const other of [keyOf('rsa-2048'), keyOf('p-384')]) {
    const privateKey = encryptKey(exportKey(other), client.date())
    const wrong = {
      ...uploadBody(certificate, client.date()),
      newVersion: { certificate: certificate.pem, privateKey },
    }
    const refused = await client.call(path, { method: 'POST', body: wrong })
    expect(refused).toMatchObject({ status: 400, diagnosis: 'key-mismatch' })
    await expect(
      client.create({ ...uploadBody(certificate, client.date()), name: `after ${other.asymmetricKeyType}` }),
    ).resolves.toMatch(/^[0-9a-f]{24}$/)
  }
})
