import type {
  DeployedProperty,
  HostnameUse,
  PropertyVersion as PropertyVersionOnWire,
  Validation,
} from '../api.generated.ts'
import { certificateIdOf, liveVersionOf } from '../domain/properties.ts'
import type { Edition } from '../edition.ts'
import type { Environment, PropertyVersion, StoredProperty, StoredValidation } from '../entities.ts'
import { nativeOnly, type View } from './wire.ts'

export function toPropertyVersionView(
  { id }: StoredProperty,
  version: number,
  { configs }: PropertyVersion,
): View<PropertyVersionOnWire> {
  return { propertyId: id, version, configs }
}

/** What nobody serves is null here, against the vendor's habit of leaving it out. */
export function toHostnameView(
  hostname: string,
  serving: Readonly<Record<Environment, StoredProperty | undefined>>,
  edition: Edition,
): View<HostnameUse> {
  const { production, staging } = serving
  return {
    hostname,
    propertyInProduction: production ? toDeployedView(production, 'production', edition) : null,
    propertyInStaging: staging ? toDeployedView(staging, 'staging', edition) : null,
  }
}

function toDeployedView(property: StoredProperty, target: Environment, edition: Edition): DeployedProperty {
  const view: View<DeployedProperty> = {
    propertyId: property.id,
    version: property.live[target],
    certificateId: certificateIdOf(liveVersionOf(property, target)!),
    customerId: nativeOnly(property.customerId, edition),
  }
  return view as DeployedProperty
}

/** With `in progress` as two words in both generations, as the one client that is known reads it. */
export function toValidationView(validation: StoredValidation): View<Validation> {
  const { id, propertyId, version, life } = validation
  const status = life.state === 'in-progress' ? 'in progress' : life.state
  return { id, propertyId, version, status, statusDetails: statusDetails(validation) }
}

function statusDetails({ life, missingCertificateId }: StoredValidation): string | undefined {
  if (life.state === 'succeeded') return 'Validation has successfully finished'
  return life.state === 'failed' ? `Validation failed: there is no certificate ${missingCertificateId}` : undefined
}
