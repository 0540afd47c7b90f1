import { generateKeyPairSync } from 'node:crypto'
import { CertificationRequest } from '@peculiar/asn1-csr'
import { AsnConvert } from '@peculiar/asn1-schema'
import { Extensions, SubjectAlternativeName } from '@peculiar/asn1-x509'
import { expect, test } from 'vitest'
import { parseCsr } from './csr.ts'
import { readDer } from './der-reader.ts'
import { attributeOids, decodeName } from './name.ts'
import { buildCsr } from './request.ts'

const subject = [
  [{ oid: attributeOids.C, value: 'FR' }],
  [{ oid: attributeOids.O, value: 'Exemple & fils, Münster' }],
  [{ oid: attributeOids.CN, value: 'www.example.com' }],
]

function setup(dnsNames?: readonly string[]) {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const pem = buildCsr(subject, privateKey, dnsNames)
  const csr = parseCsr(pem)
  const { certificationRequestInfo: info } = AsnConvert.parse(csr.der, CertificationRequest)
  return { pem, csr, info }
}

test('a request is PEM with LF whose signature verifies', () => {
  const { pem, csr } = setup()
  expect(pem).toMatch(/^-----BEGIN CERTIFICATE REQUEST-----\n[^\r]+\n-----END CERTIFICATE REQUEST-----\n$/)
  expect(csr).toMatchObject({ publicKey: { algorithm: 'EC', bits: 384, curve: 'P-384' }, signatureValid: true })
})

test('a request carries the subject in the order given', () => {
  expect(decodeName(readDer(new Uint8Array(AsnConvert.serialize(setup().info.subject))))).toEqual(subject)
})

test('a request without names has the empty attributes that PKCS#10 wants', () => {
  const { csr, info } = setup()
  expect(info.attributes).toHaveLength(0)
  expect(Buffer.from(csr.der).includes(Buffer.from('a000300a', 'hex'))).toBe(true)
})

test('a request asks for the DNS names given, not for the common name', () => {
  const attribute = setup(['a.example.com', '*.example.com']).info.attributes[0]
  const extensions = AsnConvert.parse(attribute?.values[0] ?? new ArrayBuffer(0), Extensions)
  const names = AsnConvert.parse(extensions[0]?.extnValue ?? new ArrayBuffer(0), SubjectAlternativeName)
  expect(attribute?.type).toBe('1.2.840.113549.1.9.14')
  expect(Array.from(names, ({ dNSName }) => dNSName)).toEqual(['a.example.com', '*.example.com'])
})

test('a key that is neither RSA nor EC is refused', () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  expect(() => buildCsr(subject, privateKey)).toThrow(new TypeError('Sign with an RSA or an EC private key.'))
})

test.each(['rsa', 'P-256', 'P-384', 'P-521'])('a request for the same %s key is the same each time', (kind) => {
  const { privateKey } =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: kind })
  expect(buildCsr(subject, privateKey)).toBe(buildCsr(subject, privateKey))
})
