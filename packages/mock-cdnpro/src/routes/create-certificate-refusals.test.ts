import { describe, expect, test } from 'vitest'
import {
  type Answer,
  encryptKey,
  exportKey,
  keyOf,
  makeCertificate,
  newKey,
  setup,
  type TestClient,
} from '../test-client.ts'

const path = '/cdn/certificates'
const certificate = makeCertificate()
const post = (client: TestClient, body: object): Promise<Answer> => client.call(path, { method: 'POST', body })

const expired = makeCertificate({ notAfter: '2023-04-04T12:53:24Z' })
const garbage = '-----BEGIN CERTIFICATE-----\nMOCK\n-----END CERTIFICATE-----\n'
const invalidKey =
  'Invalid private key cipher. To protect the private key, it must be encrypted with your API key and the timestamp before you upload.'

interface Refused {
  readonly what: string
  readonly body: (date: string) => object
  readonly code: string
  readonly message: string
  readonly diagnosis: string
}

const upload = (date: string, change: object): object => ({
  name: 'n',
  newVersion: { certificate: certificate.pem, privateKey: encryptKey(certificate.keyPem, date), ...change },
})
const refused = (what: string, body: Refused['body'], code: string, message: string, diagnosis: string): Refused => ({
  what,
  body,
  code,
  message,
  diagnosis,
})

const invalidName = 'The entered value for name is invalid or longer than 250 characters.'
const autoRenew = (value: string): string =>
  `The value '${value}' of autoRenew is invalid. Only 'LE' and 'Off' are allowed.`
const empty = 'The certificate body cannot be empty.'
const noPem = 'The certificate is not a valid PEM certificate.'
const noChain = 'The chain certificate is not a valid PEM certificate.'
const expiredChain = 'The chain certificate has expired.'
const mismatch = 'The private key does not match the certificate.'
const missingInfo = "IdentificationInfo can't be empty for self-signed certificate."

function generate(change: object = {}): { newVersion: object } {
  const identificationInfo = { commonName: 'lab.example.net', subjectAlternativeNames: ['lab.example.net'] }
  return { newVersion: { certificate: 'GENERATE', privateKey: 'ECC256', identificationInfo, ...change } }
}
const info = (change: object): object => ({
  name: 'n',
  ...generate({ identificationInfo: { commonName: 'a', subjectAlternativeNames: ['a.example.com'], ...change } }),
})
const badInfo = (field: string, change: object): Refused =>
  refused(
    `has a wrong ${field}: ${JSON.stringify(change)}`,
    () => info(change),
    'InvalidIdentificationInfo',
    `Invalid field '${field}'.`,
    `identification-invalid: ${field}`,
  )

test.each<Refused>([
  refused('is empty', () => ({}), 'InvalidName', invalidName, 'invalid-name'),
  refused('has no name', (date) => ({ ...upload(date, {}), name: '' }), 'InvalidName', invalidName, 'invalid-name'),
  refused(
    'has a name of 251',
    (date) => ({ ...upload(date, {}), name: 'x'.repeat(251) }),
    'InvalidName',
    invalidName,
    'invalid-name',
  ),
  ...['le', 'on', ''].map((value) =>
    refused(
      `renews ${JSON.stringify(value)}`,
      (date) => ({ ...upload(date, {}), autoRenew: value }),
      'InvalidAutoRenew',
      autoRenew(value),
      'invalid-auto-renew',
    ),
  ),
  refused('has no version', () => ({ name: 'n' }), 'InvalidCert', empty, 'certificate-missing'),
  refused(
    'has no certificate',
    (date) => upload(date, { certificate: undefined }),
    'InvalidCert',
    empty,
    'certificate-missing',
  ),
  refused(
    'has a blank certificate',
    (date) => upload(date, { certificate: ' \n' }),
    'InvalidCert',
    empty,
    'certificate-missing',
  ),
  refused(
    'has text for a certificate',
    (date) => upload(date, { certificate: 'x' }),
    'InvalidCert',
    noPem,
    'certificate-unreadable',
  ),
  refused(
    'has garbage for a certificate',
    (date) => upload(date, { certificate: garbage }),
    'InvalidCert',
    noPem,
    'certificate-unreadable',
  ),
  refused(
    'has garbage after the certificate',
    (date) => upload(date, { certificate: certificate.pem + garbage }),
    'InvalidCert',
    noPem,
    'certificate-unreadable',
  ),
  refused(
    'has a certificate that is cut off, and a whole one behind it',
    (date) => upload(date, { certificate: expired.pem.slice(0, 200) + certificate.pem }),
    'InvalidCert',
    noPem,
    'certificate-unreadable',
  ),
  refused(
    'has the end of a certificate behind a whole one',
    (date) => upload(date, { certificate: certificate.pem + expired.pem.slice(200) }),
    'InvalidCert',
    noPem,
    'certificate-unreadable',
  ),
  refused(
    'has a key for a certificate',
    (date) => upload(date, { certificate: certificate.keyPem }),
    'InvalidCert',
    noPem,
    'certificate-unreadable',
  ),
  refused(
    'has text for a chain',
    (date) => upload(date, { chainCert: 'x' }),
    'InvalidChain',
    noChain,
    'chain-unreadable',
  ),
  refused(
    'has garbage for a chain',
    (date) => upload(date, { chainCert: garbage }),
    'InvalidChain',
    noChain,
    'chain-unreadable',
  ),
  refused(
    'has a chain that is cut off',
    (date) => upload(date, { chainCert: certificate.pem + expired.pem.slice(0, -40) }),
    'InvalidChain',
    noChain,
    'chain-unreadable',
  ),
  refused(
    'has an expired chain',
    (date) => upload(date, { chainCert: expired.pem }),
    'InvalidChain',
    expiredChain,
    'chain-expired',
  ),
  refused(
    'has an expired chain after its leaf',
    (date) => upload(date, { certificate: certificate.pem + expired.pem }),
    'InvalidChain',
    expiredChain,
    'chain-expired',
  ),
  refused('has no key', (date) => upload(date, { privateKey: undefined }), 'InvalidKey', invalidKey, 'key-missing'),
  refused(
    'has a plain key',
    (date) => upload(date, { privateKey: certificate.keyPem }),
    'InvalidKey',
    invalidKey,
    'key-not-decryptable',
  ),
  refused(
    'has a key encrypted a second before',
    (date) => upload(date, { privateKey: encryptKey(certificate.keyPem, 'Tue, 04 Apr 2023 12:53:24 GMT') }),
    'InvalidKey',
    invalidKey,
    'key-other-date: -1 s',
  ),
  refused(
    'has another key',
    (date) => upload(date, { privateKey: encryptKey(exportKey(newKey('p-256')), date) }),
    'InvalidCert',
    mismatch,
    'key-mismatch',
  ),
  refused(
    'has a key of another kind',
    (date) => upload(date, { privateKey: encryptKey(exportKey(keyOf('rsa-2048')), date) }),
    'InvalidCert',
    mismatch,
    'key-mismatch',
  ),
  refused(
    'asks for a key but brings a certificate',
    (date) => upload(date, { privateKey: 'RSA2048' }),
    'InvalidCert',
    empty,
    'generation-word-without-partner',
  ),
  refused(
    'asks for a certificate but brings a key',
    (date) => upload(date, { certificate: 'GENERATE' }),
    'InvalidCert',
    empty,
    'generation-word-without-partner',
  ),
  refused(
    'asks for an unknown kind of key',
    () => ({ name: 'n', ...generate({ privateKey: 'RSA1024' }) }),
    'InvalidCert',
    empty,
    'generation-word-without-partner',
  ),
  refused(
    'has no identification',
    () => ({ name: 'n', ...generate({ identificationInfo: null }) }),
    'InvalidIdentificationInfo',
    missingInfo,
    'identification-missing',
  ),
  badInfo('commonName', { commonName: undefined }),
  badInfo('commonName', { commonName: ' ' }),
  badInfo('subjectAlternativeNames', { subjectAlternativeNames: undefined }),
  badInfo('subjectAlternativeNames', { subjectAlternativeNames: [] }),
  badInfo('subjectAlternativeNames', { subjectAlternativeNames: ['a.example.com', ''] }),
  badInfo('subjectAlternativeNames', { subjectAlternativeNames: ['*'] }),
  badInfo('subjectAlternativeNames', { subjectAlternativeNames: ['a.*.example.com'] }),
  badInfo('subjectAlternativeNames', { subjectAlternativeNames: ['-a.example.com'] }),
  badInfo('subjectAlternativeNames', { subjectAlternativeNames: ['münze.example.com'] }),
  badInfo('subjectAlternativeNames', { subjectAlternativeNames: [`${'a'.repeat(64)}.example.com`] }),
  badInfo('subjectAlternativeNames', { subjectAlternativeNames: [`${`${'a'.repeat(60)}.`.repeat(4)}example.com`] }),
  badInfo('country', { country: 'DEU' }),
  badInfo('country', { country: '🦊' }),
  badInfo('country', { country: '' }),
  badInfo('email', { email: 'lab' }),
])('a body that $what is refused: $code, $diagnosis', async ({ body, code, message, diagnosis }) => {
  const client = setup()
  const answer = await post(client, body(client.date()))
  expect(answer).toMatchObject({ status: 400, text: JSON.stringify({ code, message }), diagnosis })
  expect(answer.headers.has('location')).toBe(false)
})

describe('the order of the rules', () => {
  const wrongs: [string, object][] = [
    ['InvalidInput', { description: 5 }],
    ['InvalidName', { name: '' }],
    ['InvalidAutoRenew', { autoRenew: 'x' }],
  ]
  const wrongVersions: [string, object][] = [
    ['InvalidCert', { certificate: 'x' }],
    ['InvalidChain', { chainCert: 'x' }],
    ['InvalidKey', { privateKey: 'x' }],
  ]

  test('is input, name, renewal, certificate, chain, key, pair', async () => {
    const client = setup()
    let [top, version] = [wrongs, wrongVersions]
    for (const [code] of [...wrongs, ...wrongVersions]) {
      const newVersion = Object.assign({}, ...version.map(([, change]) => change)) as object
      const body = {
        ...upload(client.date(), newVersion),
        ...(Object.assign({}, ...top.map(([, change]) => change)) as object),
      }
      expect((await post(client, body)).json).toMatchObject({ code })
      if (top.length > 0) top = top.slice(1)
      else version = version.slice(1)
    }
    expect((await post(client, upload(client.date(), {}))).status).toBe(201)
  })
})
