import { createPublicKey } from 'node:crypto'
import { ControlError } from '@certtwin/mock-kit'
import type { SeedCertificate, SeedVersion } from '../control.generated.ts'
import { parseCertificates, toChainCertificateFacts } from '../domain/certificate-facts.ts'
import { type KeyRing, keyRingOf } from '../domain/key-ring.ts'
import { authoritiesAlone, distinctChain, toContent } from '../domain/new-version.ts'
import { readPrivateKey } from '../domain/private-key.ts'
import { toSpki } from '../domain/public-key.ts'
import type { Sharing, StoredVersion, VersionContent } from '../entities.ts'
import type { CdnProWorld } from '../world.ts'
import { readLive, requireReplaceable } from './contradiction.ts'

const dayMs = 24 * 3600 * 1000

/** @throws ControlError when another certificate has its name, or a version cannot be read */
export function plantCertificate(world: CdnProWorld, seed: SeedCertificate): void {
  const { state, clock } = world
  const { id, customerId, name, description = '', autoRenew = 'Off', forceRenew = false, caOnly = false } = seed
  const subject = `Certificate ${id}`
  requireReplaceable(state, state.certificates.get(id), customerId, subject)
  const sibling = state.certificates.group(customerId).find((other) => other.id !== id && other.name === name)
  if (sibling !== undefined)
    throw new ControlError(`${subject} has the name of certificate ${sibling.id}: give it a name of its own.`)
  if (caOnly && (autoRenew === 'LE' || forceRenew))
    throw new ControlError(`${subject} holds authorities alone, which are never renewed: leave the renewal out.`)
  const plot = { nowMs: clock.now(), keys: keyRingOf(world, customerId), caOnly, subject }
  const versions = seed.versions.map((version, index) => plantVersion(version, index + 1, plot))
  requireSuccession(versions, subject)
  const live = readLive(seed, versions.length, subject)
  state.certificates.set(id, {
    id,
    customerId,
    name,
    description,
    autoRenew,
    forceRenew,
    caOnly,
    sharing: readSharing(seed),
    createdAtMs: versions[0]!.createdAtMs,
    updatedAtMs: versions.at(-1)!.createdAtMs,
    renewalSetAtMs: clock.now(),
    versions,
    live,
    deployedVersions: versions
      .map(({ version }) => version)
      .filter((version) => seed.versions[version - 1]!.wasDeployed || Object.values(live).includes(version)),
  })
  plot.keys.forgetUnused()
}

function readSharing({ sharingMethod = 'none', shareWith = [] }: SeedCertificate): Sharing {
  return { method: sharingMethod, customerIds: sharingMethod === 'some' ? shareWith : [] }
}

/** No version is older than the one before it or has another kind of key, since none could have been stored so. */
function requireSuccession(versions: readonly StoredVersion[], subject: string): void {
  for (const [index, after] of versions.slice(1).entries()) {
    const before = versions[index]!
    if (after.createdAtMs < before.createdAtMs)
      throw new ControlError(`${subject} has a version ${after.version} older than the one before: lower its ageDays.`)
    if (after.certificate?.keyAlgorithm !== before.certificate?.keyAlgorithm)
      throw new ControlError(`${subject} has a version ${after.version} with another kind of key: give all the same.`)
  }
}

/** What the versions of a certificate have in common. */
interface Plot {
  readonly nowMs: number
  readonly keys: KeyRing
  readonly caOnly: boolean
  readonly subject: string
}

function plantVersion(seed: SeedVersion, version: number, plot: Plot): StoredVersion {
  const { certificate: pem, comments, ageDays = 0 } = seed
  const certificates = parseCertificates(pem)
  if (certificates === undefined)
    throw new ControlError(`${plot.subject} cannot be added: its version ${version} is no certificate as PEM.`)
  const [leaf, ...rest] = certificates
  const content = plot.caOnly ? authoritiesAlone : toContent(leaf)
  const chain = distinctChain(content, plot.caOnly ? certificates : rest).map(toChainCertificateFacts)
  if (seed.privateKey !== undefined) plantKey(seed.privateKey, content, version, plot)
  return { ...content, chain, version, createdAtMs: plot.nowMs - ageDays * dayMs, comments: comments || undefined }
}

function plantKey(pem: string, { spki }: VersionContent, version: number, { keys, subject }: Plot): void {
  const key = readPrivateKey(pem)
  if (key === undefined || toSpki(createPublicKey(key)) !== spki)
    throw new ControlError(
      `${subject} cannot be added: give its version ${version} the key of its certificate, as PEM and not encrypted.`,
    )
  keys.remember(key)
}
