import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { createIssuer, signCertificate } from './build.ts'
import type { CertificateTemplate, Issuer } from './build.ts'
import { attributeOids } from './name.ts'
import type { DistinguishedName } from './name.ts'
import { encodePem } from './pem.ts'
import { createSeededKey } from './seeded-key.ts'
import type { IssuerHash } from './signature-algorithm.ts'

/** The name of one authority certificate. */
export interface CaName {
  readonly commonName: string
  readonly organization: string
}

/** The two authorities above a leaf. */
export interface ChainProfile {
  readonly root: CaName
  readonly intermediate: CaName
}

/**
 * What a leaf certificate is to say.
 *
 * The subject becomes `O` (when given), then `CN`. `dnsNames` is taken as it is, the common name is not added; `spki` is the DER
 * SubjectPublicKeyInfo, `serialNumber` a big-endian magnitude; `purpose` is `'tls'` unless told.
 */
export interface LeafRequest {
  readonly commonName: string
  readonly organization?: string
  readonly dnsNames: readonly string[]
  readonly ipAddresses?: readonly string[]
  readonly spki: Uint8Array
  readonly serialNumber: Uint8Array
  readonly notBefore: Date
  readonly notAfter: Date
  readonly hash: IssuerHash
  readonly purpose?: 'tls' | 'codeSigning'
}

/** A certificate of the authority; `pem` has LF line breaks and one after the footer. */
export interface IssuedCertificate {
  readonly commonName: string
  readonly der: Uint8Array
  readonly pem: string
}

/** Issues certificates under one or more chains. */
export interface Authority<Chain extends string> {
  /** Signs a leaf with the chain's intermediate, and returns it with the chain above it. */
  issue(
    chain: Chain,
    leaf: LeafRequest,
  ): readonly [leaf: IssuedCertificate, intermediate: IssuedCertificate, root: IssuedCertificate]
  /** The certificates above every leaf of the chain; the same ones on every call. */
  chain(chain: Chain): readonly [intermediate: IssuedCertificate, root: IssuedCertificate]
}

/** Where the keys of an authority come from. */
export interface AuthorityOptions {
  /** The same seed gives the same keys and certificates; whoever knows it can make them too. Without one the keys are fresh. */
  readonly seed?: string | undefined
}

interface CaChain {
  readonly issuer: Issuer
  readonly certificates: readonly [intermediate: IssuedCertificate, root: IssuedCertificate]
}

// Fixed and long, so that a twin's clock may be set to any time that somebody tests.
const caValidity = { notBefore: new Date('2000-01-01T00:00:00Z'), notAfter: new Date('2099-12-31T23:59:59Z') }

/**
 * Makes a test authority, with an RSA-2048 root and intermediate for each chain.
 *
 * The keys are made on the first use of their chain, which blocks for a tenth of a second or two, and never leave the process; they are
 * `KeyObject`s, because a WebCrypto key signs with the one hash that it was made for, whichever is asked for. Certificates of
 * authorities are valid from 2000 to 2099 and signed with SHA-256.
 */
export function createAuthority<Chain extends string>(
  profiles: Readonly<Record<Chain, ChainProfile>>,
  { seed }: AuthorityOptions = {},
): Authority<Chain> {
  const chains = new Map<Chain, CaChain>()
  // Named by their chain, so that it does not matter which one is used first.
  const makeKey = (chain: Chain, role: 'root' | 'intermediate'): KeyObject =>
    seed === undefined
      ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
      : createSeededKey(`${seed}/${chain}/${role}`)
  const open = (chain: Chain): CaChain => {
    const known = chains.get(chain)
    if (known !== undefined) return known
    const keys = { root: makeKey(chain, 'root'), intermediate: makeKey(chain, 'intermediate') }
    const opened = createChain(profiles[chain], Object.keys(profiles).indexOf(chain), keys)
    chains.set(chain, opened)
    return opened
  }
  return {
    issue: (chain, leaf) => [issueLeaf(open(chain), leaf), ...open(chain).certificates],
    chain: (chain) => open(chain).certificates,
  }
}

interface CaKeys {
  readonly root: KeyObject
  readonly intermediate: KeyObject
}

/** The serial numbers come from the chain's place among the profiles: small, and no two alike. */
function createChain({ root, intermediate }: ChainProfile, index: number, keys: CaKeys): CaChain {
  const rootIssuer = createIssuer(toName(root), keys.root)
  const certify = (ca: CaName, key: KeyObject, serial: number, pathLength: number): IssuedCertificate =>
    toIssued(
      ca.commonName,
      {
        ...caValidity,
        serialNumber: Uint8Array.of(serial),
        subject: toName(ca),
        spki: createPublicKey(key).export({ type: 'spki', format: 'der' }),
        hash: 'sha256',
        extensions: { kind: 'ca', pathLength },
      },
      rootIssuer,
    )
  return {
    issuer: createIssuer(toName(intermediate), keys.intermediate),
    certificates: [
      certify(intermediate, keys.intermediate, 2 * index + 2, 0),
      certify(root, keys.root, 2 * index + 1, 1),
    ],
  }
}

function issueLeaf({ issuer }: CaChain, leaf: LeafRequest): IssuedCertificate {
  const { dnsNames, ipAddresses = [], purpose = 'tls' } = leaf
  const extensions = { kind: 'leaf', dnsNames, ipAddresses, purpose } as const
  return toIssued(leaf.commonName, { ...leaf, subject: toName(leaf), extensions }, issuer)
}

function toIssued(
  commonName: string,
  template: Omit<CertificateTemplate, 'issuer'>,
  issuer: Issuer,
): IssuedCertificate {
  const der = signCertificate(template, issuer)
  return { commonName, der, pem: encodePem('CERTIFICATE', der) }
}

function toName({ commonName, organization }: Pick<LeafRequest, 'commonName' | 'organization'>): DistinguishedName {
  const owner = organization === undefined ? [] : [[{ oid: attributeOids.O, value: organization }]]
  return [...owner, [{ oid: attributeOids.CN, value: commonName }]]
}
