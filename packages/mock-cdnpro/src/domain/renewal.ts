import { createPublicKey, type KeyObject } from 'node:crypto'
import { ControlError } from '@certtwin/mock-kit'
import {
  type Authority,
  createAuthority,
  createSeededEcKey,
  createSeededKey,
  type IssuedCertificate,
  parseCertificate,
} from '@certtwin/mock-kit/x509'
import { environments, type StoredCertificate, type StoredVersion } from '../entities.ts'
import { generations } from '../generations.ts'
import type { CdnProWorld } from '../world.ts'
import { toCertificateFacts, toChainCertificateFacts } from './certificate-facts.ts'
import { latestOf } from './certificates.ts'
import { keyRingOf } from './key-ring.ts'
import { withVersion } from './task-life.ts'
import { toSpki } from './public-key.ts'

const lifetimeMs = 90 * 24 * 3600 * 1000

/** The public ACME authority that the service would ask; nobody shall mistake this one for it. */
const profile = {
  root: { commonName: 'Example Test Root CA', organization: 'Offline Mock' },
  intermediate: { commonName: 'Example Test Issuing CA', organization: 'Offline Mock' },
}

/** Keys are slow to make and remember nothing, so worlds with the same seed, and those without one, share an authority. */
const authorities = new Map<string | undefined, Authority<'acme'>>()

/**
 * Renews a certificate as the service does it by itself (conditions documented; that it is live at once is assumed): a new key,
 * the names of the latest version, 90 days, live wherever a version was live.
 *
 * @param atMs - when it happens; now unless told
 * @returns the number of the new version
 * @throws ControlError when the service would not renew it
 */
export function renewCertificate(world: CdnProWorld, certificateId: string, atMs: number = world.clock.now()): number {
  const { certificates } = world.state
  const certificate = certificates.get(certificateId)
  if (certificate === undefined)
    throw new ControlError(
      `There is no certificate ${certificateId}: the state of the twin names those that there are.`,
    )
  const obstacle = obstacleTo(world, certificate)
  if (obstacle !== undefined) throw new ControlError(`Certificate ${certificateId} cannot be renewed: ${obstacle}.`)
  const version = createVersion(world, certificate, atMs)
  const wasLive = environments.filter((environment) => certificate.live[environment] !== undefined)
  const live = Object.fromEntries(wasLive.map((environment) => [environment, version.version]))
  const versions = [...certificate.versions, version]
  const deployedVersions = withVersion(certificate.deployedVersions, version.version)
  certificates.set(certificateId, { ...certificate, versions, live, deployedVersions, forceRenew: false })
  return version.version
}

/** What keeps the service from renewing a certificate, as advice; undefined when nothing does. */
export function obstacleTo(
  { settings }: CdnProWorld,
  { autoRenew, live, versions }: StoredCertificate,
): string | undefined {
  if (autoRenew !== 'LE') return 'set its autoRenew to LE first'
  if (live.production === undefined) return 'deploy it to production first'
  const { dnsNames = [] } = versions.at(-1)!.certificate ?? {}
  if (dnsNames.length === 0 || dnsNames.some((name) => name.startsWith('*')))
    return 'take one that has host names and no wildcard among them'
  return versions.length < generations[settings.generation].versionsPerCertificate
    ? undefined
    : 'it has as many versions as it may have'
}

function createVersion(world: CdnProWorld, certificate: StoredCertificate, atMs: number): StoredVersion {
  const latest = latestOf(certificate)
  const { keyAlgorithm, dnsNames } = latest.certificate!
  const seed = world.random.hex(32)
  const privateKey = keyAlgorithm === 'ECC' ? createSeededEcKey(seed) : createSeededKey(seed)
  const publicKey = createPublicKey(privateKey)
  const [leaf, intermediate] = issue(world, publicKey, dnsNames, atMs)
  keyRingOf(world, certificate.customerId).remember(privateKey)
  return {
    version: latest.version + 1,
    createdAtMs: atMs,
    comments: undefined,
    origin: 'uploaded',
    certificate: toCertificateFacts(parseCertificate(leaf.der)),
    chain: [toChainCertificateFacts(parseCertificate(intermediate.der))],
    spki: toSpki(publicKey),
    testKey: undefined,
    identification: undefined,
  }
}

function issue(
  { seed, random }: CdnProWorld,
  publicKey: KeyObject,
  dnsNames: readonly string[],
  atMs: number,
): readonly [leaf: IssuedCertificate, intermediate: IssuedCertificate, root: IssuedCertificate] {
  const authority = authorities.get(seed) ?? createAuthority({ acme: profile }, { seed })
  authorities.set(seed, authority)
  return authority.issue('acme', {
    commonName: dnsNames[0]!,
    dnsNames,
    spki: publicKey.export({ type: 'spki', format: 'der' }),
    serialNumber: random.bytes(16),
    notBefore: new Date(atMs),
    notAfter: new Date(atMs + lifetimeMs),
    hash: 'sha256',
  })
}
