import { X509Certificate, generateKeyPairSync } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate } from '@peculiar/asn1-x509'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildCertificate } from './build.ts'
import type { CertificateTemplate } from './build.ts'
import { parseCertificate } from './certificate.ts'
import { attributeOids } from './name.ts'

const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const rsaKeys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const subject = [[{ oid: attributeOids.CN, value: 'www.example.com' }]]

const template: CertificateTemplate = {
  serialNumber: Uint8Array.of(1),
  subject,
  issuer: subject,
  notBefore: new Date('2026-03-01T10:20:30.456Z'),
  notAfter: new Date('2027-03-01T00:00:00Z'),
  spki: keys.publicKey.export({ type: 'spki', format: 'der' }),
  hash: 'sha256',
  extensions: { kind: 'leaf', dnsNames: ['www.example.com'] },
}
const rsaSpki = rsaKeys.publicKey.export({ type: 'spki', format: 'der' })

function setup(changes: Partial<CertificateTemplate> = {}, signer = keys.privateKey) {
  const der = buildCertificate({ ...template, ...changes }, signer)
  return { der, info: parseCertificate(der), certificate: new X509Certificate(der) }
}

function extensionHex(der: Uint8Array, oid: string): string | undefined {
  const extension = AsnConvert.parse(der, Certificate).tbsCertificate.extensions?.find(({ extnID }) => extnID === oid)
  return (
    extension && `${extension.critical ? 'critical ' : ''}${Buffer.from(extension.extnValue.buffer).toString('hex')}`
  )
}

test('Node reads back what the template says', () => {
  const { certificate } = setup()
  expect(certificate.verify(keys.publicKey)).toBe(true)
  expect(certificate.subject).toBe('CN=www.example.com')
  expect(certificate.subjectAltName).toBe('DNS:www.example.com')
  expect(certificate.validFromDate).toEqual(new Date('2026-03-01T10:20:30Z'))
  expect(certificate.validToDate).toEqual(template.notAfter)
  expect(certificate.ca).toBe(false)
})

test.each([
  ['sha256', rsaKeys.privateKey, 'sha256WithRSAEncryption'],
  ['sha384', rsaKeys.privateKey, 'sha384WithRSAEncryption'],
  ['sha512', rsaKeys.privateKey, 'sha512WithRSAEncryption'],
  ['sha256', keys.privateKey, 'ecdsa-with-SHA256'],
  ['sha384', keys.privateKey, 'ecdsa-with-SHA384'],
  ['sha512', keys.privateKey, 'ecdsa-with-SHA512'],
] as const)('a certificate signed with %s names that algorithm', (hash, signer, name) => {
  const { certificate } = setup({ hash }, signer)
  expect(certificate.signatureAlgorithm).toBe(name)
  expect(certificate.verify(signer === keys.privateKey ? keys.publicKey : rsaKeys.publicKey)).toBe(true)
})

test('every serial number is read back as its integer', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), (serialNumber) => {
      const { info, certificate } = setup({ serialNumber })
      const integer = BigInt(`0x0${Buffer.from(serialNumber).toString('hex')}`)
      expect(info.serialNumber).toBe(integer.toString(16))
      expect(BigInt(`0x${certificate.serialNumber}`)).toBe(integer)
    }),
    { numRuns: 50 },
  )
})

test('leading zeros of a serial number are dropped', () => {
  const [padded, plain] = [Uint8Array.of(0, 0, 1), Uint8Array.of(1)].map((serialNumber) =>
    setup({ serialNumber }, rsaKeys.privateKey),
  )
  expect(padded?.der).toEqual(plain?.der)
})

test.each(['sha256', 'sha384', 'sha512'] as const)(
  'the RSA algorithm of %s has the NULL that RFC 4055 asks for',
  (hash) => {
    const { signatureAlgorithm, tbsCertificate } = AsnConvert.parse(
      setup({ hash }, rsaKeys.privateKey).der,
      Certificate,
    )
    expect([signatureAlgorithm.parameters, tbsCertificate.signature.parameters]).toEqual([null, null])
  },
)

test('dates are UTCTime up to 2049 and GeneralizedTime from 2050 on', () => {
  const { der, info } = setup({
    notBefore: new Date('2049-12-31T23:59:59Z'),
    notAfter: new Date('2050-01-01T00:00:00Z'),
  })
  expect(Buffer.from(der).includes('\u0017\u000d491231235959Z\u0018\u000f20500101000000Z')).toBe(true)
  expect([info.notBefore, info.notAfter]).toEqual([new Date('2049-12-31T23:59:59Z'), new Date('2050-01-01T00:00:00Z')])
})

test.each([
  ['C', 'FR', 0x13],
  ['SERIALNUMBER', '42', 0x13],
  ['SERIALNUMBER', 'a@b', 0x0c],
  ['E', 'a@example.com', 0x16],
  ['E', 'ä@example.com', 0x0c],
  ['DC', 'example', 0x16],
  ['O', 'Example', 0x0c],
] as const)('%s=%s is written with the string tag %i', (type, value, tag) => {
  const { der, info } = setup({ subject: [[{ oid: attributeOids[type], value }]] })
  const text = Buffer.from(value)
  expect(Buffer.from(der).includes(Buffer.concat([Uint8Array.of(tag, text.length), text]))).toBe(true)
  expect(info.subject).toEqual([[{ oid: attributeOids[type], value }]])
})

test('the attributes of one relative name are sorted as DER asks', () => {
  const commonName = { oid: attributeOids.CN, value: 'x' }
  const country = { oid: attributeOids.C, value: 'FR' }
  const organization = { oid: attributeOids.O, value: 'x' }
  expect(setup({ subject: [[country, organization, commonName]] }).info.subject).toEqual([
    [commonName, organization, country],
  ])
})

test('addresses follow the names in the subject alternative name', () => {
  const ipAddresses = ['192.0.2.1', '2001:db8::1', '::ffff:192.0.2.1']
  const { certificate } = setup({ extensions: { kind: 'leaf', dnsNames: ['a.example.com'], ipAddresses } })
  expect(certificate.subjectAltName).toBe(
    'DNS:a.example.com, IP Address:192.0.2.1, IP Address:2001:DB8:0:0:0:0:0:1, IP Address:0:0:0:0:0:FFFF:C000:201',
  )
})

test('a certificate without names has no subject alternative name', () => {
  const { certificate, info } = setup({ extensions: { kind: 'leaf', dnsNames: [] } })
  expect(certificate.subjectAltName).toBeUndefined()
  expect(info.dnsNames).toEqual([])
})

test.each([
  ['an EC leaf signs', template.spki, undefined, 'critical 03020780', ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']],
  [
    'an RSA leaf signs and enciphers',
    rsaSpki,
    undefined,
    'critical 030205a0',
    ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'],
  ],
  ['code signing only signs', rsaSpki, 'codeSigning', 'critical 03020780', ['1.3.6.1.5.5.7.3.3']],
] as const)('%s', (_, spki, purpose, keyUsage, extendedKeyUsage) => {
  const extensions = { kind: 'leaf', dnsNames: [], ...(purpose && { purpose }) } as const
  const { der, certificate } = setup({ spki, extensions })
  expect(extensionHex(der, '2.5.29.15')).toBe(keyUsage)
  expect(certificate.keyUsage).toEqual(extendedKeyUsage)
  expect(extensionHex(der, '2.5.29.19')).toBe('critical 3000')
})

test('an authority may sign certificates and revocation lists down to its path length', () => {
  const { der, certificate } = setup({ extensions: { kind: 'ca', pathLength: 0 } })
  expect(certificate.ca).toBe(true)
  expect(extensionHex(der, '2.5.29.19')).toBe('critical 30060101ff020100')
  expect(extensionHex(der, '2.5.29.15')).toBe('critical 03020106')
})

test('the key identifiers are those of subject and signer', () => {
  const { der } = setup({ spki: rsaSpki })
  const signerId = extensionHex(setup().der, '2.5.29.14')?.slice(4)
  expect(extensionHex(der, '2.5.29.35')).toBe(`30168014${signerId}`)
  expect(extensionHex(der, '2.5.29.14')).not.toBe(`0414${signerId}`)
})

test('a certificate may have twenty thousand names', () => {
  const dnsNames = Array.from({ length: 20_000 }, (_, index) => `host-${index}.example.com`)
  const { info, certificate } = setup({ extensions: { kind: 'leaf', dnsNames } })
  expect(info.dnsNames).toEqual(dnsNames)
  expect(certificate.subjectAltName).toBe(dnsNames.map((name) => `DNS:${name}`).join(', '))
})

test('what is no address is refused', () => {
  const extensions = { kind: 'leaf', dnsNames: [], ipAddresses: ['example.com'] } as const
  expect(() => setup({ extensions })).toThrow(new TypeError('example.com is no IP address.'))
})

test('a signer that is neither RSA nor EC is refused', () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  expect(() => setup({}, privateKey)).toThrow(new TypeError('Sign with an RSA or an EC private key.'))
})
