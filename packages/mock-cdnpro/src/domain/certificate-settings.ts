import type { UpdateCertificate } from '../api.generated.ts'
import type { GenerationName } from '../edition.ts'
import type { Sharing, StoredCertificate } from '../entities.ts'
import { generations } from '../generations.ts'
import * as errors from './certificate-errors.ts'

/** What of a certificate its owner sets, the versions aside. */
export type CertificateSettings = Pick<
  StoredCertificate,
  'name' | 'description' | 'autoRenew' | 'forceRenew' | 'caOnly' | 'sharing'
>

/** What a certificate is unless its maker says otherwise. */
export const defaultSettings: Omit<CertificateSettings, 'name'> = {
  description: '',
  autoRenew: 'Off',
  forceRenew: false,
  caOnly: false,
  sharing: { method: 'none', customerIds: [] },
}

/**
 * The settings after a change, or at the start; what is absent stays as it is.
 *
 * @throws Refusal `InvalidName`, `InvalidAutoRenew`, `InvalidSharingMethod` or `InvalidInput`, in this order (assumed)
 */
export function readSettings(
  input: UpdateCertificate,
  before: Partial<CertificateSettings>,
  generation: GenerationName,
): CertificateSettings {
  const settings = { ...defaultSettings, ...before }
  return {
    name: readName(input.name ?? settings.name),
    description: input.description ?? settings.description,
    autoRenew: input.autoRenew === undefined ? settings.autoRenew : readAutoRenew(input.autoRenew),
    forceRenew: input.forceRenew ?? settings.forceRenew,
    caOnly: input.caOnly ?? settings.caOnly,
    sharing: readSharing(input, settings.sharing, generation),
  }
}

/**
 * Authorities alone are never renewed, and a certificate stays of the kind that it is.
 *
 * @throws Refusal `InvalidUpdate` or `InvalidData`
 */
export function requireKind(settings: CertificateSettings, before: CertificateSettings = settings): void {
  if (settings.caOnly !== before.caOnly) throw errors.caOnlyChanged()
  if (!settings.caOnly) return
  if (settings.autoRenew !== 'Off') throw errors.renewedCaOnly('autoRenew')
  if (settings.forceRenew) throw errors.renewedCaOnly('forceRenew')
}

function readName(name: string | undefined): string {
  if (name === undefined || !/^.{1,250}$/su.test(name)) throw errors.invalidName()
  return name
}

/** @throws Refusal `InvalidAutoRenew` */
export function readAutoRenew(value: string): 'LE' | 'Off' {
  if (value === 'LE') return 'LE'
  if (value.toLowerCase() === 'off') return 'Off'
  throw errors.invalidAutoRenew(value)
}

function readSharing(
  { sharingMethod, shareWith }: UpdateCertificate,
  before: Sharing,
  generation: GenerationName,
): Sharing {
  const method = sharingMethod ?? before.method
  if (method !== 'all' && method !== 'none' && method !== 'some') throw errors.invalidSharing()
  if (method !== 'some') return { method, customerIds: [] }
  const customerIds = shareWith?.map(Number) ?? before.customerIds
  if (customerIds.length === 0 && generations[generation].requiresShareWith) throw errors.sharedWithNobody()
  return { method, customerIds }
}
