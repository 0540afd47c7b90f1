import { describe, expect, test } from 'vitest'
import {
  type Answer,
  commonName,
  encryptKey,
  exportKey,
  keyOf,
  makeCertificate,
  newKey,
  setup,
  type TestClient,
  uploadBody,
} from '../test-client.ts'

const shop = '/cdn/certificates/642c1dc50000000000000a02'
const lab = '/cdn/certificates/642c1dc50000000000000a04'

const patch = (client: TestClient, path: string, body: object): Promise<Answer> =>
  client.call(path, { method: 'PATCH', body })

describe('settings', () => {
  test('change where they are given, and stay where not', async () => {
    const client = setup()
    const answer = await patch(client, shop, { description: 'new', autoRenew: 'LE', forceRenew: true })
    expect(answer).toMatchObject({ status: 201, text: '' })
    expect(answer.headers.has('location')).toBe(false)
    expect(answer.headers.has('content-type')).toBe(false)
    const changed = { name: 'shop-rsa', description: 'new', autoRenew: 'LE', forceRenew: true }
    expect((await client.call(shop)).json).toMatchObject(changed)
    await patch(client, shop, { name: 'renamed' })
    expect((await client.call(shop)).json).toMatchObject({ ...changed, name: 'renamed' })
  })

  test('stay as they are for an empty body', async () => {
    const client = setup()
    const before = await client.call(shop)
    expect((await patch(client, shop, {})).status).toBe(201)
    expect((await client.call(shop)).text).toBe(before.text)
  })

  test('take "off" in any case', async () => {
    const client = setup()
    await patch(client, shop, { autoRenew: 'oFF' })
    expect((await client.call(shop)).json).toMatchObject({ autoRenew: 'Off' })
  })

  test('may keep the name they have', async () => {
    const client = setup()
    expect((await patch(client, shop, { name: 'shop-rsa' })).status).toBe(201)
  })
})

/** A certificate of its own with a chain, and what can be sent to change it. */
async function uploaded(): Promise<{ client: TestClient; path: string; add: (newVersion: object) => Promise<Answer> }> {
  const client = setup()
  const chain = makeCertificate({ subject: commonName('old chain') })
  const id = await client.create(
    uploadBody(makeCertificate({ serialNumber: '01' }), client.date(), { chainCert: chain.pem, comments: 'first' }),
  )
  const path = `/cdn/certificates/${id}`
  return { client, path, add: (newVersion) => patch(client, path, { newVersion }) }
}

describe('a new version', () => {
  test('takes key and certificate of its own, and leaves the old one alone', async () => {
    const { client, path, add } = await uploaded()
    const before = await client.call(`${path}/versions/1`)
    client.clock.advance(60_000)
    const key = newKey('p-384')
    const next = makeCertificate({ key, serialNumber: '02' })
    const answer = await add({ certificate: next.pem, privateKey: encryptKey(next.keyPem, client.date()) })
    expect(answer).toMatchObject({ status: 201, text: '' })
    expect(answer.headers.get('location')).toBe(`https://open.chinanetcenter.com${path}/versions/2`)
    const { json } = await client.call(`${path}/versions/2`)
    expect(json).toMatchObject({ version: 2, serialNumber: '2', keyLength: 384, creationTime: '2023-04-04T12:54:25Z' })
    expect(Object.keys(json as object)).not.toContain('chainCertificates')
    expect(Object.keys(json as object)).not.toContain('comments')
    expect((await client.call(`${path}/versions/1`)).text).toBe(before.text)
  })

  test('carries the key over to a certificate that fits it', async () => {
    const { client, path, add } = await uploaded()
    const renewed = makeCertificate({ serialNumber: '02' })
    expect((await add({ certificate: renewed.pem })).status).toBe(201)
    const { json } = await client.call(`${path}/versions/2`)
    expect(json).toMatchObject({ serialNumber: '2' })
    expect(Object.keys(json as object)).not.toContain('chainCertificates')
  })

  test('splits the chain out of a certificate, and drops the old one', async () => {
    const { client, path, add } = await uploaded()
    const chain = makeCertificate({ subject: commonName('split chain') })
    expect((await add({ certificate: makeCertificate({ serialNumber: '02' }).pem + chain.pem })).status).toBe(201)
    expect((await client.call(`${path}/versions/2`)).json).toMatchObject({
      serialNumber: '2',
      chainCertificates: [{ subject: 'CN=split chain' }],
    })
  })

  test('does not carry the key over to a certificate that does not fit', async () => {
    const { add } = await uploaded()
    const foreign = makeCertificate({ key: newKey('p-256') })
    expect(await add({ certificate: foreign.pem })).toMatchObject({ status: 400, diagnosis: 'key-mismatch' })
  })

  test('with a key alone keeps certificate and chain if the key fits', async () => {
    const { client, path, add } = await uploaded()
    const privateKey = encryptKey(exportKey(keyOf('p-256')), client.date())
    expect((await add({ privateKey })).status).toBe(201)
    expect((await client.call(`${path}/versions/2`)).json).toMatchObject({
      serialNumber: '1',
      chainCertificates: [{ subject: 'CN=old chain' }],
    })
    const other = encryptKey(exportKey(newKey('p-256')), client.date())
    expect(await add({ privateKey: other })).toMatchObject({ status: 400, diagnosis: 'key-mismatch' })
  })

  test('with a chain alone changes the chain and keeps the rest', async () => {
    const { client, path, add } = await uploaded()
    const chain = makeCertificate({ subject: commonName('new chain') })
    expect((await add({ chainCert: chain.pem, comments: 'second' })).status).toBe(201)
    const [one, two] = await Promise.all(['1', '2'].map((version) => client.call(`${path}/versions/${version}`)))
    expect(two!.json).toEqual({
      ...(one!.json as object),
      version: 2,
      comments: 'second',
      chainCertificates: [expect.objectContaining({ subject: 'CN=new chain' })],
    })
  })

  test('of seed data can change its chain, and keeps its origin', async () => {
    const client = setup()
    const chain = makeCertificate({ subject: commonName('new chain') })
    expect((await patch(client, lab, { newVersion: { chainCert: chain.pem } })).status).toBe(201)
    expect((await client.call(lab)).json).toMatchObject({ versions: [{}, {}, { version: 3, type: 'self-signed' }] })
  })

  test('that is self-signed inherits the names of the latest one', async () => {
    const client = setup()
    expect((await patch(client, lab, { newVersion: { certificate: 'generate', privateKey: 'ECC256' } })).status).toBe(
      201,
    )
    expect((await client.call(`${lab}/versions/3`)).json).toMatchObject({
      subject: 'E=lab@example.net,OU=Lab,O=Example GmbH,L=Kassel,ST=Hessen,C=DE,CN=lab.example.net',
      subjectAlternativeNames: ['lab.example.net'],
    })
  })

  test('of the same content is a version all the same', async () => {
    const { path, client, add } = await uploaded()
    const { pem } = makeCertificate({ serialNumber: '01' })
    for (const version of [2, 3]) {
      const { headers } = await add({ certificate: pem })
      expect(headers.get('location')).toMatch(new RegExp(`${path}/versions/${version}$`))
    }
    const { json } = await client.call(path)
    expect((json as { versions: object[] }).versions).toHaveLength(3)
  })

  test('of another kind of key is refused even with the key that fits', async () => {
    const { client, add } = await uploaded()
    const rsa = makeCertificate({ kind: 'rsa-2048' })
    const answer = await add({ certificate: rsa.pem, privateKey: encryptKey(rsa.keyPem, client.date()) })
    expect(answer.json).toEqual({
      code: 'InvalidCertVersion',
      message:
        "The algorithm type of the certificate must be the same as the latest version. The latest version algorithm type is 'ECC' and the current algorithm type is 'RSA'.",
    })
  })

  test('is stored together with new settings or not at all', async () => {
    const { client, path } = await uploaded()
    expect(
      (await patch(client, path, { name: 'api-ecc', newVersion: { chainCert: makeCertificate().pem } })).status,
    ).toBe(409)
    expect((await client.call(`${path}/versions/2`)).status).toBe(404)
  })
})

test('a certificate may have five hundred versions, and its settings can still change then', async () => {
  const { client, path, add } = await uploaded()
  const chainCert = makeCertificate({ subject: commonName('chain') }).pem
  for (let version = 2; version <= 500; version++) {
    if (version % 300 === 0) client.clock.advance(300_000)
    expect((await add({ chainCert })).status).toBe(201)
  }
  client.clock.advance(300_000)
  expect(await add({ chainCert })).toMatchObject({
    status: 403,
    text: '{"code":"TooManyVersions","message":"You have created the maximum number of versions allowed in a certificate. You need to create a new certificate to replace the existing one in all properties that refer to it."}',
    diagnosis: 'too-many-versions',
  })
  expect((await patch(client, path, { description: 'full' })).status).toBe(201)
})
