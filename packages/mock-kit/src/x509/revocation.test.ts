import { execFileSync, spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { type Authority, createAuthority } from './authority.ts'
import type { RevokedCertificate } from './crl.ts'
import { membersOf, readDer } from './der-reader.ts'
import type { CertificateStatus } from './ocsp-response.ts'
import { encodePem } from './pem.ts'

const isMissing = spawnSync('openssl', ['version']).error !== undefined
const folder = mkdtempSync(join(tmpdir(), 'revocation-'))
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach((context) => context.skip(isMissing && !process.env['CI'], 'openssl is not installed'))

const organization = 'Offline Mock'
const profiles = {
  one: { root: { commonName: 'Root One', organization }, intermediate: { commonName: 'CA One', organization } },
  two: { root: { commonName: 'Root Two', organization }, intermediate: { commonName: 'CA Two', organization } },
}
type Chain = keyof typeof profiles

const period = { thisUpdate: new Date('2026-03-01T10:00:00Z'), nextUpdate: new Date('2026-03-08T10:00:00Z') }
const attime = ['-attime', String(period.thisUpdate.getTime() / 1000 + 60)]
const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const authority = createAuthority(profiles, { seed: 'revocation' })
const serials = { leaf: 'ab01', other: '7f02' }
const revokedAt = new Date('2026-02-28T23:59:59Z')
const revokedLeaf: RevokedCertificate = {
  serialNumber: Buffer.from(serials.leaf, 'hex'),
  revokedAt,
  reason: 'keyCompromise',
}

function save(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

function issue(chain: Chain, serialNumber: string, name: string): void {
  const [leaf, intermediate, root] = authority.issue(chain, {
    commonName: 'www.example.com',
    dnsNames: ['www.example.com'],
    spki: publicKey.export({ type: 'spki', format: 'der' }),
    serialNumber: Buffer.from(serialNumber, 'hex'),
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2027-01-01T00:00:00Z'),
    hash: 'sha256',
    status: { crl: 'http://crl.example/a.crl', ocsp: 'http://ocsp.example/a' },
  })
  save(`${name}.pem`, leaf.pem)
  save(`${chain}-ca.pem`, intermediate.pem)
  save(`${chain}-root.pem`, root.pem)
}

issue('one', serials.leaf, 'leaf')
issue('one', serials.other, 'other')
issue('two', serials.leaf, 'foreign')

/** What openssl says, on either stream, whatever its exit status. */
function openssl(...args: readonly string[]): string {
  const { stdout, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
  return stdout + stderr
}

describe('a certificate', () => {
  test('says where it is told whether it was revoked', () => {
    const text = openssl('x509', '-in', 'leaf.pem', '-noout', '-ext', 'crlDistributionPoints,authorityInfoAccess')
    expect(text).toMatch(/Full Name:\s+URI:http:\/\/crl\.example\/a\.crl\n/)
    expect(text).toMatch(/OCSP - URI:http:\/\/ocsp\.example\/a\n/)
  })
})

describe('a list of revocations', () => {
  const list = (revoked: readonly RevokedCertificate[], chain: Chain = 'one', number = 258): Uint8Array =>
    authority.revocationList(chain, { ...period, number: Uint8Array.of(number >> 8, number), revoked })

  function printed(revoked: readonly RevokedCertificate[]): string {
    save('list.crl', list(revoked))
    return openssl('crl', '-inform', 'DER', '-in', 'list.crl', '-noout', '-text', '-CAfile', 'one-ca.pem')
  }

  test('reads to openssl as it was written', () => {
    const text = printed([revokedLeaf])
    expect(text).toContain('verify OK')
    expect(text).toContain('Version 2 (0x1)')
    expect(text).toContain('Last Update: Mar  1 10:00:00 2026 GMT')
    expect(text).toContain('Next Update: Mar  8 10:00:00 2026 GMT')
    expect(text).toMatch(/CRL Number:\s+0?x?(258|0102|102)/i)
    expect(text).toMatch(/Serial Number: AB01\s+Revocation Date: Feb 28 23:59:59 2026 GMT/)
    expect(text).toMatch(/CRL Reason Code:\s+Key Compromise/)
    expect(text).toContain('X509v3 Authority Key Identifier')
  })

  test('names no reason where none was given', () => {
    expect(printed([{ ...revokedLeaf, reason: 'unspecified' }])).not.toContain('Reason')
  })

  test.each([
    ['affiliationChanged', 'Affiliation Changed'],
    ['superseded', 'Superseded'],
    ['cessationOfOperation', 'Cessation Of Operation'],
  ] as const)('names the reason %s', (reason, words) => {
    expect(printed([{ ...revokedLeaf, reason }])).toContain(words)
  })

  test('of nothing is a list too', () => {
    expect(printed([])).toContain('No Revoked Certificates')
    // openssl reads an empty sequence too, which RFC 5280 forbids.
    const membersOfSigned = (bytes: Uint8Array): number => membersOf(membersOf(readDer(bytes))[0]!).length
    expect(membersOfSigned(list([]))).toBe(membersOfSigned(list([revokedLeaf])) - 1)
  })

  test.each([
    ['leaf', 'one', 'certificate revoked'],
    ['other', 'one', 'other.pem: OK'],
    ['foreign', 'two', 'foreign.pem: OK'],
  ] as const)('lets openssl say of %s: %s %s', (name, chain, verdict) => {
    save('list.pem', encodePem('X509 CRL', list(chain === 'one' ? [revokedLeaf] : [], chain)))
    const files = ['-CAfile', `${chain}-root.pem`, '-untrusted', `${chain}-ca.pem`, '-CRLfile', 'list.pem']
    expect(openssl('verify', ...files, '-crl_check', ...attime, `${name}.pem`)).toContain(verdict)
  })

  test('is the same bytes each time', () => {
    expect(Buffer.from(list([revokedLeaf])).equals(list([revokedLeaf]))).toBe(true)
  })
})

describe('an answer of OCSP', () => {
  const known: Readonly<Record<string, CertificateStatus>> = {
    [serials.leaf]: { revokedAt, reason: 'keyCompromise' },
    [serials.other]: 'good',
  }
  const statusOf = (chain: Chain, serial: string): CertificateStatus =>
    chain === 'one' ? (known[serial] ?? 'unknown') : 'unknown'
  const answer = (request: Uint8Array, by: Authority<Chain> = authority): Uint8Array =>
    by.answerOcsp(request, period, statusOf)

  /** Lets openssl ask, and keeps its request and our answer. */
  function exchange(question: readonly string[], by?: Authority<Chain>): Uint8Array {
    execFileSync('openssl', ['ocsp', ...question, '-reqout', 'request.der'], { cwd: folder, stdio: 'pipe' })
    const response = answer(readFileSync(join(folder, 'request.der')), by)
    save('response.der', response)
    return response
  }
  /** Of the times of an answer openssl judges by the clock of the machine, so it gets some decades of tolerance. */
  const leeway = ['-validity_period', '1000000000']
  const trust = ['-CAfile', 'one-root.pem', '-verify_other', 'one-ca.pem', ...attime, ...leeway]

  /** Lets openssl ask, and judge the answer; the nonce, which it would draw anew, does not matter. */
  function ask(...question: readonly string[]): string {
    exchange(question)
    return openssl('ocsp', ...question, '-no_nonce', '-respin', 'response.der', ...trust, '-resp_text')
  }
  const about = (name: string): string[] => ['-issuer', 'one-ca.pem', '-cert', `${name}.pem`]

  test('says good of a certificate that is not revoked', () => {
    const text = ask(...about('other'))
    expect(text).toContain('Response verify OK')
    expect(text).toContain('other.pem: good')
    expect(text).toContain('Produced At: Mar  1 10:00:00 2026 GMT')
  })

  test('says when and why a certificate was revoked', () => {
    const text = ask(...about('leaf'))
    expect(text).toContain('Response verify OK')
    expect(text).toContain('leaf.pem: revoked')
    expect(text).toContain('Reason: keyCompromise')
    expect(text).toContain('Revocation Time: Feb 28 23:59:59 2026 GMT')
  })

  test('gives no reason where none was given', () => {
    const question = about('leaf')
    exchange(question)
    const request = readFileSync(join(folder, 'request.der'))
    save(
      'response.der',
      authority.answerOcsp(request, period, () => ({ revokedAt, reason: 'unspecified' })),
    )
    const text = openssl('ocsp', ...question, '-no_nonce', '-respin', 'response.der', ...trust)
    expect(text).toContain('leaf.pem: revoked')
    expect(text).not.toContain('Reason')
  })

  test.each(['-sha1', '-sha256', '-sha384', '-sha512'])('finds the issuer by hashes of %s', (hash) => {
    const text = ask(hash, ...about('leaf'))
    expect(text).toContain('Response verify OK')
    expect(text).toContain('leaf.pem: revoked')
  })

  test('speaks of several certificates at once', () => {
    const text = ask(...about('leaf'), '-cert', 'other.pem', '-serial', '0x77')
    expect(text).toContain('leaf.pem: revoked')
    expect(text).toContain('other.pem: good')
    expect(text).toContain('0x77: unknown')
  })

  test('does not speak for another issuer', () => {
    const text = ask(...about('other'), '-issuer', 'two-ca.pem', '-cert', 'foreign.pem')
    expect(text).toContain('other.pem: good')
    expect(text).toContain('foreign.pem: unknown')
  })

  test('comes from a responder that may do that and nothing else, and is not to be checked itself', () => {
    const text = ask(...about('other'))
    expect(text).toContain('OCSP Signing')
    expect(text).toContain('OCSP No Check')
    expect(text).toContain('Subject: O=Offline Mock, CN=CA One OCSP')
  })

  test('repeats the nonce, and has none where there was none', () => {
    const judge = ['-reqin', 'request.der', '-respin', 'response.der', ...trust]
    exchange(about('other'))
    expect(openssl('ocsp', ...judge)).toBe('Response verify OK\n')
    exchange(['-no_nonce', ...about('other')])
    expect(openssl('ocsp', ...judge, '-resp_text')).not.toContain('OCSP Nonce')
  })

  test('is a refusal for what nobody here has issued', () => {
    exchange(about('other'), createAuthority(profiles, { seed: 'stranger' }))
    expect(openssl('ocsp', '-respin', 'response.der')).toContain('unauthorized (6)')
  })

  test.each([
    ['nothing', ''],
    ['garbage', 'ffff'],
    ['a sequence of nothing', '3000'],
    ['a list of nothing', '300430023000'],
    ['a certificate', Buffer.from(authority.chain('one')[0].der).toString('hex')],
  ])('is a complaint about %s', (_, hex) => {
    const response = answer(Buffer.from(hex, 'hex'))
    save('response.der', response)
    expect(openssl('ocsp', '-respin', 'response.der')).toContain('malformedrequest (1)')
    expect(membersOf(readDer(response))).toHaveLength(1)
  })

  test('is the same bytes for the same request, also from another authority of the same seed', () => {
    const response = exchange(about('leaf'))
    const again = createAuthority(profiles, { seed: 'revocation' })
    expect(Buffer.from(answer(readFileSync(join(folder, 'request.der')), again)).equals(response)).toBe(true)
  })
})
