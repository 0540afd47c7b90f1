import type { CreateCertificate, NewVersion, UpdateCertificate } from '../api.generated.ts'
import { editionOf } from '../edition.ts'
import type { StoredCertificate, StoredVersion, User } from '../entities.ts'
import { generations } from '../generations.ts'
import type { CdnProWorld } from '../world.ts'
import * as errors from './certificate-errors.ts'
import { type CertificateSettings, readSettings, requireKind } from './certificate-settings.ts'
import { certificatesOf } from './certificates.ts'
import { type KeyRing, keyRingOf } from './key-ring.ts'
import { type KeyedContent, readNewVersion } from './new-version.ts'

/** Who asks, and what the request was signed with; private keys are encrypted under the same. */
export interface Caller {
  readonly user: User
  readonly dates: readonly string[]
}

/** A version that may be stored, with the key that is to be remembered then. */
interface ReadVersion extends Pick<KeyedContent, 'privateKey'> {
  readonly version: StoredVersion
}

/** Checks everything in the vendor's order (assumed), then stores; a refusal leaves the state as it was. */
export function createCertificate(
  world: CdnProWorld,
  caller: Caller,
  input: Partial<CreateCertificate>,
): StoredCertificate {
  const { state } = world
  const { customerId } = caller.user
  const edition = editionOf(world)
  const settings = readSettings(input, {}, edition.generation)
  requireKind(settings)
  const keys = keyRingOf(world, customerId)
  const first = readVersion(world, input.newVersion ?? {}, { caller, keys, settings, latest: undefined })
  const siblings = certificatesOf(state, customerId, edition)
  if (siblings.length >= world.settings.certificatesPerCustomer) throw errors.tooManyCertificates()
  requireFreeName(siblings, settings.name)
  const { version } = first
  const certificate: StoredCertificate = {
    id: createId(world),
    customerId,
    ...settings,
    createdAtMs: version.createdAtMs,
    updatedAtMs: version.createdAtMs,
    renewalSetAtMs: version.createdAtMs,
    versions: [version],
    live: {},
    deployedVersions: [],
  }
  if (first.privateKey !== undefined) keys.remember(first.privateKey)
  state.certificates.set(certificate.id, certificate)
  return certificate
}

/** Applies all of a change or nothing; returns the number of the new version, if there is one. */
export function updateCertificate(
  world: CdnProWorld,
  caller: Caller,
  certificate: StoredCertificate,
  input: UpdateCertificate,
): number | undefined {
  const { id, customerId, versions } = certificate
  const edition = editionOf(world)
  const settings = readSettings(input, settingsOf(certificate), edition.generation)
  requireKind(settings, certificate)
  const keys = keyRingOf(world, customerId)
  const added =
    input.newVersion && readVersion(world, input.newVersion, { caller, keys, settings, latest: versions.at(-1) })
  if (added !== undefined && versions.length >= generations[edition.generation].versionsPerCertificate)
    throw errors.tooManyVersions()
  const siblings = certificatesOf(world.state, customerId, edition).filter((sibling) => sibling.id !== id)
  requireFreeName(siblings, settings.name)
  if (added?.privateKey !== undefined) keys.remember(added.privateKey)
  const isEffective = added !== undefined || JSON.stringify(settings) !== JSON.stringify(settingsOf(certificate))
  const setsRenewal = settings.autoRenew !== certificate.autoRenew || settings.forceRenew !== certificate.forceRenew
  world.state.certificates.set(id, {
    ...certificate,
    ...settings,
    updatedAtMs: isEffective ? world.clock.now() : certificate.updatedAtMs,
    renewalSetAtMs: setsRenewal ? world.clock.now() : certificate.renewalSetAtMs,
    versions: added === undefined ? versions : [...versions, added.version],
  })
  return added?.version.version
}

function settingsOf({
  name,
  description,
  autoRenew,
  forceRenew,
  caOnly,
  sharing,
}: StoredCertificate): CertificateSettings {
  return { name, description, autoRenew, forceRenew, caOnly, sharing }
}

interface Circumstances {
  readonly caller: Caller
  readonly keys: KeyRing
  readonly settings: CertificateSettings
  readonly latest: StoredVersion | undefined
}

function readVersion(
  world: CdnProWorld,
  input: NewVersion,
  { caller: { user, dates }, keys, settings: { caOnly }, latest }: Circumstances,
): ReadVersion {
  const nowMs = world.clock.now()
  const { apiKey } = world.state.credentials.get(user.username)! // the caller has just signed with it
  const { content, privateKey } = readNewVersion(input, {
    nowMs,
    random: world.random,
    generation: world.settings.generation,
    cipher: { apiKey, dates },
    keys,
    caOnly,
    latest,
  })
  const number = (latest?.version ?? 0) + 1
  const version = { ...content, version: number, createdAtMs: nowMs, comments: input.comments || undefined }
  return { version, privateKey }
}

function requireFreeName(siblings: readonly StoredCertificate[], name: string): void {
  if (siblings.some((sibling) => sibling.name === name)) throw errors.duplicateName()
}

/** Real ids often begin with the time of their making in seconds; that the rest is random is assumed. */
function createId({ clock, random }: CdnProWorld): string {
  const seconds = Math.floor(clock.now() / 1000)
  return seconds.toString(16).padStart(8, '0') + random.hex(8)
}
