import type { DigicertClient } from '@certtwin/core'
import type { DuplicateEntry, Order } from '@certtwin/core/digicert'

/** A certificate on an order as a person sees it. */
export interface OrderCertificateView {
  readonly id: number
  /** `primary`, or the place of a duplicate, for instance `001`. */
  readonly place: string
  readonly status: string
  readonly names: readonly string[]
  /** The last day, as YYYY-MM-DD; undefined while it is not issued. */
  readonly validTill: string | undefined
  readonly serialNumber: string | undefined
}

/** An order with its certificates: the primary one, then its duplicates, the newest first. */
export interface OrderView {
  readonly id: number
  readonly status: string
  readonly product: string
  readonly organization: string | undefined
  readonly certificates: readonly OrderCertificateView[]
}

/** @throws CerttwinError `not_found` */
export async function describeOrder(digicert: DigicertClient, orderId: number): Promise<OrderView> {
  const [order, duplicates] = await Promise.all([digicert.orders.get(orderId), digicert.duplicates.list(orderId)])
  const { id, status, product, organization } = order
  return {
    id,
    status,
    product: product.name ?? product.name_id,
    organization: organization?.name,
    certificates: [describePrimary(order), ...duplicates.map(describeDuplicate)],
  }
}

function describePrimary({ certificate, status }: Order): OrderCertificateView {
  const { id = 0, common_name, dns_names = [], valid_till, serial_number } = certificate
  return {
    id,
    place: 'primary',
    status: primaryStatus(status, valid_till !== undefined),
    names: namesOf(common_name, dns_names),
    validTill: valid_till,
    serialNumber: serial_number,
  }
}

/** An order can wait for something else while its certificate is in use; one that has ended has no certificate in use. */
function primaryStatus(status: string, hasCertificate: boolean): string {
  return hasCertificate && !['revoked', 'expired'].includes(status) ? 'issued' : status
}

function describeDuplicate(duplicate: DuplicateEntry): OrderCertificateView {
  const { id, sub_id = '', status, common_name, dns_names = [], valid_till, serial_number } = duplicate
  return {
    id,
    place: sub_id,
    status,
    names: namesOf(common_name, dns_names),
    validTill: valid_till,
    serialNumber: serial_number,
  }
}

function namesOf(commonName: string, dnsNames: readonly string[]): string[] {
  return [...new Set([commonName, ...dnsNames])]
}
