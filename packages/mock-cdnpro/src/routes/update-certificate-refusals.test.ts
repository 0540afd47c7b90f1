import { describe, expect, test } from 'vitest'
import { type Answer, makeCertificate, setup, type TestClient } from '../test-client.ts'

const shop = '/cdn/certificates/642c1dc50000000000000a02'
const identificationInfo = { commonName: 'new.example.net', subjectAlternativeNames: ['new.example.net'] }

const patch = (client: TestClient, path: string, body: object): Promise<Answer> =>
  client.call(path, { method: 'PATCH', body })

describe('a refused change', () => {
  const empty = 'The certificate body cannot be empty.'
  const real = makeCertificate({ kind: 'p-256' })

  test.each<[string, object, number, string, string, string]>([
    [
      'an empty name',
      { name: '' },
      400,
      'InvalidName',
      'The entered value for name is invalid or longer than 250 characters.',
      'invalid-name',
    ],
    [
      'a taken name',
      { name: 'api-ecc' },
      409,
      'DuplicateName',
      'A certificate with the same name already exists for the customer.',
      'duplicate-name',
    ],
    [
      'a wrong renewal',
      { autoRenew: 'x' },
      400,
      'InvalidAutoRenew',
      "The value 'x' of autoRenew is invalid. Only 'LE' and 'Off' are allowed.",
      'invalid-auto-renew',
    ],
    ['a version of nothing', { newVersion: {} }, 400, 'InvalidCert', empty, 'certificate-missing'],
    [
      'a version of comments alone',
      { newVersion: { comments: 'x' } },
      400,
      'InvalidCert',
      empty,
      'certificate-missing',
    ],
    [
      'a word without its partner',
      { newVersion: { certificate: 'GENERATE' } },
      400,
      'InvalidCert',
      empty,
      'generation-word-without-partner',
    ],
    [
      'the other word alone',
      { newVersion: { privateKey: 'RSA2048' } },
      400,
      'InvalidCert',
      empty,
      'generation-word-without-partner',
    ],
    [
      'no certificate',
      { newVersion: { certificate: 'x' } },
      400,
      'InvalidCert',
      'The certificate is not a valid PEM certificate.',
      'certificate-unreadable',
    ],
    [
      'a certificate for another key',
      { newVersion: { certificate: real.pem } },
      400,
      'InvalidCert',
      'The private key does not match the certificate.',
      'key-mismatch',
    ],
    [
      'no chain',
      { newVersion: { chainCert: 'x' } },
      400,
      'InvalidChain',
      'The chain certificate is not a valid PEM certificate.',
      'chain-unreadable',
    ],
    [
      'words without names',
      { newVersion: { certificate: 'GENERATE', privateKey: 'RSA2048' } },
      400,
      'InvalidIdentificationInfo',
      "IdentificationInfo can't be empty for self-signed certificate.",
      'identification-missing',
    ],
    [
      'wrong names',
      { newVersion: { certificate: 'GENERATE', privateKey: 'RSA2048', identificationInfo: {} } },
      400,
      'InvalidIdentificationInfo',
      "Invalid field 'commonName'.",
      'identification-invalid: commonName',
    ],
    [
      'another kind of key',
      { newVersion: { certificate: 'GENERATE', privateKey: 'ECC256', identificationInfo } },
      400,
      'InvalidCertVersion',
      "The algorithm type of the certificate must be the same as the latest version. The latest version algorithm type is 'RSA' and the current algorithm type is 'ECC'.",
      'key-kind-changed',
    ],
  ])('to %s leaves everything as it was', async (_, change, status, code, message, diagnosis) => {
    const client = setup()
    const before = await client.call(shop)
    const answer = await patch(client, shop, { description: 'changed', forceRenew: true, ...change })
    expect(answer).toMatchObject({ status, text: JSON.stringify({ code, message }), diagnosis })
    expect((await client.call(shop)).text).toBe(before.text)
  })

  test.each(['000000000000000000000000', '642c1dc50000000000000c01'])(
    'of certificate %s, which is not there',
    async (id) => {
      const client = setup()
      const answer = await patch(client, `/cdn/certificates/${id}`, { description: 'changed' })
      expect(answer).toMatchObject({
        status: 404,
        text: '{"code":"InvalidCertId","message":"The specified certificate ID does not exist."}',
        diagnosis: 'unknown-certificate',
      })
    },
  )
})
