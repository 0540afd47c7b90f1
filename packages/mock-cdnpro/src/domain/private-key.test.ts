import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { encryptKey, exportKey, keyOf, newKey } from '../test-client.ts'
import { Refusal } from '../errors.ts'
import { decrypt, openPrivateKey } from './private-key.ts'

const apiKey = 'example_apiKey'
const date = 'Tue, 04 Apr 2023 12:53:25 GMT'
const cipher = { apiKey, dates: [date] }
const message =
  'Invalid private key cipher. To protect the private key, it must be encrypted with your API key and the timestamp before you upload.'

function refusalOf(encrypted: string, dates: readonly string[] = [date]): Refusal {
  try {
    openPrivateKey(encrypted, { apiKey, dates }, '2023')
  } catch (error) {
    if (error instanceof Refusal) return error
  }
  throw new Error('The key was not refused.')
}

test('decrypts the vector', () => {
  const encrypted = 'boUf3WWqsDdOGaE3XtFmlSTBOKPxR2FsmzYFraIm6NtDLIeXasadx867szEZAh7TAhfdR4MAonPNoKDNf9u6Uw=='
  const plaintext = '-----BEGIN PRIVATE KEY-----\nMOCK\n-----END PRIVATE KEY-----\n'
  expect(decrypt(encrypted, apiKey, date)).toBe(plaintext)
  expect(encryptKey(plaintext, date)).toBe(encrypted)
})

describe('a private key', () => {
  const rsa = keyOf('rsa-2048')
  const ec = keyOf('p-256')
  const legacy = (type: 'pkcs1' | 'sec1'): string =>
    (type === 'pkcs1' ? rsa : ec).export({ type, format: 'pem' }) as string
  const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n'

  test.each([
    ['PKCS#8 RSA', exportKey(rsa), rsa],
    ['PKCS#8 EC', exportKey(ec), ec],
    ['PKCS#1', legacy('pkcs1'), rsa],
    ['SEC1', legacy('sec1'), ec],
    ['SEC1 with its parameters before it', parameters + legacy('sec1'), ec],
    ['PKCS#8 with CR LF', exportKey(ec).replaceAll('\n', '\r\n'), ec],
    ['PKCS#8 without a last line feed', exportKey(ec).trimEnd(), ec],
  ])('as %s is read', (_, pem, key) => {
    expect(openPrivateKey(encryptKey(pem, date), cipher, '2023').equals(key)).toBe(true)
  })

  test('may have line breaks in its Base64', () => {
    const lines = encryptKey(exportKey(ec), date).replaceAll(/.{64}/g, '$&\n')
    expect(openPrivateKey(`${lines}\n`, cipher, '2023').equals(ec)).toBe(true)
  })

  test('may be encrypted under either of two dates', () => {
    const other = 'Tue, 04 Apr 2023 12:53:30 GMT'
    const encrypted = encryptKey(exportKey(ec), date)
    expect(openPrivateKey(encrypted, { apiKey, dates: [other, date] }, '2023').equals(ec)).toBe(true)
    expect(openPrivateKey(encrypted, { apiKey, dates: [date, other] }, '2023').equals(ec)).toBe(true)
  })
})

describe('a refused private key', () => {
  const pem = exportKey(keyOf('p-256'))
  const protectedPem = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' },
  }).privateKey
  const protectedLegacy = keyOf('rsa-2048').export({
    type: 'pkcs1',
    format: 'pem',
    cipher: 'aes-128-cbc',
    passphrase: 'x',
  }) as string

  test.each([
    ['is no Base64', '?', 'key-not-decryptable'],
    ['is plain text', pem, 'key-not-decryptable'],
    ['is half a block', 'AAAA', 'key-not-decryptable'],
    ['has another API key', encryptKey(pem, date, 'other_apiKey'), 'key-not-decryptable'],
    ['has a date an hour away', encryptKey(pem, 'Tue, 04 Apr 2023 11:53:25 GMT'), 'key-not-decryptable'],
    ['is no key inside', encryptKey('hello', date), 'key-not-decryptable'],
    [
      'is a certificate inside',
      encryptKey('-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----', date),
      'key-not-readable',
    ],
    [
      'is garbage in PEM',
      encryptKey('-----BEGIN PRIVATE KEY-----\nMOCK\n-----END PRIVATE KEY-----\n', date),
      'key-not-readable',
    ],
    ['has a passphrase', encryptKey(protectedPem, date), 'key-not-readable'],
    ['has a passphrase in the old form', encryptKey(protectedLegacy, date), 'key-not-readable'],
    ['is of another kind', encryptKey(exportKey(newKey('ed25519')), date), 'key-not-readable'],
    ['was encrypted a second before', encryptKey(pem, 'Tue, 04 Apr 2023 12:53:24 GMT'), 'key-other-date: -1 s'],
    ['was encrypted five seconds later', encryptKey(pem, 'Tue, 04 Apr 2023 12:53:30 GMT'), 'key-other-date: +5 s'],
    ['was encrypted six seconds later', encryptKey(pem, 'Tue, 04 Apr 2023 12:53:31 GMT'), 'key-not-decryptable'],
  ])('that %s is told the same, the journal more', (_, encrypted, diagnosis) => {
    const { status, body, diagnosis: told } = refusalOf(encrypted)
    expect({ status, body, told }).toEqual({ status: 400, body: { code: 'InvalidKey', message }, told: diagnosis })
  })

  test('needs a date to be decrypted at all', () => {
    expect(refusalOf(encryptKey(pem, date), []).diagnosis).toBe('key-not-decryptable')
  })
})
