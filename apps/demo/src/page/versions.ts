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

/** All versions of the given certificates, the newest version of each first. */
export async function listVersions(
  cdnpro: CdnProClient,
  certificateIds: readonly string[],
  nowMs: number,
): Promise<VersionView[]> {
  const certificates = await Promise.all(certificateIds.map((id) => cdnpro.certificates.get(id)))
  const views = await Promise.all(certificates.map((certificate) => describeVersions(cdnpro, certificate, nowMs)))
  return views.flat()
}

async function describeVersions(cdnpro: CdnProClient, certificate: Certificate, nowMs: number): Promise<VersionView[]> {
  const numbers = (certificate.versions ?? []).map(({ version }) => version).toSorted((a, b) => b - a)
  return Promise.all(numbers.map((number) => describeVersion(cdnpro, certificate, number, nowMs)))
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
