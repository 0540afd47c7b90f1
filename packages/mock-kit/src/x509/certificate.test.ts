import { X509Certificate, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { buildCertificate } from './build.ts'
import { CertificateError, fingerprint, parseCertificate } from './certificate.ts'
import { attributeOids } from './name.ts'

function setup() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-521' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const subject = [
    [{ oid: attributeOids.O, value: 'Example, Inc. "北京"' }],
    [{ oid: attributeOids.CN, value: 'www.example.com' }],
  ]
  const issuer = [[{ oid: attributeOids.CN, value: 'Example Test CA' }]]
  const notBefore = new Date('2026-01-02T03:04:05Z')
  const notAfter = new Date('2061-01-02T03:04:05Z')
  const serialNumber = Uint8Array.of(0x01, 0x6e, 0xdb, 0x4f, 0xf8, 0x6f)
  const extensions = { kind: 'leaf', dnsNames: ['WWW.example.com', 'a.example.com'] } as const
  const template = { serialNumber, subject, issuer, notBefore, notAfter, spki, hash: 'sha512', extensions } as const
  return { template, der: buildCertificate(template, privateKey) }
}

/** The certificate with a text in it replaced by one of the same length. */
function replaced(der: Uint8Array, from: string | Buffer, to: string | Buffer): Buffer {
  const copy = Buffer.from(der)
  Buffer.from(to).copy(copy, copy.indexOf(from))
  return copy
}

test('reads every field', () => {
  const { template, der } = setup()
  expect(parseCertificate(der)).toEqual({
    der,
    subject: template.subject,
    issuer: template.issuer,
    serialNumber: '16edb4ff86f',
    notBefore: template.notBefore,
    notAfter: template.notAfter,
    signatureAlgorithm: { oid: '1.2.840.10045.4.3.4', key: 'ECDSA', hash: 'sha512' },
    publicKey: { algorithm: 'EC', bits: 521, curve: 'P-521' },
    spki: new Uint8Array(template.spki),
    dnsNames: ['WWW.example.com', 'a.example.com'],
  })
})

test('reads a part of a larger buffer', () => {
  const { der } = setup()
  const larger = Buffer.concat([Buffer.from('before'), der, Buffer.from('after')])
  expect(parseCertificate(larger.subarray(6, 6 + der.length)).serialNumber).toBe('16edb4ff86f')
})

test('the fingerprint is the one that Node computes', () => {
  const { der } = setup()
  const certificate = new X509Certificate(der)
  const plain = (text: string): string => text.replaceAll(':', '').toLowerCase()
  expect(fingerprint(der, 'sha1')).toBe(plain(certificate.fingerprint))
  expect(fingerprint(der, 'sha256')).toBe(plain(certificate.fingerprint256))
})

test.each([
  ['nothing', () => new Uint8Array()],
  ['a text', () => Buffer.from('hello')],
  ['an empty SEQUENCE', () => Uint8Array.of(0x30, 0)],
  [
    'an indefinite length',
    (der: Uint8Array) => Buffer.concat([Uint8Array.of(0x30, 0x80), der.subarray(4), Uint8Array.of(0, 0)]),
  ],
  ['octets after the DER', (der: Uint8Array) => Buffer.concat([der, Uint8Array.of(0)])],
  ['DER that is cut short', (der: Uint8Array) => der.subarray(0, -1)],
  ['an unreadable date', (der: Uint8Array) => replaced(der, '260102030405Z', '2601020304+01')],
  ['the 30th of February', (der: Uint8Array) => replaced(der, '260102030405Z', '260230030405Z')],
  ['a thirteenth month', (der: Uint8Array) => replaced(der, '20610102030405Z', '20611302030405Z')],
  ['an hour too many', (der: Uint8Array) => replaced(der, '260102030405Z', '260102240405Z')],
  ['a date without a time zone', (der: Uint8Array) => replaced(der, '260102030405Z', '2601020304050')],
  ['a set as its own algorithm', (der: Uint8Array) => replaced(der, Buffer.from('300a06082a86', 'hex'), '1')],
  ['a name that is no UTF-8', (der: Uint8Array) => replaced(der, '北', Buffer.from('ffffff', 'hex'))],
  [
    'an alternative name of an unknown kind',
    (der: Uint8Array) => replaced(der, Buffer.from('\x82\x0fWWW', 'latin1'), Buffer.from('\x8a', 'latin1')),
  ],
])('refuses %s', (_, change) => {
  const octets = change(setup().der)
  expect(() => parseCertificate(octets)).toThrow(CertificateError)
  expect(() => parseCertificate(octets)).toThrow(
    expect.objectContaining({ code: 'unparsable', message: expect.stringMatching(/^The octets are not an X\.509/) }),
  )
})

test('a string type that names rarely have is read as text', () => {
  const numericString = Buffer.concat([Buffer.from([0x12, 15]), Buffer.from('123456789012345')])
  const der = replaced(
    setup().der,
    Buffer.concat([Buffer.from([0x0c, 15]), Buffer.from('www.example.com')]),
    numericString,
  )
  expect(parseCertificate(der).subject[1]).toEqual([{ oid: attributeOids.CN, value: '123456789012345' }])
})

test('a value that is no string is read as the hex of its DER', () => {
  const octetString = Buffer.concat([Buffer.from([0x04, 15]), Buffer.from('www.example.com')])
  const der = replaced(
    setup().der,
    Buffer.concat([Buffer.from([0x0c, 15]), Buffer.from('www.example.com')]),
    octetString,
  )
  expect(parseCertificate(der).subject[1]?.[0]?.value).toBe(`#${octetString.toString('hex')}`)
})
