import type { CdnProClient } from '@certtwin/core'
import type { Certificate } from '@certtwin/core/cdnpro'

/** A certificate version as a person sees it. */
export interface VersionView {
  readonly certificateId: string
  readonly certificateName: string
  readonly version: number
  readonly serialNumber: string
  readonly dnsNames: readonly string[]
  readonly expirationTime: string
  /** Whole days; below zero once it has expired. */
  readonly expiresInDays: number
  readonly inStaging: boolean
  readonly inProduction: boolean
}

const dayMs = 24 * 3600 * 1000

/** Versions with how many certificates they are from, and how many there are in all. */
export interface VersionList {
  readonly versions: readonly VersionView[]
  readonly certificates: { readonly shown: number; readonly count: number }
}

/** Every version costs a request, of which the vendor gives 300 in five minutes. */
const [mostCertificates, mostVersions] = [12, 3]

/** The latest versions of the certificates that were changed last, and those that are live; the newest version of each first. */
export async function listVersions(cdnpro: CdnProClient, nowMs: number): Promise<VersionList> {
  const { certificates: entries, count } = await cdnpro.certificates.page({ pageSize: mostCertificates })
  const certificates = await Promise.all(entries.map(({ certificateId }) => cdnpro.certificates.get(certificateId)))
  const views = await Promise.all(certificates.map((certificate) => describeVersions(cdnpro, certificate, nowMs)))
  return { versions: views.flat(), certificates: { shown: entries.length, count } }
}

async function describeVersions(cdnpro: CdnProClient, certificate: Certificate, nowMs: number): Promise<VersionView[]> {
  const { versions, versionInStaging, versionInProduction } = certificate
  const latest = versions.map(({ version }) => version).toSorted((a, b) => b - a)
  const shown = latest.filter(
    (number, index) => index < mostVersions || number === versionInStaging || number === versionInProduction,
  )
  return Promise.all(shown.map((number) => describeVersion(cdnpro, certificate, number, nowMs)))
}

async function describeVersion(
  cdnpro: CdnProClient,
  { certificateId, name }: Certificate,
  number: number,
  nowMs: number,
): Promise<VersionView> {
  const version = await cdnpro.versions.get(certificateId, number)
  const { serialNumber = '', expirationTime = '', subjectAlternativeNames: dnsNames = [] } = version
  return {
    certificateId,
    certificateName: name,
    version: number,
    serialNumber,
    dnsNames,
    expirationTime,
    expiresInDays: Math.floor((Date.parse(expirationTime) - nowMs) / dayMs),
    inStaging: version.inStaging ?? false,
    inProduction: version.inProduction ?? false,
  }
}
