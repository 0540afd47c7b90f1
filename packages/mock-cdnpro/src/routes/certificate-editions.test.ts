import { fingerprint } from '@certtwin/mock-kit/x509'
import { describe, expect, test } from 'vitest'
import {
  type Answer,
  commonName,
  encryptKey,
  makeCertificate,
  setup,
  type TestClient,
  uploadBody,
} from '../test-client.ts'

const current = { generation: 'current' } as const
const native = { door: 'native' } as const
const shop = '/cdn/certificates/642c1dc50000000000000a02'
const lab = '/cdn/certificates/642c1dc50000000000000a04'
const clientCa = '/cdn/certificates/642c1dc50000000000000a08'

const post = ({ call }: TestClient, body: object): Promise<Answer> =>
  call('/cdn/certificates', { method: 'POST', body })
const patch = ({ call }: TestClient, path: string, body: object): Promise<Answer> =>
  call(path, { method: 'PATCH', body })
const keysOf = ({ json }: Answer): string[] => Object.keys(json as object)

describe('the version query of generation current', () => {
  test('takes the word latest, and names it where the version is none', async () => {
    const { call } = setup(current)
    expect((await call(`${shop}/versions/latest`)).json).toMatchObject({ version: 3 })
    for (const path of [`${shop}/versions/Latest`, '/cdn/certificates/x/versions/0'])
      expect((await call(path)).json).toEqual({
        code: 'InvalidVersion',
        message: 'The version number must be a positive integer or "latest".',
      })
  })

  test('says where the version comes from and whether it can be deleted', async () => {
    const { call } = setup(current)
    const answer = await call('/cdn/certificates/9fddeb2fea3ed5b52d89d81d/versions/1')
    expect(answer.text).toMatch(/","type":"uploaded","deletable":false,"caOnly":false}$/)
    expect((await call(`${lab}/versions/1`)).json).toMatchObject({ type: 'self-signed', deletable: true })
    expect((await call(`${shop}/versions/1`)).json).toMatchObject({ deletable: false })
  })

  test('shows of authorities nothing but their chain', async () => {
    const answer = await setup(current).call(`${clientCa}/versions/1`)
    const shown = 'version creationTime inProduction inStaging chainCertificates type deletable caOnly'
    expect(keysOf(answer).join(' ')).toBe(shown)
    expect(answer.json).toMatchObject({ caOnly: true, chainCertificates: [{}, {}] })
  })

  test('has SHA-256 fingerprints for what was stored since 26 November 2025', async () => {
    const client = setup(current)
    client.clock.set('2025-11-25T23:59:59Z')
    const certificate = makeCertificate({ notAfter: '2030-01-01T00:00:00Z' })
    const path = `/cdn/certificates/${await client.create(uploadBody(certificate, client.date()))}`
    client.clock.set('2025-11-26T00:00:00Z')
    await patch(client, path, { newVersion: { certificate: certificate.pem } })
    const fingerprints = ['sha1', 'sha256'].map((hash) => fingerprint(certificate.der, hash as 'sha1' | 'sha256'))
    expect((await client.call(path)).json).toMatchObject({
      versions: fingerprints.map((each) => ({ fingerprint: each })),
    })
    expect((await client.call(`${path}/versions/2`)).json).toMatchObject({ fingerprint: fingerprints[1] })
    client.mock.configure({ generation: '2023' })
    expect((await client.call(`${path}/versions/2`)).json).toMatchObject({ fingerprint: fingerprints[0] })
  })
})

describe('the native door', () => {
  test('shows owner and sharing of a certificate, and whose property uses it', async () => {
    const answer = await setup(native).call(shop)
    expect(keysOf(answer).join(' ')).toBe(
      'certificateId name versionInProduction versionInStaging sharingMethod ownerCustomerId description versions ' +
        'usageInProduction usageInStaging autoRenew forceRenew',
    )
    expect(answer.json).toMatchObject({
      sharingMethod: 'none',
      ownerCustomerId: 20_001_001,
      usageInProduction: [{ customerId: 20_001_001, propertyId: '642c1dc50000000000000b01' }],
    })
  })

  test('takes with whom a certificate is shared, customers also as digits', async () => {
    const client = setup(native)
    const certificate = uploadBody(makeCertificate(), client.date())
    const id = await client.create({ ...certificate, sharingMethod: 'some', shareWith: [7, '8'] })
    const path = `/cdn/certificates/${id}`
    expect((await client.call(path)).json).toMatchObject({ sharingMethod: 'some', shareWith: [7, 8] })
    await patch(client, path, { description: 'the rest stays' })
    expect((await client.call(path)).json).toMatchObject({ sharingMethod: 'some', shareWith: [7, 8] })
    await patch(client, path, { sharingMethod: 'all' })
    const answer = await client.call(path)
    expect(answer.json).toMatchObject({ sharingMethod: 'all' })
    expect(keysOf(answer)).not.toContain('shareWith')
  })

  test('refuses to share in a way that there is none of, or of late with nobody', async () => {
    const invalid = {
      code: 'InvalidSharingMethod',
      message: "An invalid value for sharingMethod was given. Only 'all', 'none', or 'some' is permitted.",
    }
    const client = setup({ ...native, ...current })
    expect((await patch(client, lab, { sharingMethod: 'Some' })).json).toEqual(invalid)
    const body = { ...uploadBody(makeCertificate(), client.date()), sharingMethod: 'nobody' }
    expect((await post(client, body)).json).toEqual(invalid)
    const nobody = { code: 'InvalidInput', message: 'The shareWith cannot be empty.' }
    expect((await patch(client, lab, { sharingMethod: 'some', shareWith: [] })).json).toEqual(nobody)
    expect((await patch(setup(native), lab, { sharingMethod: 'some' })).status).toBe(201)
    expect((await patch(client, lab, { shareWith: ['x'] })).json).toMatchObject({
      message: "Invalid field 'shareWith'.",
    })
  })

  test('is alone with that: the gateway ignores it and shows nothing of it', async () => {
    const client = setup()
    const answer = await patch(client, lab, { sharingMethod: 5, shareWith: 'x', caOnly: 'y' })
    expect(answer).toMatchObject({ status: 201, diagnosis: 'unknown-members: sharingMethod, shareWith, caOnly' })
    client.mock.configure({ door: 'native' })
    expect((await client.call(lab)).json).toMatchObject({ sharingMethod: 'none' })
  })
})

describe('a certificate of authorities alone', () => {
  const chain = (): string => makeCertificate({ subject: commonName('client authority') }).pem

  test('is made of a chain, and gets others', async () => {
    const client = setup(current)
    const id = await client.create({ name: 'clients', caOnly: true, newVersion: { chainCert: chain() + chain() } })
    const path = `/cdn/certificates/${id}`
    expect((await client.call(`${path}/versions/1`)).json).toMatchObject({
      caOnly: true,
      type: 'uploaded',
      chainCertificates: [{ subject: 'CN=client authority' }],
    })
    expect((await patch(client, path, { caOnly: true, newVersion: { chainCert: chain() } })).status).toBe(201)
    expect((await client.call(path)).json).toMatchObject({ caOnly: true, versions: [{ version: 1 }, { version: 2 }] })
  })

  test.each([
    [{ autoRenew: 'LE' }, {}, 'InvalidData', 'The autoRenew must be Off for a CA only certificate.'],
    [{ forceRenew: true }, {}, 'InvalidData', 'The forceRenew must be false for a CA only certificate.'],
    [{}, { privateKey: 'x' }, 'InvalidData', 'The privateKey should not be specified for a CA only certificate.'],
    [{}, { certificate: 'x' }, 'InvalidData', 'The certificate should not be specified for a CA only certificate.'],
    [{}, { chainCert: ' ' }, 'InvalidChain', 'The chain certificate cannot be empty.'],
    [{}, { chainCert: 'x' }, 'InvalidChain', 'The chain certificate is not a valid PEM certificate.'],
  ])('with %j and a version with %j is refused, to make and to change', async (settings, version, code, message) => {
    const client = setup(current)
    const newVersion = { chainCert: chain(), ...version }
    const made = await post(client, { name: 'clients', caOnly: true, newVersion, ...settings })
    expect(made).toMatchObject({ status: 400, text: JSON.stringify({ code, message }) })
    const changed = await patch(client, clientCa, { newVersion, ...settings })
    expect(changed).toMatchObject({ status: 400, text: JSON.stringify({ code, message }) })
  })

  test('stays one, and another stays what it is', async () => {
    const client = setup(current)
    const refused = {
      status: 400,
      text: '{"code":"InvalidUpdate","message":"Changing caOnly is not permitted. You must create a new certificate."}',
      diagnosis: 'ca-only-changed',
    }
    expect(await patch(client, clientCa, { caOnly: false })).toMatchObject(refused)
    expect(await patch(client, shop, { caOnly: true })).toMatchObject(refused)
    expect((await patch(client, shop, { caOnly: false })).status).toBe(201)
  })

  test('is not there in 2023, and its name is free', async () => {
    const client = setup()
    expect((await client.call(clientCa)).status).toBe(404)
    const body = { ...uploadBody(makeCertificate(), client.date()), name: 'client-ca' }
    expect((await post(client, body)).status).toBe(201)
    expect((await post(setup(current), body)).status).toBe(409)
  })
})

describe('PEM', () => {
  const certificate = makeCertificate()
  const chain = makeCertificate({ subject: commonName('chain') }).pem
  const wide = (pem: string): string => pem.replace(/(?<=[\w+/=])\n(?=[\w+/=])/, '')
  const withReturns = (pem: string): string => pem.replaceAll('\n', '\r')
  const body = (client: TestClient, change: (pem: string) => string, field: string): object => {
    const texts = { certificate: certificate.pem, chainCert: chain, privateKey: certificate.keyPem }
    const { privateKey, ...open } = { ...texts, [field]: change(texts[field as keyof typeof texts]) }
    return { name: 'x', newVersion: { ...open, privateKey: encryptKey(privateKey, client.date()) } }
  }
  const fields = ['certificate', 'chainCert', 'privateKey']

  test.each(fields)('with a carriage return alone is refused now and was taken in 2023: %s', async (field) => {
    const client = setup(current)
    expect(await post(client, body(client, withReturns, field))).toMatchObject({
      status: 400,
      json: {
        code: 'InvalidLineBreak',
        message: `'\r' cannot be used as a line break in the ${field} field. Only '\n' or '\r\n' are permitted.`,
      },
      diagnosis: `line-break-refused: ${field}`,
    })
    const then = setup()
    expect((await post(then, body(then, withReturns, field))).status).toBe(201)
  })

  test.each([
    ['certificate', 'InvalidCert'],
    ['chainCert', 'InvalidChain'],
    ['privateKey', 'InvalidKey'],
  ])('with a long line is refused now and was taken in 2023: %s', async (field, code) => {
    const client = setup(current)
    expect(await post(client, body(client, wide, field))).toMatchObject({
      status: 400,
      json: { code, message: `A line of the ${field} field is longer than 64 characters.` },
      diagnosis: `line-too-long: ${field}`,
    })
    const then = setup()
    expect((await post(then, body(then, wide, field))).status).toBe(201)
  })

  test.each(fields)('may have blanks around its lines, blank lines and CR LF: %s', async (field) => {
    const client = setup(current)
    const blanks = (pem: string): string => `\r\n \t${pem.replaceAll('\n', '  \t \r\n\r\n ')}\n\n`
    expect((await post(client, body(client, blanks, field))).status).toBe(201)
  })
})

test('generation current refuses a key in other words', async () => {
  const client = setup(current)
  const newVersion = { certificate: makeCertificate().pem, privateKey: 'AAAA' }
  expect(await post(client, { name: 'x', newVersion })).toMatchObject({
    status: 400,
    text: '{"code":"InvalidKey","message":"Invalid private key cipher. The private key must be encrypted with your API key and the timestamp. Check if the API key is correct and if the private key is properly encrypted."}',
  })
})

test('a certificate may have a thousand versions now', async () => {
  const client = setup({ ...current, rateLimits: false })
  const chainCert = makeCertificate({ subject: commonName('chain') }).pem
  const add = (): Promise<Answer> => patch(client, lab, { newVersion: { chainCert } })
  for (let version = 3; version < 1000; version++) await add()
  expect((await add()).headers.get('location')).toMatch(/versions\/1000$/)
  expect((await add()).json).toMatchObject({ code: 'TooManyVersions' })
})

test('a customer may have as many certificates as the setting says', async () => {
  const client = setup({ certificatesPerCustomer: 8 })
  const body = (name: string): object => ({ ...uploadBody(makeCertificate(), client.date()), name })
  expect((await post(client, body('eighth'))).status).toBe(201)
  expect((await post(client, body('ninth'))).json).toMatchObject({ code: 'TooManyCerts' })
  client.mock.configure({ certificatesPerCustomer: 9 })
  expect((await post(client, body('ninth'))).status).toBe(201)
})

describe('of several mistakes', () => {
  const wrong = {
    description: 1,
    name: '',
    autoRenew: 'maybe',
    sharingMethod: 'x',
    newVersion: {},
  }
  /** Each step mends the mistake that was told before. */
  const steps: readonly (readonly [mend: object, code: string, message?: string])[] = [
    [{}, 'InvalidInput'],
    [{ description: 'ok' }, 'InvalidName'],
    [{ name: 'shop-rsa' }, 'InvalidAutoRenew'],
    [{ autoRenew: 'LE' }, 'InvalidSharingMethod'],
    [{ sharingMethod: 'none', caOnly: true }, 'InvalidData'],
    [{ caOnly: false }, 'InvalidCert', 'The certificate body cannot be empty.'],
    [{ newVersion: { certificate: 'x', chainCert: 'x', privateKey: 'x' } }, 'InvalidCert'],
    [{ newVersion: { certificate: makeCertificate().pem, chainCert: 'x', privateKey: 'x' } }, 'InvalidChain'],
    [{ newVersion: { certificate: makeCertificate().pem, privateKey: 'x' } }, 'InvalidKey'],
  ]

  test('the first one is told in the documented order', async () => {
    const client = setup({ ...native, ...current })
    let body: object = wrong
    for (const [mend, code, message] of steps) {
      body = { ...body, ...mend }
      expect((await post(client, body)).json).toMatchObject({ code, ...(message && { message }) })
    }
    expect(
      (await post(client, { ...body, ...uploadBody(makeCertificate(), client.date()), name: 'shop-rsa' })).json,
    ).toMatchObject({ code: 'DuplicateName' })
  })

  test('a limit comes before a name that is taken', async () => {
    const client = setup({ certificatesPerCustomer: 0 })
    const body = { ...uploadBody(makeCertificate(), client.date()), name: 'shop-rsa' }
    expect((await post(client, body)).json).toMatchObject({ code: 'TooManyCerts' })
  })
})
