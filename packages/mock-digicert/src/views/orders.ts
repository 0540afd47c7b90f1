import type {
  Contact as ContactView,
  CustomField as CustomFieldView,
  Order as OrderView,
  OrderCertificate,
  OrderOrganization,
  OrderProduct,
  OrderRequest,
} from '../api.generated.ts'
import { dayOf, formatDay, formatTime } from '../domain/dates.ts'
import { chainOf, isIssued, thumbprintOf } from '../domain/issuance.ts'
import { allNames } from '../domain/names.ts'
import { renewedOrders } from '../domain/orders.ts'
import { orderStateOf } from '../domain/order-life.ts'
import type { Certificate, Contact, CustomField, Order, Organization, RequestRecord } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { caCertNameOf } from '../intermediates.ts'
import { newestFirst } from '../lists/order.ts'
import { type Product, productOf } from '../products.ts'
import { profileOf } from '../profiles.ts'
import { mustGet, requestsOf, type State } from '../state.ts'
import { displayNameOf } from './accounts.ts'
import { orderValidityMembers } from './order-validity.ts'
import { toPersonView } from './people.ts'
import { toServerPlatformView } from './server-platforms.ts'
import { toWireWord } from './words.ts'

/** What somebody asks for beside the order itself. */
export interface OrderViewOptions {
  readonly includesCaaStatus: boolean
}

/** The members stand in the order of the vendor's sample. */
export function toOrderView(world: DigicertWorld, order: Order, { includesCaaStatus }: OrderViewOptions): OrderView {
  const { state } = world
  const primary = mustGet(state.certificates, order.primaryId)
  const user = mustGet(state.users, order.requesterId)
  const organization = organizationOf(state, order)
  const container = mustGet(state.containers, order.containerId)
  const product = productOf(order)
  const orderState = orderStateOf(world, order)
  const { options } = order
  return {
    id: order.id,
    certificate: toOrderCertificate(world, order, primary),
    status: toWireWord(orderState),
    is_renewal: order.renewedOrderId !== undefined,
    is_renewed: renewedOrders(state).has(order.id),
    date_created: formatTime(order.createdMs),
    ...(organization && { organization: toOrderOrganization(organization) }),
    ...(order.validity.years !== undefined && { validity_years: order.validity.years }),
    disable_renewal_notifications: options.disableRenewalNotifications,
    auto_renew: options.autoRenew ? 1 : 0,
    auto_reissue: 0,
    container: { id: container.id, name: container.name, is_active: true },
    product: toOrderProduct(product),
    ...(organization && { organization_contact: toContactView(options.organizationContact ?? user) }),
    technical_contact: toContactView(options.technicalContact ?? user),
    user: toPersonView(state, user.id),
    purchased_dns_names: allNames(primary).length,
    requests: requestsOf(state, order.id).toSorted(newestFirst).map(toOrderRequest),
    is_out_of_contract: false,
    payment_method: options.paymentMethod,
    product_name_id: product.nameId,
    ...(options.customFields.length > 0 && {
      custom_fields: options.customFields.map((field) => toCustomFieldView(state, field)),
    }),
    ...(options.additionalEmails.length > 0 && { additional_emails: [...options.additionalEmails] }),
    ...(options.alternativeOrderId !== undefined && { alternative_order_id: options.alternativeOrderId }),
    disable_issuance_email: false,
    allow_duplicates: product.allowsDuplicates && orderState === 'issued',
    ...(includesCaaStatus && orderState === 'pending' && { caa_status_message: caaStatusOf(primary) }),
    ...(profileOf(world).readsLaterMembers && orderValidityMembers(order, primary)),
  }
}

/** Nobody, where the domain alone is validated. */
export function organizationOf({ organizations }: State, { organizationId }: Order): Organization | undefined {
  return organizationId === undefined ? undefined : mustGet(organizations, organizationId)
}

/** The names that no CAA record was looked up for yet (documented text). */
function caaStatusOf(primary: Certificate): Record<string, string> {
  return Object.fromEntries(allNames(primary).map((name) => [name, 'CAA check is not called yet']))
}

function toOrderCertificate(world: DigicertWorld, order: Order, certificate: Certificate): OrderCertificate {
  const { issuance, dnsNames } = certificate
  const { organizationUnits } = order.options
  return {
    ...(isIssued(certificate) && { id: certificate.id, thumbprint: thumbprintOf(chainOf(world, certificate)) }),
    ...(issuance && { serial_number: issuance.serialNumber }),
    common_name: certificate.commonName,
    ...(dnsNames.length > 0 && { dns_names: [...dnsNames] }),
    date_created: formatTime(certificate.createdMs),
    ...(issuance && {
      date_issued: formatTime(issuance.issuedMs),
      valid_from: formatDay(issuance.validFrom),
      valid_till: formatDay(issuance.validTill),
      days_remaining: Math.max(0, issuance.validTill - dayOf(world.clock.now())),
    }),
    csr: certificate.csr,
    ...(order.organizationId !== undefined && { organization: { id: order.organizationId } }),
    ...(organizationUnits.length > 0 && { organization_units: [...organizationUnits] }),
    server_platform: toServerPlatformView(certificate.serverPlatformId),
    signature_hash: certificate.signatureHash,
    key_size: certificate.keyBits,
    ca_cert: { id: certificate.caCertId, name: caCertNameOf(certificate.caCertId) },
    user_id: certificate.requesterId,
  }
}

function toOrderOrganization(organization: Organization): OrderOrganization {
  const { id, name, assumedName, city, state, country } = organization
  return {
    id,
    name,
    ...(assumedName !== undefined && { assumed_name: assumedName }),
    display_name: displayNameOf(organization),
    city,
    state,
    country,
  }
}

const validationDescriptions: Readonly<Record<Product['validation'], string>> = {
  DV: 'Domain Validation',
  OV: 'Normal Organization Validation',
  EV: 'Extended Organization Validation',
}

/** The validation is in lower case here, unlike where products are listed (documented). */
export function toOrderProduct(product: Product): OrderProduct {
  return {
    name_id: product.nameId,
    name: product.name,
    type: product.type,
    validation_type: product.validation.toLowerCase(),
    validation_name: product.validation,
    validation_description: validationDescriptions[product.validation],
    csr_required: true,
  }
}

function toContactView({ firstName, lastName, email, jobTitle, telephone, telephoneExtension }: Contact): ContactView {
  return {
    first_name: firstName,
    last_name: lastName,
    email,
    ...(jobTitle !== undefined && { job_title: jobTitle }),
    ...(telephone !== undefined && { telephone }),
    ...(telephoneExtension !== undefined && { telephone_extension: telephoneExtension }),
  }
}

/** A request, as its order shows it. */
export function toOrderRequest({ id, createdMs, type, status, comments }: RequestRecord): OrderRequest {
  return {
    id,
    date: formatTime(createdMs),
    type: toWireWord(type),
    status,
    ...(comments !== undefined && { comments }),
  }
}

function toCustomFieldView({ metadata }: State, { metadataId, value }: CustomField): CustomFieldView {
  const label = metadata.get(metadataId)?.label
  return { metadata_id: metadataId, ...(label !== undefined && { label }), value }
}
