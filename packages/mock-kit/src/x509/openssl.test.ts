import { execFileSync, spawnSync } from 'node:child_process'
import { X509Certificate, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createAuthority } from './authority.ts'
import type { LeafRequest } from './authority.ts'
import { fingerprint, parseCertificate } from './certificate.ts'
import { CsrError, parseCsr } from './csr.ts'
import { attributeOids } from './name.ts'
import { encodePem } from './pem.ts'
import { buildCsr } from './request.ts'
import { createSeededKey } from './seeded-key.ts'
import type { IssuerHash } from './signature-algorithm.ts'

const isMissing = spawnSync('openssl', ['version']).error !== undefined
const folder = mkdtempSync(join(tmpdir(), 'x509-'))
afterAll(() => rmSync(folder, { recursive: true }))

beforeEach((context) => {
  context.skip(isMissing && !process.env['CI'], 'openssl is not installed')
})

function openssl(args: readonly string[], input = ''): Buffer {
  return execFileSync('openssl', args, { input, stdio: 'pipe' })
}

function save(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const keyOptions = {
  'RSA-2048': ['-newkey', 'rsa:2048'],
  'RSA-4096': ['-newkey', 'rsa:4096'],
  'P-256': ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  'P-384': ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  'P-521': ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  Ed25519: ['-newkey', 'ed25519'],
} as const

const keyInfos = {
  'RSA-2048': { algorithm: 'RSA', bits: 2048 },
  'RSA-4096': { algorithm: 'RSA', bits: 4096 },
  'P-256': { algorithm: 'EC', bits: 256, curve: 'P-256' },
  'P-384': { algorithm: 'EC', bits: 384, curve: 'P-384' },
  'P-521': { algorithm: 'EC', bits: 521, curve: 'P-521' },
  Ed25519: { algorithm: 'other', bits: 0 },
} as const

function makeCsr(key: keyof typeof keyOptions, options: readonly string[] = []): string {
  const quiet = ['-nodes', '-keyout', join(folder, 'key.pem'), '-subj', '/C=US/CN=www.example.com']
  return openssl(['req', '-new', ...keyOptions[key], ...quiet, ...options]).toString()
}

function makeCertificate(key: keyof typeof keyOptions, options: readonly string[]): Buffer {
  const quiet = ['-nodes', '-keyout', join(folder, 'key.pem'), '-outform', 'DER']
  return openssl(['req', '-x509', ...keyOptions[key], ...quiet, ...options])
}

describe('requests that openssl makes', () => {
  test.each(['RSA-2048', 'P-256', 'P-384', 'P-521'] as const)('one with %s is read and verified', (key) => {
    expect(parseCsr(makeCsr(key))).toMatchObject({ publicKey: keyInfos[key], signatureValid: true })
  })

  test.each([
    ['SHA-1', 'RSA-2048', ['-sha1']],
    ['SHA-224', 'RSA-2048', ['-sha224']],
    ['SHA-384', 'RSA-2048', ['-sha384']],
    ['SHA-512', 'P-256', ['-sha512']],
    ['PSS with the longest salt', 'RSA-2048', ['-sha256', '-sigopt', 'rsa_padding_mode:pss']],
    [
      'PSS with a salt of 20',
      'RSA-2048',
      ['-sha512', '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:20'],
    ],
    ['extensions', 'RSA-2048', ['-addext', 'subjectAltName=DNS:www.example.com']],
  ] as const)('one with %s verifies, and not when it is damaged', (_, key, options) => {
    const csr = parseCsr(makeCsr(key, options))
    expect(csr.signatureValid).toBe(true)
    const der = Buffer.from(csr.der)
    der.writeUInt8(der.readUInt8(der.length - 5) ^ 0x10, der.length - 5)
    expect(parseCsr(encodePem('CERTIFICATE REQUEST', der)).signatureValid).toBe(false)
  })

  const pss = ['-sha256', '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:32'] as const

  test('one whose mask has another hash than its signature parses, its signature unchecked', () => {
    expect(parseCsr(makeCsr('RSA-2048', [...pss, '-sigopt', 'rsa_mgf1_md:sha1']))).toMatchObject({
      publicKey: keyInfos['RSA-2048'],
      signatureValid: false,
    })
  })

  test.each([
    ['names a mask of another hash', 'a11c301a06092a864886f70d010108300d060960864801650304020', '2'],
    ['names a shorter salt', 'a2030201', '1f'],
  ])('one whose algorithm was changed after signing is not validly signed: it %s', (_, before, after) => {
    const der = Buffer.from(parseCsr(makeCsr('RSA-2048', pss)).der).toString('hex')
    const end = der.indexOf(before) + before.length
    const changed = Buffer.from(der.slice(0, end) + after + der.slice(end + after.length), 'hex')
    expect(parseCsr(encodePem('CERTIFICATE REQUEST', changed)).signatureValid).toBe(false)
  })

  test('one with a negative salt length is refused, which Node would take for any length', () => {
    const der = Buffer.from(parseCsr(makeCsr('RSA-2048', pss)).der)
    der.writeInt8(-2, der.indexOf('a203020120', 0, 'hex') + 4)
    expect(() => parseCsr(encodePem('CERTIFICATE REQUEST', der))).toThrow(CsrError)
  })

  test('one with a key that is not supported parses, its signature unchecked', () => {
    expect(parseCsr(makeCsr('Ed25519'))).toMatchObject({ publicKey: keyInfos.Ed25519, signatureValid: false })
  })
})

describe('certificates that openssl makes', () => {
  const subject = '/C=FR/O=Société \\/ 北京/CN=www.example.com+UID=u1/emailAddress=a@example.com'

  test.each(['RSA-2048', 'P-256', 'P-384', 'P-521'] as const)(
    'one with %s is read as Node and openssl read it',
    (key) => {
      const der = makeCertificate(key, ['-utf8', '-multivalue-rdn', '-subj', subject, '-days', '20000', '-sha384'])
      const info = parseCertificate(der)
      const node = new X509Certificate(der)
      expect(info.publicKey).toEqual(keyInfos[key])
      expect(info.signatureAlgorithm).toMatchObject({ key: key.startsWith('RSA') ? 'RSA' : 'ECDSA', hash: 'sha384' })
      expect(info.serialNumber).toBe(BigInt(`0x${node.serialNumber}`).toString(16))
      expect([info.notBefore, info.notAfter]).toEqual([node.validFromDate, node.validToDate])
      expect(Buffer.from(info.spki)).toEqual(node.publicKey.export({ type: 'spki', format: 'der' }))
      expect(info.subject).toEqual(info.issuer)
      const printed = openssl(['x509', '-noout', '-fingerprint', '-sha256'], encodePem('CERTIFICATE', der)).toString()
      expect(printed.replaceAll(':', '').toLowerCase()).toContain(fingerprint(der, 'sha256'))
    },
  )

  test('a name keeps UTF-8, several attributes in one part, and e-mail', () => {
    const { subject: name } = parseCertificate(makeCertificate('P-256', ['-utf8', '-multivalue-rdn', '-subj', subject]))
    expect(name).toEqual([
      [{ oid: attributeOids.C, value: 'FR' }],
      [{ oid: attributeOids.O, value: 'Société / 北京' }],
      [
        { oid: attributeOids.UID, value: 'u1' },
        { oid: attributeOids.CN, value: 'www.example.com' },
      ],
      [{ oid: attributeOids.E, value: 'a@example.com' }],
    ])
  })

  test('only the DNS names of the subject alternative name are given', () => {
    const names =
      'subjectAltName=DNS:B.example.com,IP:::1,email:a@example.com,URI:https://example.com,DNS:*.a.example.com'
    const info = parseCertificate(makeCertificate('P-256', ['-subj', '/CN=x', '-addext', names]))
    expect(info.dnsNames).toEqual(['B.example.com', '*.a.example.com'])
  })

  test('one without subject alternative name has no DNS names', () => {
    expect(parseCertificate(makeCertificate('P-256', ['-subj', '/CN=x'])).dnsNames).toEqual([])
  })

  test.each([
    ['0', '0'],
    ['0x0abc', 'abc'],
    ['0xff', 'ff'],
    ['-5', '-5'],
  ])('the serial number %s reads %s', (serial, hex) => {
    expect(parseCertificate(makeCertificate('P-256', ['-subj', '/CN=x', '-set_serial', serial])).serialNumber).toBe(hex)
  })

  test.each([
    ['SHA-1', 'RSA-2048', ['-sha1'], { key: 'RSA', hash: 'sha1' }],
    ['PSS', 'RSA-2048', ['-sha512', '-sigopt', 'rsa_padding_mode:pss'], { key: 'RSA-PSS', hash: 'sha512' }],
    ['Ed25519', 'Ed25519', [], { key: 'other' }],
    ['a hash without a name here', 'RSA-2048', ['-sha224'], { key: 'RSA' }],
  ] as const)('the signature algorithm of one signed with %s is told', (_, key, options, expected) => {
    const { signatureAlgorithm } = parseCertificate(makeCertificate(key, ['-subj', '/CN=x', ...options]))
    expect(signatureAlgorithm).toEqual({ oid: expect.any(String), ...expected })
  })
})

describe('what openssl says of a key from a seed', () => {
  test('it is consistent', () => {
    const file = save('seeded.pem', createSeededKey('one').export({ type: 'pkcs8', format: 'pem' }).toString())
    expect(openssl(['rsa', '-check', '-noout', '-in', file]).toString()).toBe('RSA key ok\n')
  })

  test('it verifies what the key signs, and signs what the key verifies', () => {
    const key = createSeededKey('one')
    const publicKey = createPublicKey(key)
    const privateFile = save('seeded.pem', key.export({ type: 'pkcs8', format: 'pem' }).toString())
    const publicFile = save('public.pem', publicKey.export({ type: 'spki', format: 'pem' }).toString())
    const signatureFile = join(folder, 'signature.bin')
    writeFileSync(signatureFile, sign('sha256', Buffer.from('data'), key))
    const verifying = ['dgst', '-sha256', '-verify', publicFile, '-signature', signatureFile]
    expect(openssl(verifying, 'data').toString()).toBe('Verified OK\n')
    const signature = openssl(['dgst', '-sha256', '-sign', privateFile], 'data')
    expect(verify('sha256', Buffer.from('data'), publicKey, signature)).toBe(true)
  })
})

describe('what openssl says of issued certificates', () => {
  const organization = 'Offline Mock'
  const authority = createAuthority({
    main: {
      root: { commonName: 'Example Test Root', organization },
      intermediate: { commonName: 'Example Test CA', organization },
    },
  })

  function issue(
    spki: Uint8Array,
    changes: Partial<LeafRequest> = {},
  ): { readonly leaf: string; readonly verdict: string } {
    const request: LeafRequest = {
      commonName: 'www.example.com',
      organization: 'Société Exemple',
      dnsNames: ['www.example.com', '*.a.example.com'],
      ipAddresses: ['192.0.2.1', '2001:db8::1'],
      spki,
      serialNumber: Uint8Array.of(0xff, 1, 2, 3),
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2055-01-01T00:00:00Z'),
      hash: 'sha256',
      ...changes,
    }
    const [leaf, intermediate, root] = authority.issue('main', request)
    const anchors = ['-CAfile', save('root.pem', root.pem), '-untrusted', save('intermediate.pem', intermediate.pem)]
    const file = save('leaf.pem', leaf.pem)
    // 2027-01-15, so that the verdict does not depend on the day.
    const verdict = openssl(['verify', '-x509_strict', '-attime', '1800000000', ...anchors, file]).toString()
    return { leaf: file, verdict: verdict.replace(`${file}: `, '').trim() }
  }

  const hashes: readonly IssuerHash[] = ['sha256', 'sha384', 'sha512']

  test.each(['RSA-2048', 'RSA-4096', 'P-256', 'P-384'] as const)(
    'a leaf with the %s key of the request verifies with every hash, and the hash is named',
    { timeout: 60_000 },
    (key) => {
      const { spki } = parseCsr(makeCsr(key))
      for (const hash of hashes) {
        const { leaf, verdict } = issue(spki, { hash })
        expect(verdict).toBe('OK')
        expect(openssl(['x509', '-in', leaf, '-noout', '-text']).toString()).toContain(
          `Signature Algorithm: ${hash}WithRSAEncryption`,
        )
        expect(openssl(['x509', '-in', leaf, '-noout', '-pubkey']).toString()).toBe(encodePem('PUBLIC KEY', spki))
      }
    },
  )

  test('a leaf is fit for servers, one for code signing is not', () => {
    const { spki } = parseCsr(makeCsr('P-256'))
    const purposes = (purpose: 'tls' | 'codeSigning'): string =>
      openssl(['x509', '-in', issue(spki, { purpose }).leaf, '-noout', '-purpose']).toString()
    expect(purposes('tls')).toMatch(/SSL server : Yes/)
    expect(purposes('codeSigning')).toMatch(/SSL server : No/)
  })

  test('the host names of a leaf are those that were asked for', () => {
    const { leaf } = issue(parseCsr(makeCsr('P-256')).spki)
    const isFor = (host: string): string => openssl(['x509', '-in', leaf, '-noout', '-checkhost', host]).toString()
    expect(isFor('b.a.example.com')).toContain('does match')
    expect(isFor('b.example.com')).toContain('does NOT match')
  })
})

test.each([
  ['without names', []],
  ['with names', ['www.example.com', 'a.example.com']],
])('openssl verifies a built request %s', (_, dnsNames) => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = buildCsr([[{ oid: attributeOids.CN, value: 'www.example.com' }]], privateKey, dnsNames)
  const text = openssl(['req', '-verify', '-noout', '-text'], pem).toString()
  expect(text).toContain('Signature Algorithm: sha256WithRSAEncryption')
  for (const name of dnsNames) expect(text).toContain(`DNS:${name}`)
})

test('a request for a key whose curve is spelled out counts as one on another curve', () => {
  const key = save(
    'explicit.pem',
    openssl(['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-param_enc', 'explicit']).toString(),
  )
  const csr = parseCsr(openssl(['req', '-new', '-key', key, '-subj', '/CN=any']).toString())
  expect(csr.publicKey).toEqual({ algorithm: 'EC', bits: 256, curve: 'other' })
})
