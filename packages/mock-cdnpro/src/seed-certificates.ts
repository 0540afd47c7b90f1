import { createHash } from 'node:crypto'
import type {
  CertificateFacts,
  ChainCertificateFacts,
  Identification,
  LiveVersions,
  StoredCertificate,
  StoredVersion,
  TestKeyName,
} from './entities.ts'

const dayMs = 24 * 3600 * 1000
const issuingCa = 'C=US,O=Example Trust,CN=Example Test Issuing CA'
const rootCa = 'C=US,O=Example Trust,CN=Example Test Root CA'

const keys = {
  'rsa-2048': { keyAlgorithm: 'RSA', keyBits: 2048, signatureAlgorithm: 'SHA256withRSA' },
  'rsa-4096': { keyAlgorithm: 'RSA', keyBits: 4096, signatureAlgorithm: 'SHA384withRSA' },
  'p-256': { keyAlgorithm: 'ECC', keyBits: 256, signatureAlgorithm: 'SHA256withECDSA' },
} as const satisfies Record<TestKeyName, object>

/** What the versions of a seed certificate have in common, and their validity in days from the start of the twin. */
interface SeedCertificate {
  readonly id: string
  readonly customerId?: number
  readonly name: string
  readonly autoRenew?: 'LE'
  readonly description?: string
  readonly comments?: readonly string[]
  readonly key: TestKeyName
  readonly subject: string
  readonly selfSigned?: Identification
  readonly dnsNames: readonly string[]
  readonly chainLength?: 0 | 1 | 2
  readonly validity: readonly (readonly [fromDay: number, toDay: number])[]
  readonly live?: LiveVersions
  readonly deployedVersions?: readonly number[]
}

const lab: Identification = {
  commonName: 'lab.example.net',
  dnsNames: ['lab.example.net'],
  country: 'DE',
  state: 'Hessen',
  city: 'Kassel',
  company: 'Example GmbH',
  department: 'Lab',
  email: 'lab@example.net',
}

const seeds: readonly SeedCertificate[] = [
  {
    id: '642c1dc50000000000000a02',
    name: 'shop-rsa',
    description: 'three versions, three deployment pictures',
    comments: ['first', 'renewed', 'renewed again'],
    key: 'rsa-2048',
    subject: 'C=DE,O=Example GmbH,CN=shop.example.com',
    dnsNames: ['shop.example.com', '*.shop.example.com'],
    chainLength: 2,
    validity: [
      [-460, -95],
      [-100, 265],
      [-2, 363],
    ],
    live: { production: 2, staging: 3 },
    deployedVersions: [1, 2, 3],
  },
  {
    id: '642c1dc50000000000000a03',
    name: 'api-ecc',
    key: 'p-256',
    subject: 'C=DE,O=Example GmbH,CN=api.example.com',
    dnsNames: ['api.example.com'],
    chainLength: 1,
    validity: [[-30, 335]],
    live: { production: 1, staging: 1 },
  },
  {
    id: '642c1dc50000000000000a04',
    name: 'lab-selfsigned',
    key: 'p-256',
    subject: 'E=lab@example.net,OU=Lab,O=Example GmbH,L=Kassel,ST=Hessen,C=DE,CN=lab.example.net',
    selfSigned: lab,
    dnsNames: lab.dnsNames,
    validity: [
      [-20, -10],
      [-3, 7],
    ],
  },
  {
    id: '642c1dc50000000000000a05',
    name: 'www-auto',
    autoRenew: 'LE',
    key: 'rsa-2048',
    subject: 'CN=www.example.com',
    dnsNames: ['www.example.com'],
    chainLength: 1,
    validity: [
      [-160, -70],
      [-70, 20],
    ],
    live: { production: 2, staging: 2 },
  },
  {
    id: '642c1dc50000000000000a06',
    name: 'legacy-rsa4096',
    key: 'rsa-4096',
    subject: 'C=DE,O=Example GmbH,CN=legacy.example.com',
    dnsNames: ['legacy.example.com'],
    chainLength: 1,
    validity: [[-400, -35]],
    live: { production: 1 },
  },
  {
    id: '642c1dc50000000000000a07',
    name: 'escaped-names',
    key: 'rsa-2048',
    subject: String.raw`C=FR,O=Example\, Filiale,OU=R\+D,CN=münze.example.org`,
    dnsNames: ['xn--mnze-0ra.example.org', '*.example.org'],
    chainLength: 1,
    validity: [[-10, 355]],
  },
  {
    id: '642c1dc50000000000000c01',
    customerId: 20_002_002,
    name: 'other-tenant',
    key: 'rsa-2048',
    subject: 'C=DE,O=Another Example,CN=other.example.com',
    dnsNames: ['other.example.com'],
    validity: [[-10, 355]],
  },
]

/** The last two certificates of the chain are the whole of it; it exists in generation `current` alone. */
function clientCa(originMs: number): StoredCertificate {
  const createdAtMs = originMs - 50 * dayMs
  return {
    ...unchanging,
    id: '642c1dc50000000000000a08',
    customerId: 20_001_001,
    name: 'client-ca',
    caOnly: true,
    createdAtMs,
    updatedAtMs: createdAtMs,
    renewalSetAtMs: createdAtMs,
    versions: [{ ...noLeaf, version: 1, createdAtMs, comments: undefined, chain: seedChain(originMs) }],
  }
}

/** What the certificates here have in common unless they say otherwise. */
const unchanging = {
  description: '',
  autoRenew: 'Off',
  forceRenew: false,
  caOnly: false,
  sharing: { method: 'none', customerIds: [] },
  live: {},
  deployedVersions: [],
} as const

const noLeaf = {
  origin: 'uploaded',
  certificate: undefined,
  spki: undefined,
  testKey: undefined,
  identification: undefined,
} as const

/** The vendor's example as literals: it calls itself self-signed but has a foreign issuer, so nothing could be derived. */
const documentedExample: StoredCertificate = {
  ...unchanging,
  id: '9fddeb2fea3ed5b52d89d81d',
  customerId: 20_001_001,
  name: 'seed-example',
  createdAtMs: Date.parse('2019-11-11T23:06:53Z'),
  updatedAtMs: Date.parse('2019-11-11T23:06:53Z'),
  renewalSetAtMs: Date.parse('2019-11-11T23:06:53Z'),
  versions: [
    {
      version: 1,
      createdAtMs: Date.parse('2019-11-11T23:06:53Z'),
      comments: 'a self-signed version',
      origin: 'uploaded',
      chain: [],
      spki: undefined,
      testKey: 'rsa-2048',
      identification: undefined,
      certificate: {
        subject: 'E=aaa@domaincom,OU=QA,O=MyCompany,L=US,ST=someState,C=UA,CN=new.testdomain.com',
        expiresAtMs: Date.parse('2019-11-21T23:06:53Z'),
        signatureAlgorithm: 'SHA256withRSA',
        issuer: 'C=US,O=DigiCert Inc,OU=www.digicert.com,CN=DigiCert High Assurance EV Root CA',
        serialNumber: '16edb4ff86f',
        fingerprints: {
          sha1: '7e98f65898cbb5ddb140958a657d875bce49afac',
          // Never shown: the version is older than the fingerprints of this kind.
          sha256: createHash('sha256').update('9fddeb2fea3ed5b52d89d81d/1').digest('hex'),
        },
        keyAlgorithm: 'RSA',
        keyBits: 2048,
        dnsNames: ['a.domain.com', 'b.domain.com'],
      },
    },
  ],
}

/** The certificates of a new twin; all but the documented example are assumed, dated from `originMs`, a whole second. */
export function seedCertificates(originMs: number): StoredCertificate[] {
  return [documentedExample, ...seeds.map((seed) => toCertificate(seed, originMs)), clientCa(originMs)]
}

function toCertificate(seed: SeedCertificate, originMs: number): StoredCertificate {
  const { id, customerId = 20_001_001, name, description = '', autoRenew = 'Off', live = {} } = seed
  const { deployedVersions = [...new Set(Object.values(live))] } = seed
  const versions = seed.validity.map((_, index) => toVersion(seed, index, originMs))
  const times = {
    createdAtMs: versions[0]!.createdAtMs,
    updatedAtMs: versions.at(-1)!.createdAtMs,
    // So that what is due from the start is renewed after it.
    renewalSetAtMs: originMs,
  }
  return { ...unchanging, id, customerId, name, description, autoRenew, ...times, versions, live, deployedVersions }
}

function toVersion(seed: SeedCertificate, index: number, originMs: number): StoredVersion {
  const [fromDay, toDay] = seed.validity[index]!
  return {
    version: index + 1,
    createdAtMs: originMs + fromDay * dayMs,
    comments: seed.comments?.[index],
    origin: seed.selfSigned === undefined ? 'uploaded' : 'self-signed',
    certificate: toFacts(seed, index + 1, originMs + toDay * dayMs),
    chain: seedChain(originMs).slice(0, seed.chainLength ?? 0),
    spki: undefined,
    testKey: seed.key,
    identification: seed.selfSigned,
  }
}

/** Fingerprints and serial number are hashes of certificate and number: stable, and no two alike. */
function toFacts(
  { id, key, subject, selfSigned, dnsNames }: SeedCertificate,
  version: number,
  expiresAtMs: number,
): CertificateFacts {
  const hash = (algorithm: string): string => createHash(algorithm).update(`${id}/${version}`).digest('hex')
  return {
    ...keys[key],
    subject,
    issuer: selfSigned === undefined ? issuingCa : subject,
    expiresAtMs,
    dnsNames,
    fingerprints: { sha1: hash('sha1'), sha256: hash('sha256') },
    serialNumber: hash('sha256').slice(0, 32).replace(/^0+/, ''),
  }
}

function seedChain(originMs: number): ChainCertificateFacts[] {
  const signatureAlgorithm = 'SHA256withRSA'
  return [
    { subject: issuingCa, expiresAtMs: originMs + 2000 * dayMs, signatureAlgorithm, issuer: rootCa },
    { subject: rootCa, expiresAtMs: originMs + 6000 * dayMs, signatureAlgorithm, issuer: rootCa },
  ]
}
