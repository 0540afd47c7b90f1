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
import type { CdnProWorld } from '../world.ts'
import { toCertificateFacts, toChainCertificateFacts } from './certificate-facts.ts'
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
 * @returns the number of the new version
 * @throws ControlError when the service would not renew it
 */
export function renewCertificate(world: CdnProWorld, certificateId: string): number {
  const { certificates } = world.state
  const certificate = certificates.get(certificateId)
  if (certificate === undefined)
    throw new ControlError(
      `There is no certificate ${certificateId}: the state of the twin names those that there are.`,
    )
  requireRenewable(certificate)
  const version = createVersion(world, certificate.versions.at(-1)!)
  const wasLive = environments.filter((environment) => certificate.live[environment] !== undefined)
  const live = Object.fromEntries(wasLive.map((environment) => [environment, version.version]))
  const versions = [...certificate.versions, version]
  certificates.set(certificateId, { ...certificate, versions, live, forceRenew: false })
  return version.version
}

function requireRenewable({ id, autoRenew, live, versions }: StoredCertificate): void {
  const refuse = (why: string): ControlError => new ControlError(`Certificate ${id} cannot be renewed: ${why}.`)
  if (autoRenew !== 'LE') throw refuse('set its autoRenew to LE first')
  if (live.production === undefined) throw refuse('deploy it to production first')
  const { dnsNames = [] } = versions.at(-1)!.certificate ?? {}
  if (dnsNames.length === 0 || dnsNames.some((name) => name.startsWith('*')))
    throw refuse('take one that has host names and no wildcard among them')
}

function createVersion(world: CdnProWorld, latest: StoredVersion): StoredVersion {
  const nowMs = world.clock.now()
  const { keyAlgorithm, dnsNames } = latest.certificate!
  const seed = world.random.hex(32)
  const publicKey = createPublicKey(keyAlgorithm === 'ECC' ? createSeededEcKey(seed) : createSeededKey(seed))
  const [leaf, intermediate] = issue(world, publicKey, dnsNames, nowMs)
  return {
    version: latest.version + 1,
    createdAtMs: nowMs,
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
  nowMs: number,
): readonly [leaf: IssuedCertificate, intermediate: IssuedCertificate, root: IssuedCertificate] {
  const authority = authorities.get(seed) ?? createAuthority({ acme: profile }, { seed })
  authorities.set(seed, authority)
  return authority.issue('acme', {
    commonName: dnsNames[0]!,
    dnsNames,
    spki: publicKey.export({ type: 'spki', format: 'der' }),
    serialNumber: random.bytes(16),
    notBefore: new Date(nowMs),
    notAfter: new Date(nowMs + lifetimeMs),
    hash: 'sha256',
  })
}
