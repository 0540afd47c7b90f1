import type { Clock, Random } from '@certtwin/mock-kit'
import type { CreateCertificate, NewVersion, UpdateCertificate } from '../api.generated.ts'
import type { Edition } from '../edition.ts'
import type { StoredCertificate, StoredVersion, User } from '../entities.ts'
import type { State } from '../state.ts'
import * as errors from './certificate-errors.ts'
import { readNewVersion } from './new-version.ts'
import type { KeyCipher } from './private-key.ts'

/** Who asks, and what the request was signed with; private keys are encrypted under the same. */
export interface Caller {
  readonly user: User
  readonly edition: Edition
  readonly dates: readonly string[]
}

export interface Surroundings {
  readonly clock: Clock
  readonly random: Random
}

/** By the vendor's defaults; the number of versions was raised later. */
const certificatesPerCustomer = 100
const versionsPerCertificate = 500

/** A certificate of the customer, as far as the generation has its kind; another customer's is as unknown as one that is not there. */
export function findCertificate(
  state: State,
  { customerId }: User,
  id: string,
  edition: Edition,
): StoredCertificate | undefined {
  const certificate = state.certificates.get(id)
  return certificate?.customerId === customerId && isThere(certificate, edition) ? certificate : undefined
}

/** Certificates for client verification came after 2023. */
function isThere({ caOnly }: StoredCertificate, { generation }: Edition): boolean {
  return !caOnly || generation === 'current'
}

/** @throws Refusal `InvalidCertId` */
export function getCertificate(state: State, user: User, id: string, edition: Edition): StoredCertificate {
  const certificate = findCertificate(state, user, id, edition)
  if (certificate === undefined) throw errors.unknownCertificate()
  return certificate
}

/** @throws Refusal `InvalidCertVersion` */
export function getVersion(certificate: StoredCertificate, number: number): StoredVersion {
  const version = certificate.versions.find(({ version: own }) => own === number)
  if (version === undefined) throw errors.unknownVersion(certificate.id, number)
  return version
}

/** Checks everything in the vendor's order (assumed), then stores; a refusal leaves the state as it was. */
export function createCertificate(
  state: State,
  caller: Caller,
  input: Partial<CreateCertificate>,
  surroundings: Surroundings,
): StoredCertificate {
  const { customerId } = caller.user
  const name = readName(input.name)
  const autoRenew = input.autoRenew === undefined ? 'Off' : readAutoRenew(input.autoRenew)
  const first = readVersion(state, input.newVersion ?? {}, caller, undefined, surroundings)
  const siblings = siblingsOf(state, customerId, caller.edition)
  if (siblings.length >= certificatesPerCustomer) throw errors.tooManyCertificates()
  requireFreeName(siblings, name)
  const certificate: StoredCertificate = {
    id: createId(surroundings),
    customerId,
    name,
    description: input.description ?? '',
    autoRenew,
    forceRenew: input.forceRenew ?? false,
    caOnly: false,
    sharing: { method: 'none', customerIds: [] },
    createdAtMs: first.createdAtMs,
    updatedAtMs: first.createdAtMs,
    versions: [first],
    live: {},
    deployedVersions: [],
  }
  state.certificates.set(certificate.id, certificate)
  return certificate
}

/** Applies all of a change or nothing; returns the number of the new version, if there is one. */
export function updateCertificate(
  state: State,
  caller: Caller,
  certificate: StoredCertificate,
  input: UpdateCertificate,
  surroundings: Surroundings,
): number | undefined {
  const { versions } = certificate
  const name = input.name === undefined ? certificate.name : readName(input.name)
  const autoRenew = input.autoRenew === undefined ? certificate.autoRenew : readAutoRenew(input.autoRenew)
  const added = input.newVersion && readVersion(state, input.newVersion, caller, versions.at(-1), surroundings)
  if (added !== undefined && versions.length >= versionsPerCertificate) throw errors.tooManyVersions()
  const siblings = siblingsOf(state, certificate.customerId, caller.edition)
  requireFreeName(
    siblings.filter(({ id }) => id !== certificate.id),
    name,
  )
  const isChanged = Object.values(input).some((value) => value !== undefined)
  state.certificates.set(certificate.id, {
    ...certificate,
    updatedAtMs: isChanged ? surroundings.clock.now() : certificate.updatedAtMs,
    name,
    autoRenew,
    description: input.description ?? certificate.description,
    forceRenew: input.forceRenew ?? certificate.forceRenew,
    versions: added === undefined ? versions : [...versions, added],
  })
  return added?.version
}

function readVersion(
  state: State,
  input: NewVersion,
  { user, dates }: Caller,
  latest: StoredVersion | undefined,
  { clock, random }: Surroundings,
): StoredVersion {
  const nowMs = clock.now()
  const { apiKey } = state.credentials.get(user.username)! // the caller has just signed with it
  const cipher: KeyCipher = { apiKey, dates }
  const content = readNewVersion(input, { nowMs, random, cipher, latest })
  return { ...content, version: (latest?.version ?? 0) + 1, createdAtMs: nowMs, comments: input.comments || undefined }
}

function readName(name: string | undefined): string {
  if (name === undefined || !/^.{1,250}$/su.test(name)) throw errors.invalidName()
  return name
}

function readAutoRenew(value: string): 'LE' | 'Off' {
  if (value === 'LE') return 'LE'
  if (value.toLowerCase() === 'off') return 'Off'
  throw errors.invalidAutoRenew(value)
}

function siblingsOf(state: State, customerId: number, edition: Edition): StoredCertificate[] {
  return state.certificates.group(customerId).filter((certificate) => isThere(certificate, edition))
}

function requireFreeName(siblings: readonly StoredCertificate[], name: string): void {
  if (siblings.some((sibling) => sibling.name === name)) throw errors.duplicateName()
}

/** Real ids often begin with the time of their making in seconds; that the rest is random is assumed. */
function createId({ clock, random }: Surroundings): string {
  const seconds = Math.floor(clock.now() / 1000)
  return seconds.toString(16).padStart(8, '0') + random.hex(8)
}
