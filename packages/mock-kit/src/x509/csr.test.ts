import { constants, generateKeyPairSync, sign } from 'node:crypto'
import { CertificationRequest } from '@peculiar/asn1-csr'
import { AsnConvert } from '@peculiar/asn1-schema'
import { AlgorithmIdentifier } from '@peculiar/asn1-x509'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CsrError, parseCsr } from './csr.ts'
import type { Csr } from './csr.ts'
import { membersOf, octetsOf, readDer } from './der-reader.ts'
import { bitString, explicit, integer, oid, sequence } from './der.ts'
import { attributeOids } from './name.ts'
import { oids } from './oids.ts'
import { encodePem, parsePem } from './pem.ts'
import { buildCsr } from './request.ts'

const subject = [[{ oid: attributeOids.CN, value: 'www.example.com' }]]
const rsaKeys = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ecKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pem = buildCsr(subject, rsaKeys.privateKey, ['www.example.com'])
const csr = parseCsr(pem)
const base64 = Buffer.from(csr.der).toString('base64')

/** The request with one octet changed, counted from the end. */
function damaged({ der }: Csr, fromEnd: number): string {
  const copy = Buffer.from(der)
  copy.writeUInt8(copy.readUInt8(copy.length - fromEnd) ^ 1, copy.length - fromEnd)
  return encodePem('CERTIFICATE REQUEST', copy)
}

function outcome(text: string): string {
  try {
    parseCsr(text)
    return 'Csr'
  } catch (error) {
    return error instanceof Error ? error.name : 'no error'
  }
}

test('reads the key out of a request', () => {
  expect(csr.der).toEqual(parsePem(pem)[0]?.der)
  expect(Buffer.from(csr.spki)).toEqual(rsaKeys.publicKey.export({ type: 'spki', format: 'der' }))
  expect(csr.publicKey).toEqual({ algorithm: 'RSA', bits: 2048 })
  expect(csr.signatureValid).toBe(true)
})

describe('form', () => {
  test.each([
    ['CR LF', pem.replaceAll('\n', '\r\n')],
    ['all line breaks removed', pem.replaceAll('\n', '')],
    ['the header NEW CERTIFICATE REQUEST', pem.replaceAll('CERTIFICATE', 'NEW CERTIFICATE')],
    ['text around', `Certificate Request:\n${pem}\nend`],
    ['another block in front', encodePem('PRIVATE KEY', Uint8Array.of(1, 2, 3)) + pem],
    ['no armour', base64],
    ['no armour and line breaks', base64.replaceAll(/.{76}/g, '$&\r\n')],
    ['no armour, no padding', base64.replaceAll('=', '')],
    ['no armour and the URL alphabet', Buffer.from(csr.der).toString('base64url')],
    [
      'armour around the URL alphabet',
      `-----BEGIN CERTIFICATE REQUEST-----${Buffer.from(csr.der).toString('base64url')}-----END CERTIFICATE REQUEST-----`,
    ],
  ])('accepts %s', (_, text) => {
    expect(parseCsr(text)).toEqual(csr)
  })

  test.each([
    ['nothing', ''],
    ['a word', 'garbage'],
    ['text that is not base64', 'not a request!'],
    ['base64 of something else', Buffer.from('something else').toString('base64')],
    ['another label', encodePem('CERTIFICATE', csr.der)],
    ['an empty block', '-----BEGIN CERTIFICATE REQUEST-----\n-----END CERTIFICATE REQUEST-----\n'],
    ['different labels in header and footer', pem.replace('END CERTIFICATE', 'END NEW CERTIFICATE')],
    ['DER that is cut short', encodePem('CERTIFICATE REQUEST', csr.der.subarray(0, -1))],
    ['octets after the DER', encodePem('CERTIFICATE REQUEST', Buffer.concat([csr.der, Uint8Array.of(0)]))],
    ['an empty SEQUENCE', encodePem('CERTIFICATE REQUEST', Uint8Array.of(0x30, 0))],
    [
      'an indefinite length',
      encodePem(
        'CERTIFICATE REQUEST',
        Buffer.concat([Uint8Array.of(0x30, 0x80), csr.der.subarray(4), Uint8Array.of(0, 0)]),
      ),
    ],
  ])('refuses %s', (_, text) => {
    expect(() => parseCsr(text)).toThrow(CsrError)
    expect(() => parseCsr(text)).toThrow(
      expect.objectContaining({
        code: 'unparsable',
        message: expect.stringMatching(/^The text is not a .*; send PKCS#10/),
      }),
    )
  })

  test('any text is a request or a CsrError', () => {
    const places = fc.array(fc.tuple(fc.nat(csr.der.length - 1), fc.nat(255)), { maxLength: 4 })
    const changedDer = places.map((changes) => {
      const der = Uint8Array.from(csr.der)
      for (const [place, octet] of changes) der[place] = octet
      return Buffer.from(der).toString('base64')
    })
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), changedDer), (text) => {
        expect(['Csr', 'CsrError']).toContain(outcome(text))
      }),
    )
  })
})

describe('signature', () => {
  const ecCsr = parseCsr(buildCsr(subject, ecKeys.privateKey))

  test('is valid for an EC key', () => {
    expect(ecCsr.publicKey).toEqual({ algorithm: 'EC', bits: 256, curve: 'P-256' })
    expect(ecCsr.signatureValid).toBe(true)
  })

  test.each([
    ['RSA', csr],
    ['ECDSA', ecCsr],
  ])('is invalid when one byte of an %s signature changed', (_, request) => {
    const changed = parseCsr(damaged(request, 1))
    expect(changed).toMatchObject({ publicKey: request.publicKey, signatureValid: false })
  })

  test.each([
    ['without parameters', [], true],
    ['with the defaults spelled out', [explicit(2, integer(20)), explicit(3, integer(1))], true],
    ['with another trailer', [explicit(3, integer(2))], false],
    ['with another salt', [explicit(2, integer(21))], false],
    ['with a hash that nobody knows', [explicit(0, sequence([oid('1.2.3')]))], false],
  ])('is what PSS with SHA-1 makes it %s', (_, parameters, isValid) => {
    const [info = new Uint8Array()] = membersOf(readDer(csr.der)).map(octetsOf)
    const padding = constants.RSA_PKCS1_PSS_PADDING
    const signature = sign('sha1', info, { key: rsaKeys.privateKey, padding, saltLength: 20 })
    const algorithm = sequence([oid(oids.rsaPss), sequence(parameters)])
    const request = sequence([info, algorithm, bitString(signature)])
    expect(parseCsr(encodePem('CERTIFICATE REQUEST', request)).signatureValid).toBe(isValid)
  })

  test('is invalid when the subject changed', () => {
    const der = Buffer.from(csr.der)
    der.write('x', der.indexOf('www.example.com'))
    expect(parseCsr(encodePem('CERTIFICATE REQUEST', der)).signatureValid).toBe(false)
  })

  test('is invalid when it names another hash', () => {
    const ecdsaWithSha256 = Buffer.from('06082a8648ce3d040302', 'hex')
    const ecdsaWithSha384 = Buffer.from('06082a8648ce3d040303', 'hex')
    const der = Buffer.from(ecCsr.der)
    ecdsaWithSha384.copy(der, der.lastIndexOf(ecdsaWithSha256))
    expect(parseCsr(encodePem('CERTIFICATE REQUEST', der)).signatureValid).toBe(false)
  })

  test('is invalid when it names an algorithm for another key type', () => {
    const request = AsnConvert.parse(csr.der, CertificationRequest)
    request.signatureAlgorithm = new AlgorithmIdentifier({ algorithm: oids.ecdsaWithSha256 })
    const der = new Uint8Array(AsnConvert.serialize(request))
    expect(parseCsr(encodePem('CERTIFICATE REQUEST', der)).signatureValid).toBe(false)
  })
})
