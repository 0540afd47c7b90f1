import { execFileSync } from 'node:child_process'
import { X509Certificate, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { createAuthority } from './authority.ts'
import type { LeafRequest } from './authority.ts'
import { parseCertificate } from './certificate.ts'
import { attributeOids } from './name.ts'
import { encodePem } from './pem.ts'

const organization = 'Offline Mock'

const profiles = {
  standard: {
    root: { commonName: 'Example Test Root', organization },
    intermediate: { commonName: 'Example Test CA', organization },
  },
  extended: {
    root: { commonName: 'Example Test EV Root', organization },
    intermediate: { commonName: 'Example Test EV CA', organization },
  },
}

function setup(seed?: string) {
  const authority = createAuthority(profiles, { seed })
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const request: LeafRequest = {
    commonName: 'www.example.com',
    dnsNames: ['www.example.com', 'a.example.com'],
    spki: publicKey.export({ type: 'spki', format: 'der' }),
    serialNumber: Uint8Array.of(0xab, 0xcd),
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2027-01-01T00:00:00Z'),
    hash: 'sha384',
  }
  return { authority, request }
}

test('a leaf is signed by the intermediate and the intermediate by the root', () => {
  const { authority, request } = setup()
  const [leaf, intermediate, root] = authority.issue('standard', request).map(({ der }) => new X509Certificate(der))
  expect(leaf?.checkIssued(intermediate!)).toBe(true)
  expect(leaf?.verify(intermediate!.publicKey)).toBe(true)
  expect(intermediate?.checkIssued(root!)).toBe(true)
  expect(intermediate?.verify(root!.publicKey)).toBe(true)
  expect(root?.verify(root.publicKey)).toBe(true)
})

test('a leaf says what was asked for', () => {
  const { authority, request } = setup()
  const [{ der }] = authority.issue('standard', { ...request, organization: 'Example Org' })
  expect(parseCertificate(der)).toMatchObject({
    subject: [[{ oid: attributeOids.O, value: 'Example Org' }], [{ oid: attributeOids.CN, value: 'www.example.com' }]],
    serialNumber: 'abcd',
    notBefore: request.notBefore,
    notAfter: request.notAfter,
    signatureAlgorithm: { key: 'RSA', hash: 'sha384' },
    spki: new Uint8Array(request.spki),
    dnsNames: request.dnsNames,
  })
})

test('the subject of a leaf without organization is the common name alone', () => {
  const { authority, request } = setup()
  const [{ der }] = authority.issue('standard', request)
  expect(parseCertificate(der).subject).toEqual([[{ oid: attributeOids.CN, value: 'www.example.com' }]])
})

test('a leaf for code signing has that purpose alone', () => {
  const { authority, request } = setup()
  const [{ der }] = authority.issue('standard', { ...request, dnsNames: [], purpose: 'codeSigning' })
  expect(new X509Certificate(der).keyUsage).toEqual(['1.3.6.1.5.5.7.3.3'])
})

test('an issued certificate comes with its common name and its PEM', () => {
  const { authority, request } = setup()
  const issued = authority.issue('standard', request)
  expect(issued.map(({ commonName }) => commonName)).toEqual([
    'www.example.com',
    'Example Test CA',
    'Example Test Root',
  ])
  expect(issued.map(({ pem }) => pem)).toEqual(issued.map(({ der }) => encodePem('CERTIFICATE', der)))
})

test('a chain stays the same from its first use on', () => {
  const { authority, request } = setup()
  const [intermediate, root] = authority.chain('standard')
  expect(authority.issue('standard', request).slice(1)).toEqual([intermediate, root])
  expect(authority.chain('standard')).toEqual([intermediate, root])
})

test('the authorities are valid from 2000 to 2099, signed with SHA-256, and no two serial numbers are alike', () => {
  const { authority } = setup()
  const certificates = [...authority.chain('extended'), ...authority.chain('standard')].map(({ der }) =>
    parseCertificate(der),
  )
  for (const { notBefore, notAfter, signatureAlgorithm, publicKey } of certificates) {
    expect(notBefore).toEqual(new Date('2000-01-01T00:00:00Z'))
    expect(notAfter).toEqual(new Date('2099-12-31T23:59:59Z'))
    expect(signatureAlgorithm).toEqual({ oid: '1.2.840.113549.1.1.11', key: 'RSA', hash: 'sha256' })
    expect(publicKey).toEqual({ algorithm: 'RSA', bits: 2048 })
  }
  expect(certificates.map(({ serialNumber }) => serialNumber)).toEqual(['4', '3', '2', '1'])
})

test('below the root there is one authority, below the intermediate none', () => {
  const [intermediate, root] = setup().authority.chain('standard')
  const pathLength = (length: number): Buffer => Buffer.from([0x30, 6, 1, 1, 0xff, 2, 1, length])
  expect(Buffer.from(root.der).includes(pathLength(1))).toBe(true)
  expect(Buffer.from(intermediate.der).includes(pathLength(0))).toBe(true)
})

test('chains and authorities share no keys', () => {
  const certificates = [setup().authority, setup().authority].flatMap((authority) => [
    ...authority.chain('standard'),
    ...authority.chain('extended'),
  ])
  const keys = certificates.map(({ der }) => Buffer.from(parseCertificate(der).spki).toString('hex'))
  expect(new Set(keys).size).toBe(8)
})

test('a seed gives the same certificates again, also for a leaf, and other ones than another seed', () => {
  const { request } = setup()
  const issue = (seed: string): string[] =>
    setup(seed)
      .authority.issue('standard', request)
      .map(({ pem }) => pem)
  expect(issue('one')).toEqual(issue('one'))
  expect(issue('one').filter((pem) => issue('two').includes(pem))).toEqual([])
})

test(
  'a seed gives the same certificates in another process, whichever chain is used first',
  { timeout: 20_000 },
  () => {
    const program = `
    const { createAuthority } = await import(${JSON.stringify(`${import.meta.dirname}/authority.ts`)})
    const authority = createAuthority(${JSON.stringify(profiles)}, { seed: 'one' })
    const pems = ['extended', 'standard'].flatMap((chain) => authority.chain(chain).map(({ pem }) => pem))
    process.stdout.write(pems.join(''))
  `
    const { authority } = setup('one')
    const standard = authority.chain('standard')
    const pems = [...authority.chain('extended'), ...standard].map(({ pem }) => pem)
    expect(execFileSync(process.execPath, ['--input-type=module', '--eval', program]).toString()).toBe(pems.join(''))
  },
)

test('the certificates of one seed share no keys, and its chains hold', () => {
  const { authority } = setup('one')
  const [intermediate, root] = authority.chain('standard').map(({ der }) => new X509Certificate(der))
  expect(intermediate!.verify(root!.publicKey)).toBe(true)
  expect(root!.verify(root!.publicKey)).toBe(true)
  const keys = [...authority.chain('standard'), ...authority.chain('extended')].map(({ der }) =>
    Buffer.from(parseCertificate(der).spki).toString('hex'),
  )
  expect(new Set(keys).size).toBe(4)
})
