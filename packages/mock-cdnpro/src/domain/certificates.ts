import type { Edition } from '../edition.ts'
import type { StoredCertificate, StoredVersion, User } from '../entities.ts'
import { generations } from '../generations.ts'
import type { State } from '../state.ts'
import * as errors from './certificate-errors.ts'

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

/** @throws Refusal `InvalidCertId` */
export function getCertificate(state: State, user: User, id: string, edition: Edition): StoredCertificate {
  const certificate = findCertificate(state, user, id, edition)
  if (certificate === undefined) throw errors.unknownCertificate()
  return certificate
}

/** All certificates of a customer that the generation has. */
export function certificatesOf(state: State, customerId: number, edition: Edition): StoredCertificate[] {
  return state.certificates.group(customerId).filter((certificate) => isThere(certificate, edition))
}

function isThere({ caOnly }: StoredCertificate, { generation }: Edition): boolean {
  return !caOnly || generations[generation].hasCaOnly
}

export function latestOf({ versions }: StoredCertificate): StoredVersion {
  return versions.at(-1)!
}

/** @throws Refusal `InvalidCertVersion` */
export function getVersion(certificate: StoredCertificate, number: number | 'latest'): StoredVersion {
  if (number === 'latest') return latestOf(certificate)
  const version = certificate.versions.find(({ version: own }) => own === number)
  if (version === undefined) throw errors.unknownVersion(certificate.id, number)
  return version
}

/** The number that a path names. @throws Refusal `InvalidVersion` */
export function readVersionText(text: string, knowsLatest: boolean): number | 'latest' {
  if (knowsLatest && text === 'latest') return text
  const number = /^[1-9]\d*$/.test(text) ? Number(text) : 0
  if (number < 1 || number > 2_147_483_647) throw errors.invalidVersionNumber(knowsLatest)
  return number
}
