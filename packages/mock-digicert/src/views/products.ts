import type { Product as ProductView, ProductEntry, SignatureHashTypes } from '../api.generated.ts'
import type { Container } from '../entities.ts'
import { caCerts } from '../intermediates.ts'
import type { Product } from '../products.ts'
import type { Profile } from '../profiles.ts'
import { serverPlatforms } from '../server-platforms.ts'
import { toServerPlatformView } from './server-platforms.ts'

/** A product in a list (documented: without what it says of duplicates). */
export function toProductEntry(product: Product, containers: readonly Container[]): ProductEntry {
  return {
    group_name: product.group,
    name_id: product.nameId,
    name: product.name,
    type: product.type,
    allowed_container_ids: containers.map(({ id }) => id),
    allowed_validity_years: [1, 2],
    signature_hash_types: toHashTypes(product),
    csr_required: true,
  }
}

export function toProductView(product: Product, { readsLaterMembers }: Profile): ProductView {
  return {
    group_name: product.group,
    name_id: product.nameId,
    name: product.name,
    type: product.type,
    duplicates_allowed: product.allowsDuplicates,
    allowed_validity_years: [1, 2],
    signature_hash_types: toHashTypes(product),
    additional_dns_names_allowed: product.movesCommonName,
    increased_compatibility_allowed: !product.isCodeSigning,
    custom_expiration_date_allowed: true,
    csr_required: true,
    allow_auto_renew: true,
    server_platforms: serverPlatforms.map(({ id }) => toServerPlatformView(id)),
    license_agreement: 'The certificates of this service are made offline and are worth nothing.',
    ...(readsLaterMembers && {
      validation_type: validationTypeOf(product),
      max_multi_year_order_validity_years: 6,
      allowed_ca_certs: caCerts.map((each) => ({ ...each })),
    }),
  }
}

function validationTypeOf({ validation, isPrivate, isCodeSigning }: Product): string {
  if (isPrivate) return 'Private SSL'
  if (!isCodeSigning) return validation
  return validation === 'EV' ? 'EV CS' : 'CS'
}

/** Code signing has one hash (documented). */
function toHashTypes({ isCodeSigning }: Product): SignatureHashTypes {
  const ids = isCodeSigning ? ['sha256'] : ['sha256', 'sha384', 'sha512']
  return {
    allowed_hash_types: ids.map((id) => ({ id, name: id.toUpperCase().replace('SHA', 'SHA-') })),
    default_hash_type_id: 'sha256',
  }
}
