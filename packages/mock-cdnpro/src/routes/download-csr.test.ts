import { createHash, createPublicKey } from 'node:crypto'
import { buildCertificate, encodePem, parseCsr, parsePem } from '@certtwin/mock-kit/x509'
import { describe, expect, test } from 'vitest'
import {
  commonName,
  encryptKey,
  keyOf,
  makeCertificate,
  newKey,
  setup,
  type TestClient,
  uploadBody,
} from '../test-client.ts'

interface SigningRequest {
  readonly csr: string
  readonly latestVersion: number
  readonly dcvFile?: { readonly uri: string }
}

const id = (last: string): string => `642c1dc50000000000000a${last}`

async function download({ call }: TestClient, certificateId: string, query = ''): Promise<SigningRequest> {
  return (await call(`/cdn/certificates/${certificateId}/csr${query}`)).json as SigningRequest
}

describe('a signing request', () => {
  test('has subject and names of the latest version, and is signed with its key', async () => {
    const client = setup()
    const request = await download(client, id('04'))
    expect(Object.keys(request)).toEqual(['certificateId', 'csr', 'latestVersion'])
    expect(request.latestVersion).toBe(2)
    expect(request.csr).toMatch(/^-----BEGIN CERTIFICATE REQUEST-----\n[^]+-----END CERTIFICATE REQUEST-----\n$/)
    const { der, publicKey, signatureValid } = parseCsr(request.csr)
    expect({ signatureValid, publicKey }).toMatchObject({
      signatureValid: true,
      publicKey: { algorithm: 'EC', bits: 256 },
    })
    const text = Buffer.from(der).toString('latin1')
    for (const part of ['lab@example.net', 'Example GmbH', 'Kassel', 'lab.example.net']) expect(text).toContain(part)
  })

  test('keeps what was escaped in the subject', async () => {
    const { der, publicKey } = parseCsr((await download(setup(), id('07'))).csr)
    const text = Buffer.from(der).toString('utf8')
    for (const part of ['Example, Filiale', 'R+D', 'münze.example.org', '*.example.org']) expect(text).toContain(part)
    expect(publicKey).toMatchObject({ algorithm: 'RSA', bits: 2048 })
  })

  test('is the same each time with the same seed, and has a key of 4096 bits where the certificate has', async () => {
    const [one, other, different] = await Promise.all(
      ['test', 'test', 'other'].map((seed) => download(setup({ seed }), id('06'))),
    )
    expect(one).toEqual(other)
    expect(one!.csr).not.toBe(different!.csr)
    expect(parseCsr(one!.csr).publicKey.bits).toBe(4096)
  }, 60_000)

  test('of an uploaded version has the uploaded key', async () => {
    const client = setup()
    const certificate = makeCertificate({ key: newKey('rsa-2048'), dnsNames: [] })
    const created = await client.create(uploadBody(certificate, client.date()))
    const { spki, signatureValid } = parseCsr((await download(client, created)).csr)
    expect(signatureValid).toBe(true)
    expect(Buffer.from(spki)).toEqual(createPublicKey(certificate.key).export({ type: 'spki', format: 'der' }))
  })

  test('of the same key is the same each time', async () => {
    const client = setup()
    const certificate = makeCertificate({ kind: 'p-384' })
    const created = await client.create(uploadBody(certificate, client.date()))
    expect(await download(client, created)).toEqual(await download(client, created))
  })

  test('leads to a certificate that is taken without a key', async () => {
    const client = setup()
    const { csr } = await download(client, id('02'))
    const { spki } = parseCsr(csr)
    const subject = commonName('shop.example.com')
    const template = {
      subject,
      issuer: subject,
      spki,
      serialNumber: Uint8Array.of(9),
      notBefore: new Date('2023-04-01T00:00:00Z'),
      notAfter: new Date('2024-04-01T00:00:00Z'),
      hash: 'sha256',
      extensions: { kind: 'leaf', dnsNames: ['shop.example.com'] },
    } as const
    const pem = encodePem('CERTIFICATE', buildCertificate(template, keyOf('p-256')))
    const patch = { method: 'PATCH', body: { newVersion: { certificate: pem } } }
    expect((await client.call(`/cdn/certificates/${id('02')}`, patch)).status).toBe(201)
    const next = await download(client, id('02'))
    expect(next.latestVersion).toBe(4)
    expect(parseCsr(next.csr).spki).toEqual(spki)
  })

  test('comes with the file for an authority that is asked for', async () => {
    const client = setup({ door: 'native' })
    const request = await download(client, id('04'), '?dcv=sectigo')
    expect(Object.keys(request)).toEqual(['certificateId', 'csr', 'ownerCustomerId', 'latestVersion', 'dcvFile'])
    const md5 = createHash('md5').update(parsePem(request.csr)[0]!.der).digest('hex').toUpperCase()
    expect(request.dcvFile).toEqual({
      uri: `/.well-known/pki-validation/${md5}.txt`,
      expirationTime: '2023-05-04T12:53:25Z',
    })
    const plain = await download(client, id('04'), '?dcv=')
    expect(plain.csr).toBe(request.csr)
    expect(plain).not.toHaveProperty('dcvFile')
  })
})

describe('no signing request is to be had', () => {
  test.each([
    ['for another authority', `x/csr?dcv=digicert`, 400, 'InvalidInput', "Invalid field 'dcv'."],
    ['of nothing', 'x/csr', 404, 'InvalidCertId', 'The specified certificate ID does not exist.'],
    [
      'of authorities',
      `${id('08')}/csr`,
      400,
      'InvalidCertType',
      'No CSR is available for download for a CA-only certificate.',
    ],
  ])('%s', async (_, path, status, code, message) => {
    const { call } = setup({ generation: 'current' })
    expect(await call(`/cdn/certificates/${path}`)).toMatchObject({ status, text: JSON.stringify({ code, message }) })
  })

  test('where a snapshot was taken to another twin, which has not the keys', async () => {
    const client = setup()
    const created = await client.create(uploadBody(makeCertificate(), client.date()))
    const other = setup()
    other.mock.restore(client.mock.snapshot())
    expect(await other.call(`/cdn/certificates/${created}/csr`)).toMatchObject({
      status: 400,
      text: '{"code":"InvalidKey","message":"No CSR is available for download because the private key of the latest version is not known."}',
      diagnosis: 'key-not-known',
    })
    expect((await other.call(`/cdn/certificates/${id('04')}/csr`)).status).toBe(200)
  })

  test('until a key is uploaded that fits', async () => {
    const client = setup()
    const certificate = makeCertificate()
    const certificateId = id('ff')
    const versions = [{ certificate: certificate.pem }]
    const seed = { id: certificateId, customerId: 20_001_001, name: 'planted', versions }
    client.mock.seed({ certificates: [seed] })
    const path = `/cdn/certificates/${certificateId}`
    expect((await client.call(`${path}/csr`)).diagnosis).toBe('key-not-known')
    const privateKey = encryptKey(certificate.keyPem, client.date())
    await client.call(path, { method: 'PATCH', body: { newVersion: { privateKey } } })
    expect((await client.call(`${path}/csr`)).status).toBe(200)
  })
})
