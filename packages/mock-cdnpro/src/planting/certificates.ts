import { ControlError } from '@certtwin/mock-kit'
import type { SeedCertificate, SeedVersion } from '../control.generated.ts'
import { parseCertificates, toChainCertificateFacts } from '../domain/certificate-facts.ts'
import { distinctChain, toContent } from '../domain/new-version.ts'
import type { StoredVersion } from '../entities.ts'
import type { State } from '../state.ts'
import { readLive, requireReplaceable } from './contradiction.ts'

const dayMs = 24 * 3600 * 1000

/** @throws ControlError when another certificate has its name, or a version cannot be read */
export function plantCertificate(state: State, seed: SeedCertificate, nowMs: number): void {
  const { id, customerId, name, description = '', autoRenew = 'Off', forceRenew = false } = seed
  const subject = `Certificate ${id}`
  requireReplaceable(state, state.certificates.get(id), customerId, subject)
  const sibling = state.certificates.group(customerId).find((other) => other.id !== id && other.name === name)
  if (sibling !== undefined)
    throw new ControlError(`${subject} has the name of certificate ${sibling.id}: give it a name of its own.`)
  const versions = seed.versions.map((version, index) => toVersion(version, index + 1, nowMs, subject))
  const live = readLive(seed, versions.length, subject)
  state.certificates.set(id, {
    id,
    customerId,
    name,
    description,
    autoRenew,
    forceRenew,
    caOnly: false,
    sharing: { method: 'none', customerIds: [] },
    createdAtMs: Math.min(...versions.map(({ createdAtMs }) => createdAtMs)),
    updatedAtMs: Math.max(...versions.map(({ createdAtMs }) => createdAtMs)),
    versions,
    live,
    deployedVersions: [...new Set(Object.values(live))].toSorted((one, other) => one - other),
  })
}

function toVersion(seed: SeedVersion, version: number, nowMs: number, subject: string): StoredVersion {
  const { certificate: pem, comments, ageDays = 0 } = seed
  const [leaf, ...rest] = parseCertificates(pem) ?? []
  if (leaf === undefined)
    throw new ControlError(`${subject} cannot be added: its version ${version} is no certificate as PEM.`)
  const content = toContent(leaf)
  const chain = distinctChain(content, rest).map(toChainCertificateFacts)
  return { ...content, chain, version, createdAtMs: nowMs - ageDays * dayMs, comments }
}
