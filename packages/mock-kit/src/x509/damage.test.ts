import { X509Certificate, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildCertificate } from './build.ts'
import type { CertificateInfo } from './certificate.ts'
import { CertificateError, parseCertificate } from './certificate.ts'
import { CsrError, parseCsr } from './csr.ts'
import type { Csr } from './csr.ts'
import { DerError, membersOf, octetsOf, readDer } from './der-reader.ts'
import { attributeOids } from './name.ts'
import type { DistinguishedName } from './name.ts'
import { buildCsr } from './request.ts'
import { damagedFrom } from './test-damage.ts'

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const subject = [
  [{ oid: attributeOids.C, value: 'FR' }],
  [
    { oid: attributeOids.O, value: 'Société' },
    { oid: attributeOids.OU, value: 'x' },
  ],
  [{ oid: attributeOids.CN, value: 'www.example.com' }],
]
const csr = parseCsr(buildCsr(subject, privateKey, ['a.example.com'])).der
const certificate = buildCertificate(
  {
    serialNumber: Uint8Array.of(0xab, 0xcd),
    subject,
    issuer: subject,
    notBefore: new Date('2026-01-02T03:04:05Z'),
    notAfter: new Date('2061-01-02T03:04:05Z'),
    spki: publicKey.export({ type: 'spki', format: 'der' }),
    hash: 'sha256',
    extensions: { kind: 'leaf', dnsNames: ['a.example.com', 'b.example.com'], ipAddresses: ['192.0.2.1'] },
  },
  privateKey,
)

type Outcome<T> = { readonly value: T } | { readonly error: unknown }

function outcomeOf<T>(read: () => T): Outcome<T> {
  try {
    return { value: read() }
  } catch (error) {
    return { error }
  }
}

/** What is read, or undefined; any error but the one given, or one that has another cause than the octets, is thrown on. */
function readOrRefuse<T>(read: () => T, Refusal: new (...args: never[]) => Error): T | undefined {
  const outcome = outcomeOf(read)
  if ('value' in outcome) return outcome.value
  if (outcome.error instanceof Refusal && outcome.error.cause instanceof DerError) return undefined
  throw outcome.error
}

/** The members that Node reads too, as Node has them. */
function asNodeReads(node: X509Certificate): Partial<CertificateInfo> {
  const { serialNumber, validFromDate: notBefore, validToDate: notAfter, subjectAltName } = node
  const sign = serialNumber.startsWith('-') ? '-' : ''
  const hex = BigInt(`0x${serialNumber.slice(sign.length)}`).toString(16)
  const printed = [...(subjectAltName ?? '').matchAll(/(?:^|, )DNS:("(?:[^"\\]|\\.)*"|[^,]*)/g)]
  // Names with unusual octets are in quotes, as in JSON.
  const dnsNames = printed.map(([, name = '']) => (name.startsWith('"') ? String(JSON.parse(name)) : name))
  return { serialNumber: `${sign}${hex}`, notBefore, notAfter, dnsNames }
}

/** Whether the values of a name are those that Node prints; only of plain ones can that be told. */
function isSameName(name: DistinguishedName, printed: string | undefined): boolean {
  const values = name.flat().map(({ value }) => value)
  const isPlain = values.every((value) => /^[\p{L}\p{N}.]+$/u.test(value))
  // Of a name without values Node says nothing.
  const node = printed?.split(/\n| \+ /).map((attribute) => attribute.slice(attribute.indexOf('=') + 1)) ?? []
  return !isPlain || isDeepStrictEqual(values, node)
}

/** Whether the key is Node's, where Node can read it. */
function isSameKey({ spki, publicKey: { bits } }: CertificateInfo, node: X509Certificate): boolean {
  const key = outcomeOf(() => node.publicKey)
  if ('error' in key) return bits === 0
  return key.value.equals(createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }))
}

/** The part that is signed; a request is a sequence of it, the algorithm and the signature. */
function signedPartOf({ der }: Pick<Csr, 'der'>): Buffer {
  return Buffer.from(octetsOf(membersOf(readDer(der))[0]!))
}

describe('a damaged certificate', () => {
  test('is refused, or read as Node reads it', () => {
    fc.assert(
      fc.property(damagedFrom(certificate), (der) => {
        const info = readOrRefuse(() => parseCertificate(der), CertificateError)
        const node = outcomeOf(() => new X509Certificate(der))
        // Node takes no name that has a value of an unusual type, and prints no alternative names if it cannot print one.
        fc.pre(info !== undefined && 'value' in node)
        fc.pre(node.value.subjectAltName !== undefined || info.dnsNames.length === 0)
        expect(info).toMatchObject(asNodeReads(node.value))
        expect(isSameKey(info, node.value)).toBe(true)
        expect(isSameName(info.subject, node.value.subject)).toBe(true)
      }),
      { numRuns: 1_000, maxSkipsPerRun: 20 },
    )
  })
})

describe('a damaged request', () => {
  test('is refused, or not validly signed unless the damage is elsewhere', () => {
    fc.assert(
      fc.property(damagedFrom(csr), (der) => {
        const read = readOrRefuse(() => parseCsr(der.toString('base64')), CsrError)
        const isSame = read !== undefined && signedPartOf(read).equals(signedPartOf({ der: csr }))
        expect(read?.signatureValid !== true || isSame).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})
