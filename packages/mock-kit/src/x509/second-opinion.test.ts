import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { Attributes, CertificationRequest, CertificationRequestInfo } from '@peculiar/asn1-csr'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import * as x509 from '@peculiar/asn1-x509'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildCertificate } from './build.ts'
import type { CertificateTemplate } from './build.ts'
import { parseCertificate } from './certificate.ts'
import { parseCsr } from './csr.ts'
import { attributeOids } from './name.ts'
import type { DistinguishedName } from './name.ts'
import { encodePem } from './pem.ts'
import { buildCsr } from './request.ts'

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const spki = publicKey.export({ type: 'spki', format: 'der' })

const anyAttribute = fc.record({
  oid: fc.constantFrom(...Object.values(attributeOids), '1.2.3.4', '2.999.16384'),
  value: fc.oneof(fc.string({ minLength: 1 }), fc.string({ unit: 'binary', minLength: 1 })),
})
const anyName = fc.array(fc.array(anyAttribute, { minLength: 1, maxLength: 3 }), { maxLength: 4 })
const anyDate = fc.date({
  min: new Date('1950-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59Z'),
  noInvalidDate: true,
})
const anyDnsNames = fc.array(fc.domain(), { maxLength: 5 })

const anyTemplate: fc.Arbitrary<CertificateTemplate> = fc.record({
  serialNumber: fc.uint8Array({ minLength: 1, maxLength: 20 }),
  subject: anyName,
  issuer: anyName,
  notBefore: anyDate,
  notAfter: anyDate,
  spki: fc.constant(spki),
  hash: fc.constantFrom('sha256' as const, 'sha384' as const, 'sha512' as const),
  extensions: fc.oneof(
    fc.record({ kind: fc.constant('ca' as const), pathLength: fc.nat(1_000) }),
    fc.record({
      kind: fc.constant('leaf' as const),
      dnsNames: anyDnsNames,
      ipAddresses: fc.array(fc.oneof(fc.ipV4(), fc.ipV6()), { maxLength: 3 }),
      purpose: fc.constantFrom('tls' as const, 'codeSigning' as const),
    }),
  ),
})

/** A name as the library reads it. */
function nameOf(name: x509.Name): DistinguishedName {
  return Array.from(name, (relative) =>
    Array.from(relative, ({ type, value }) => ({ oid: type, value: value.toString() })),
  )
}

/** A name as the library writes it, all values in UTF-8. */
function toName(name: DistinguishedName): x509.Name {
  const relatives = name.map((relative) =>
    relative.map(
      ({ oid, value }) =>
        new x509.AttributeTypeAndValue({ type: oid, value: new x509.AttributeValue({ utf8String: value }) }),
    ),
  )
  return new x509.Name(relatives.map((attributes) => new x509.RelativeDistinguishedName(attributes)))
}

function alternativeName(dnsNames: readonly string[]): x509.Extension {
  const names = new x509.SubjectAlternativeName(dnsNames.map((dNSName) => new x509.GeneralName({ dNSName })))
  return new x509.Extension({
    extnID: x509.id_ce_subjectAltName,
    extnValue: new OctetString(AsnConvert.serialize(names)),
  })
}

function withoutMilliseconds(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1000) * 1000)
}

test('every certificate that is built here is read there, and written again it is the same', () => {
  fc.assert(
    fc.property(anyTemplate, (template) => {
      const der = buildCertificate(template, privateKey)
      const certificate = AsnConvert.parse(der, x509.Certificate)
      const { validity, subject, issuer, serialNumber } = certificate.tbsCertificate
      const info = parseCertificate(der)
      expect(Buffer.from(AsnConvert.serialize(certificate))).toEqual(Buffer.from(der))
      expect([info.subject, info.issuer]).toEqual([nameOf(subject), nameOf(issuer)])
      expect(info.serialNumber).toBe(BigInt(`0x${Buffer.from(serialNumber).toString('hex')}`).toString(16))
      expect([info.notBefore, info.notAfter]).toEqual([validity.notBefore.getTime(), validity.notAfter.getTime()])
    }),
  )
})

test('every request that is built here is read there, and written again it is the same', () => {
  fc.assert(
    fc.property(anyName, anyDnsNames, (subject, dnsNames) => {
      const { der } = parseCsr(buildCsr(subject, privateKey, dnsNames))
      const request = AsnConvert.parse(der, CertificationRequest)
      expect(Buffer.from(AsnConvert.serialize(request))).toEqual(Buffer.from(der))
    }),
  )
})

test('every certificate that is built there is read here', () => {
  const anyContent = fc.record({ subject: anyName, issuer: anyName, notBefore: anyDate, notAfter: anyDate, dnsNames: anyDnsNames }) // prettier-ignore
  fc.assert(
    fc.property(anyContent, fc.uint8Array({ maxLength: 64 }), (content, signature) => {
      const { subject, issuer, notBefore, notAfter, dnsNames } = content
      const signatureAlgorithm = new x509.AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' })
      const tbsCertificate = new x509.TBSCertificate({
        version: x509.Version.v3,
        serialNumber: Uint8Array.of(0, 200).buffer,
        signature: signatureAlgorithm,
        issuer: toName(issuer),
        validity: new x509.Validity({ notBefore, notAfter }),
        subject: toName(subject),
        subjectPublicKeyInfo: AsnConvert.parse(spki, x509.SubjectPublicKeyInfo),
        extensions: new x509.Extensions([alternativeName(dnsNames)]),
      })
      const signatureValue = new Uint8Array(signature).buffer
      const certificate = new x509.Certificate({ tbsCertificate, signatureAlgorithm, signatureValue })
      expect(parseCertificate(new Uint8Array(AsnConvert.serialize(certificate)))).toMatchObject({
        subject,
        issuer,
        serialNumber: 'c8',
        notBefore: withoutMilliseconds(notBefore),
        notAfter: withoutMilliseconds(notAfter),
        signatureAlgorithm: { key: 'ECDSA', hash: 'sha256' },
        spki: new Uint8Array(spki),
        dnsNames,
      })
    }),
  )
})

test('every request that is built there is read here', () => {
  fc.assert(
    fc.property(anyName, anyDnsNames, (subject, dnsNames) => {
      const wanted = AsnConvert.serialize(new x509.Extensions([alternativeName(dnsNames)]))
      const request = new CertificationRequest({
        certificationRequestInfo: new CertificationRequestInfo({
          subject: toName(subject),
          subjectPKInfo: AsnConvert.parse(spki, x509.SubjectPublicKeyInfo),
          attributes: new Attributes([new x509.Attribute({ type: '1.2.840.113549.1.9.14', values: [wanted] })]),
        }),
        signatureAlgorithm: new x509.AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' }),
        signature: new ArrayBuffer(8),
      })
      const csr = parseCsr(encodePem('CERTIFICATE REQUEST', new Uint8Array(AsnConvert.serialize(request))))
      expect(csr).toMatchObject({ publicKey: { algorithm: 'EC', curve: 'P-256' }, signatureValid: false })
      expect(createPublicKey({ key: Buffer.from(csr.spki), format: 'der', type: 'spki' }).equals(publicKey)).toBe(true)
    }),
  )
})
