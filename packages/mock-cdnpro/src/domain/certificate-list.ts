import { editionOf, type GenerationName } from '../edition.ts'
import { type Environment, environments, type StoredCertificate, type User } from '../entities.ts'
import { invalidField, type Refusal, serviceError } from '../errors.ts'
import { generations } from '../generations.ts'
import { readSortOrder } from '../lists/order.ts'
import { givenParameter, type Page, pageOf } from '../lists/paging.ts'
import type { CdnProWorld } from '../world.ts'
import { readAutoRenew } from './certificate-settings.ts'
import { certificatesOf, latestOf } from './certificates.ts'

/**
 * A page of the customer's certificates; the count is that of all that pass the filters (assumed).
 *
 * @throws Refusal for the first parameter that cannot be read, in the order of the vendor's table
 */
export function listCertificates(
  world: CdnProWorld,
  { customerId }: User,
  query: URLSearchParams,
): Page<StoredCertificate> {
  const edition = editionOf(world)
  const { page, passes, sort } = readQuery(query, edition.generation)
  return page(sort(certificatesOf(world.state, customerId, edition).filter(passes)))
}

/** What a query asks for, once it is read. */
interface Wish {
  readonly page: ReturnType<typeof pageOf<StoredCertificate>>
  readonly passes: (certificate: StoredCertificate) => boolean
  readonly sort: (certificates: readonly StoredCertificate[]) => readonly StoredCertificate[]
}

function readQuery(query: URLSearchParams, generation: GenerationName): Wish {
  const page = pageOf<StoredCertificate>(query)
  const isLive = readTarget(givenParameter(query, 'target'), generation)
  const renewal = givenParameter(query, 'autoRenew')
  const autoRenew = renewal && readAutoRenew(renewal)
  // A parameter of a later generation is one that nobody knows.
  const caOnly = generations[generation].hasCaOnly && readFlag(query, 'caOnly')
  const timeOf = readSortBy(givenParameter(query, 'sortBy') ?? 'lastUpdateTime', caOnly)
  const order = readSortOrder(query)
  const search = query.get('search')?.toLowerCase() ?? ''
  const passes = (certificate: StoredCertificate): boolean =>
    certificate.name.toLowerCase().includes(search) &&
    certificate.caOnly === caOnly &&
    (autoRenew === undefined || certificate.autoRenew === autoRenew) &&
    isLive(certificate)
  return { page, passes, sort: (certificates) => sortByTime(certificates, order, timeOf) }
}

function readTarget(
  target: string | undefined,
  generation: GenerationName,
): (certificate: StoredCertificate) => boolean {
  if (target === undefined) return () => true
  if (target === 'all') return ({ live }) => environments.some((environment) => live[environment] !== undefined)
  const environment = environments.find((name) => name === target)
  if (environment === undefined) throw invalidTarget(generation)
  return ({ live }) => live[environment] !== undefined
}

function readFlag(query: URLSearchParams, name: string): boolean {
  const text = givenParameter(query, name) ?? 'false'
  if (text === 'false') return false
  if (text !== 'true') throw invalidField(name)
  return true
}

type TimeOf = (certificate: StoredCertificate) => number | undefined

const times = {
  creationTime: ({ createdAtMs }: StoredCertificate) => createdAtMs,
  lastUpdateTime: ({ updatedAtMs }: StoredCertificate) => updatedAtMs,
  expirationTime: (certificate: StoredCertificate) => latestOf(certificate).certificate?.expiresAtMs,
  productionExpirationTime: (certificate: StoredCertificate) => expiryIn(certificate, 'production'),
} as const

/** Authorities have no expiry of their own to sort by. */
const timesOfAuthorities: readonly string[] = ['creationTime', 'lastUpdateTime']

function readSortBy(name: string, caOnly: boolean): TimeOf {
  if (!Object.hasOwn(times, name) || (caOnly && !timesOfAuthorities.includes(name))) throw invalidSortBy(caOnly)
  return times[name as keyof typeof times]
}

/** Those without a time come last in both directions, and equals by their id (the latter assumed). */
function sortByTime(
  certificates: readonly StoredCertificate[],
  order: 'asc' | 'desc',
  timeOf: TimeOf,
): readonly StoredCertificate[] {
  const direction = order === 'asc' ? 1 : -1
  return certificates.toSorted((one, other) => {
    const [oneMs, otherMs] = [timeOf(one), timeOf(other)]
    if (oneMs === otherMs) return one.id < other.id ? -1 : 1
    if (oneMs === undefined) return 1
    return otherMs === undefined ? -1 : (oneMs - otherMs) * direction
  })
}

/** When the version expires that is live somewhere. */
export function expiryIn({ live, versions }: StoredCertificate, environment: Environment): number | undefined {
  const version = versions.find((candidate) => candidate.version === live[environment])
  return version?.certificate?.expiresAtMs
}

const targetTexts: Readonly<Record<GenerationName, string>> = {
  '2023': 'Invalid target query parameter. Only "all", "staging", or "production" are allowed.',
  current: "An invalid target was specified. It must be either 'staging', 'production', 'all', or left empty.",
}

const invalidTarget = (generation: GenerationName): Refusal =>
  serviceError(400, 'InvalidTarget', targetTexts[generation])

/** The vendor's first text does not name `productionExpirationTime`, and its second one lacks a quotation mark. */
const invalidSortBy = (caOnly: boolean): Refusal =>
  serviceError(
    400,
    'InvalidSortBy',
    caOnly
      ? "The valid sort by values for this endpoint are 'creationTime', lastUpdateTime' when caOnly=true is specified."
      : "The valid sort by values for this endpoint are 'creationTime', 'lastUpdateTime', 'expirationTime'.",
  )
