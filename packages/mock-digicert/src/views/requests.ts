// Requests, and the people who made and decided them.
import type {
  ApprovalRequest,
  ApprovalRequestEntry,
  ApprovalRequestList,
  Page,
  RequestedCertificate,
  RequestedOrder,
  RequestedOrganization,
  RequestedProduct,
  RevocationResponse,
} from '../api.generated.ts'
import { formatTime } from '../domain/dates.ts'
import { type ListedRequest, toListed } from '../domain/request-lists.ts'
import type { Order, Organization, RequestRecord } from '../entities.ts'
import { caCertNameOf } from '../intermediates.ts'
import { type Product, productOf } from '../products.ts'
import { mustGet, type State } from '../state.ts'
import { organizationOf, toOrderProduct } from './orders.ts'
import { toPersonView } from './people.ts'
import { toServerPlatformView } from './server-platforms.ts'
import { toWireWord } from './words.ts'

/** The answer to a revocation that waits for an approval. */
export function toRevocationResponse(state: State, request: RequestRecord): RevocationResponse {
  const { id, createdMs, type, status, requesterId, comments } = request
  return {
    id,
    date: formatTime(createdMs),
    type: toWireWord(type),
    status,
    requester: toPersonView(state, requesterId),
    ...(comments !== undefined && { comments }),
  }
}

/** An empty list has no `requests` (assumed). */
export function toRequestListView(state: State, requests: readonly ListedRequest[], page: Page): ApprovalRequestList {
  return { ...(requests.length > 0 && { requests: requests.map((listed) => toRequestEntry(state, listed)) }), page }
}

function toRequestEntry(state: State, { request, order, certificate, requester }: ListedRequest): ApprovalRequestEntry {
  const { id, createdMs, type, status, processing } = request
  const organization = organizationOf(state, order)
  const product = productOf(order)
  return {
    id,
    date: formatTime(createdMs),
    type: toWireWord(type),
    status,
    requester: toPersonView(state, requester.id),
    ...(processing && { processor: toPersonView(state, processing.processorId) }),
    order: {
      id: order.id,
      certificate: { common_name: certificate.commonName },
      ...(organization && { organization: { id: organization.id, name: organization.name } }),
      container: toContainerName(state, order),
      product: { name_id: product.nameId, name: product.name, type: product.type },
    },
  }
}

/** The members stand in the order of the vendor's sample; those of the decision come with it. */
export function toRequestView(state: State, request: RequestRecord): ApprovalRequest {
  const { processing, comments } = request
  const processor = processing && toPersonView(state, processing.processorId)
  return {
    id: request.id,
    date: formatTime(request.createdMs),
    ...(processing && { date_processed: formatTime(processing.processedMs) }),
    type: toWireWord(request.type),
    status: request.status,
    requester: toPersonView(state, request.requesterId),
    ...(processor && { reviewer: processor, processor }),
    order: toRequestedOrder(state, toListed(state, request)),
    ...(comments !== undefined && { comments }),
    ...(processing?.comment !== undefined && { processor_comment: processing.comment }),
  }
}

/** The order as it was then. What a request is about never changes; of the order, only the status does. */
function toRequestedOrder(state: State, listed: ListedRequest): RequestedOrder {
  const { request, order } = listed
  const { options, validity } = order
  const organization = organizationOf(state, order)
  const { id, createdMs, type, status } = request
  return {
    id: order.id,
    certificate: toRequestedCertificate(listed),
    status: toWireWord(request.orderStatus),
    is_renewal: order.renewedOrderId !== undefined,
    date_created: formatTime(order.createdMs),
    ...(organization && { organization: toRequestedOrganization(organization) }),
    ...(validity.years !== undefined && { validity_years: validity.years }),
    disable_renewal_notifications: options.disableRenewalNotifications,
    auto_renew: options.autoRenew ? 1 : 0,
    container: toContainerName(state, order),
    product: toRequestedProduct(productOf(order)),
    requests: [{ id, date: formatTime(createdMs), type: toWireWord(type), status }],
  }
}

/** What issuing gives is not there yet, but for what is to be revoked, which has to be told from others (assumed). */
function toRequestedCertificate({ request, order, certificate }: ListedRequest): RequestedCertificate {
  const { organizationId, options } = order
  const { issuance, dnsNames } = certificate
  return {
    ...(request.type === 'revoke' && issuance && { id: certificate.id, serial_number: issuance.serialNumber }),
    common_name: certificate.commonName,
    ...(dnsNames.length > 0 && { dns_names: [...dnsNames] }),
    date_created: formatTime(certificate.createdMs),
    csr: certificate.csr,
    ...(organizationId !== undefined && { organization: { id: organizationId } }),
    ...(options.organizationUnits.length > 0 && { organization_units: [...options.organizationUnits] }),
    server_platform: toServerPlatformView(certificate.serverPlatformId),
    signature_hash: certificate.signatureHash,
    key_size: certificate.keyBits,
    ca_cert: { id: certificate.caCertId, name: caCertNameOf(certificate.caCertId) },
  }
}

function toRequestedOrganization({ id, name, city, state, country }: Organization): RequestedOrganization {
  return { id, name, city, state, country }
}

function toRequestedProduct(product: Product): RequestedProduct {
  const { csr_required: _, ...view } = toOrderProduct(product)
  return view
}

function toContainerName({ containers }: State, { containerId }: Order): { id: number; name: string } {
  const { id, name } = mustGet(containers, containerId)
  return { id, name }
}
