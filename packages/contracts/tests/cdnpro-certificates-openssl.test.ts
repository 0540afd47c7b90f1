import { createPublicKey, generateKeyPairSync, type KeyObject, randomInt } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CdnProClient, createCdnProClient } from '@certtwin/core'
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createManualClock } from '@certtwin/mock-kit'
import { attributeOids, buildCertificate, type DistinguishedName, encodePem } from '@certtwin/mock-kit/x509'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Reading, readCertificate, readRequest } from './openssl-reading.ts'
import { cannotRun, temporaryFolder } from './programs.ts'

// Random certificates go to the twin with encrypted keys, and what the version query says about them is what openssl says.

const count = 500
/** Any run can be repeated by its number, which stands in the names of the tests; the keys are others each time. */
const seed = Number(process.env['CERTIFICATES_SEED'] ?? randomInt(2 ** 31))
const reason = cannotRun('openssl')
const note = reason === undefined ? '' : ` (skipped: ${reason})`

/** Fingerprints are SHA-1 at the first time and SHA-256 at the second, both in the generation of today. */
const clockStarts = { sha1: '2025-11-25T12:00:00Z', sha256: '2025-11-27T12:00:00Z' } as const
const [notBefore, notAfter] = [Date.parse('2024-01-01T00:00:00Z'), Date.parse('2049-12-31T23:59:59Z')]

const makers = {
  'RSA 2048': () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  'RSA 3072': () => generateKeyPairSync('rsa', { modulusLength: 3072 }),
  'RSA 4096': () => generateKeyPairSync('rsa', { modulusLength: 4096 }),
  'P-256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'P-384': () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
} as const
type KeyName = keyof typeof makers
const keyNames = Object.keys(makers) as KeyName[]

const value = fc.oneof(
  fc.constantFrom(
    'Example, Inc.',
    'R&D + "Lab"',
    'münze 中文 😀',
    '#1',
    ' a ',
    '   ',
    'a=b;c<d>e\\f',
    'lab@example.net',
    '',
  ),
  fc.string({ unit: fc.constantFrom(...Array.from('aZ9 ,+"\\<>;=#@\'-éß中')), maxLength: 12 }),
)
const oid = fc.oneof(fc.constantFrom(...Object.values(attributeOids)), fc.constantFrom('2.5.4.13', '1.2.3.4.5'))
const relativeName = fc.array(fc.record({ oid, value }), { minLength: 1, maxLength: 3 })
const name = fc.array(relativeName, { minLength: 1, maxLength: 6 })
const dnsName = fc
  .tuple(fc.constantFrom('', '*.', 'www.', 'A.b.'), fc.stringMatching(/^[a-z][a-z0-9-]{0,20}[a-z0-9]$/))
  .map(([prefix, label]) => `${prefix}${label}.example.com`)
const specimen = fc.record({
  key: fc.constantFrom(...keyNames),
  subject: name,
  /** None: the certificate is signed by itself. */
  issuer: fc.option(fc.record({ key: fc.constantFrom(...keyNames), name }), { nil: undefined }),
  hash: fc.constantFrom('sha256', 'sha384', 'sha512'),
  dnsNames: fc.oneof(
    fc.constant([]),
    fc.array(dnsName, { maxLength: 5 }),
    fc.array(dnsName, { minLength: 90, maxLength: 100 }),
  ),
  ipAddresses: fc.constantFrom([], ['192.0.2.1', '2001:db8::1']),
  serialNumber: fc.uint8Array({ minLength: 1, maxLength: 20 }),
  expiresAtMs: fc.integer({ min: notBefore / 1000, max: notAfter / 1000 }).map((seconds) => seconds * 1000),
  /** Indices of certificates of authorities: any of them in any order, some after the leaf and the rest by themselves. */
  chain: fc.array(fc.nat(4), { maxLength: 6 }),
  attached: fc.nat(6),
  privateKeyType: fc.constantFrom('pkcs8', 'traditional'),
})
type Specimen = typeof specimen extends fc.Arbitrary<infer Value> ? Value : never

interface World {
  readonly folder: string
  readonly keys: Readonly<Record<KeyName, KeyObject>>
  /** The authorities as PEM. */
  readonly authorities: readonly string[]
}

function setup(): World {
  const keys = Object.fromEntries(keyNames.map((each) => [each, makers[each]().privateKey])) as World['keys']
  const authorities = ['Root, Inc.', 'Issuing +1', 'Zwischenstelle ä', '#4', 'last'].map((common, index) =>
    build(keys, {
      subject: [[{ oid: attributeOids.O, value: 'Test' }], [{ oid: attributeOids.CN, value: common }]],
      key: keyNames[index]!,
      expiresAtMs: Date.parse('2040-01-01T00:00:00Z') + index * 86_400_000,
    }),
  )
  return { folder: temporaryFolder(), keys, authorities }
}

function build(
  keys: World['keys'],
  parts: Pick<Specimen, 'subject' | 'key' | 'expiresAtMs'> & Partial<Specimen>,
): string {
  const {
    subject,
    key,
    issuer,
    hash = 'sha256',
    dnsNames = [],
    ipAddresses = [],
    serialNumber = Uint8Array.of(7),
  } = parts
  const template = {
    serialNumber,
    subject: subject as DistinguishedName,
    issuer: issuer?.name ?? subject,
    notBefore: new Date(notBefore),
    notAfter: new Date(parts.expiresAtMs),
    spki: createPublicKey(keys[key]).export({ type: 'spki', format: 'der' }),
    hash,
    extensions: { kind: 'leaf', dnsNames, ipAddresses },
  } as const
  return encodePem('CERTIFICATE', buildCertificate(template, keys[issuer?.key ?? key]))
}

function exportKey(key: KeyObject, type: Specimen['privateKeyType']): string {
  const traditional = key.asymmetricKeyType === 'rsa' ? 'pkcs1' : 'sec1'
  return key.export({ format: 'pem', type: type === 'pkcs8' ? 'pkcs8' : traditional }).toString()
}

/** A client of a twin of today, whose clock stands. */
function connect(hash: keyof typeof clockStarts): CdnProClient {
  const clock = createManualClock(clockStarts[hash])
  const mock = createCdnProMock({ clock, generation: 'current', rateLimits: false, certificatesPerCustomer: 2 * count })
  const [{ username, apiKey }] = mock.accounts
  return createCdnProClient({ username, apiKey, fetch: mock.fetch, now: clock.now, rateLimit: false })
}

/** Runs the work on all items, a few at a time: openssl is a process of its own. */
async function forEach<Item>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const entries = items.entries()
  const worker = async (): Promise<void> => {
    for (const [index, item] of entries) await work(item, index)
  }
  await Promise.all([worker(), worker(), worker()])
}

describe.skipIf(reason !== undefined)(`certificates at the CDN Pro twin (CERTIFICATES_SEED=${seed})${note}`, () => {
  it(`are what openssl reads, all ${count} of them`, { timeout: 180_000 }, async () => {
    const { folder, keys, authorities } = setup()
    const read = async (pem: string, file: string, hash: keyof typeof clockStarts): Promise<Reading> => {
      await writeFile(join(folder, file), pem)
      return readCertificate(folder, file, hash)
    }
    const chainReadings = await Promise.all(authorities.map((pem, index) => read(pem, `${index}.ca`, 'sha1')))
    const clients = { sha1: connect('sha1'), sha256: connect('sha256') }
    const differences: object[] = []
    await forEach(fc.sample(specimen, { numRuns: count, seed }), async (each, index) => {
      const hash = index % 2 === 0 ? 'sha1' : 'sha256'
      const { certificates, versions } = clients[hash]
      const pem = build(keys, each)
      const chain = each.chain.map((authority) => authorities[authority]!)
      const id = await certificates.create({
        name: `certificate ${index}`,
        newVersion: {
          certificate: [pem, ...chain.slice(0, each.attached)].join(''),
          chainCert: chain.slice(each.attached).join(''),
          privateKey: exportKey(keys[each.key], each.privateKeyType),
        },
      })
      const shown = await versions.get(id, 1)
      const { chainCertificates = [], ...leaf } = shown
      const told = await read(pem, `${index}.pem`, hash)
      const order = [...new Set(each.chain)].map((authority) => chainReadings[authority]!)
      const expected = {
        ...told,
        chain: order.map(({ subject, expirationTime, signatureAlgo, issuer }) => ({
          subject,
          expirationTime,
          signatureAlgo,
          issuer,
        })),
      }
      const actual = { ...pick(leaf, told), chain: chainCertificates }
      if (JSON.stringify(actual) !== JSON.stringify(expected)) differences.push({ index, actual, expected })
    })
    expect(differences.slice(0, 3)).toEqual([])
  })

  it('have signing requests that openssl verifies, with the same names', { timeout: 60_000 }, async () => {
    const { folder, keys } = setup()
    const { certificates, versions } = connect('sha1')
    const specimens = fc.sample(specimen, { numRuns: 25, seed })
    await forEach(specimens, async (each, index) => {
      const privateKey = exportKey(keys[each.key], each.privateKeyType)
      const newVersion = { certificate: build(keys, each), privateKey }
      const id = await certificates.create({ name: `certificate ${index}`, newVersion })
      const { csr } = await certificates.downloadCsr(id)
      await writeFile(join(folder, `${index}.csr`), csr)
      const { subject, subjectAlternativeNames } = await versions.get(id, 1)
      expect(await readRequest(folder, `${index}.csr`)).toEqual({
        verdict: 'Certificate request self-signature verify OK',
        subject,
        dnsNames: subjectAlternativeNames,
      })
    })
  })
})

/** The members that somebody else has told, in their order. */
function pick(shown: object, told: object): object {
  return Object.fromEntries(Object.keys(told).map((key) => [key, (shown as Record<string, unknown>)[key]]))
}
