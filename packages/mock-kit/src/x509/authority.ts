import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { createIssuer, signCertificate } from './build.ts'
import type { CertificateTemplate, Issuer } from './build.ts'
import { signCrl } from './crl.ts'
import type { RevocationList } from './crl.ts'
import type { LeafPurpose, StatusUrls } from './extensions.ts'
import { attributeOids, encodeName } from './name.ts'
import type { DistinguishedName } from './name.ts'
import { answerOcsp } from './ocsp-responder.ts'
import type { CertificateStatus, OcspSigner } from './ocsp-response.ts'
import { encodePem } from './pem.ts'
import type { StatusPeriod } from './revocation.ts'
import { createSeededEcKey } from './seeded-ec-key.ts'
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
  readonly purpose?: LeafPurpose
  /** Where it is told whether the certificate was revoked; it does not say unless told. */
  readonly status?: StatusUrls | undefined
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
  /** Signs a list of what was revoked of the chain's leaves with the chain's intermediate, and returns its DER. */
  revocationList(chain: Chain, list: RevocationList): Uint8Array
  /**
   * Answers a request of OCSP, both in DER, also one that is none.
   *
   * The chain of the first certificate that is asked about answers, through a responder of its own, since no caller would believe it
   * about another chain's: `unknown` is what it says of those.
   *
   * @param statusOf - what is known of a leaf, its serial number in lower-case hex without leading zeros
   */
  answerOcsp(
    request: Uint8Array,
    period: StatusPeriod,
    statusOf: (chain: Chain, serialNumber: string) => CertificateStatus,
  ): Uint8Array
}

/** Where the keys of an authority come from. */
export interface AuthorityOptions {
  /** The same seed gives the same keys and certificates; whoever knows it can make them too. Without one the keys are fresh. */
  readonly seed?: string | undefined
}

interface CaChain {
  readonly issuer: Issuer
  /** Made on first use, like the chain itself. */
  readonly responder: () => OcspSigner
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
  const makeResponderKey = (chain: Chain): KeyObject =>
    seed === undefined
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
      : createSeededEcKey(`${seed}/${chain}/responder`)
  const open = (chain: Chain): CaChain => {
    const known = chains.get(chain)
    if (known !== undefined) return known
    const keys = { root: makeKey(chain, 'root'), intermediate: makeKey(chain, 'intermediate') }
    const { issuer, certificates } = createChain(profiles[chain], Object.keys(profiles).indexOf(chain), keys)
    const responder = once(() => createResponder(issuer, profiles[chain].intermediate, makeResponderKey(chain)))
    const opened = { issuer, certificates, responder }
    chains.set(chain, opened)
    return opened
  }
  const candidates = Object.entries<ChainProfile>(profiles).map(([chain, { intermediate }]) => ({
    chain: chain as Chain,
    name: encodeName(toName(intermediate)),
    open: () => open(chain as Chain),
  }))
  return {
    issue: (chain, leaf) => [issueLeaf(open(chain).issuer, leaf), ...open(chain).certificates],
    chain: (chain) => open(chain).certificates,
    revocationList: (chain, list) => signCrl(list, open(chain).issuer),
    answerOcsp: (request, period, statusOf) => answerOcsp(request, period, { candidates, statusOf }),
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => (made ??= { value: make() }).value
}

interface CaKeys {
  readonly root: KeyObject
  readonly intermediate: KeyObject
}

/** The serial numbers come from the chain's place among the profiles: small, and no two alike. */
function createChain(
  { root, intermediate }: ChainProfile,
  index: number,
  keys: CaKeys,
): Pick<CaChain, 'issuer' | 'certificates'> {
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

function issueLeaf(issuer: Issuer, leaf: LeafRequest): IssuedCertificate {
  const { dnsNames, ipAddresses = [], purpose = 'tls', status } = leaf
  const extensions = { kind: 'leaf', dnsNames, ipAddresses, purpose, status } as const
  return toIssued(leaf.commonName, { ...leaf, subject: toName(leaf), extensions }, issuer)
}

/** Its serial number is smaller than those that anybody draws by chance. */
function createResponder(issuer: Issuer, { commonName, organization }: CaName, key: KeyObject): OcspSigner {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const { der } = issueLeaf(issuer, {
    ...caValidity,
    commonName: `${commonName} OCSP`,
    organization,
    dnsNames: [],
    spki,
    serialNumber: Uint8Array.of(1),
    hash: 'sha256',
    purpose: 'ocspSigning',
  })
  return { key, certificate: der, spki }
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
