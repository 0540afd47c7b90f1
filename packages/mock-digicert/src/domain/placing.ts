import { Table } from '@certtwin/mock-kit'
import type { Certificate, Container, Issued, Order, OrderOptions, OrderStatus, RequestRecord } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import type { Problem } from '../errors.ts'
import type { Product } from '../products.ts'
import { addCertificate, addOrder, addRequest, peekId, type State } from '../state.ts'
import { rootContainerOf } from './accounts.ts'
import { type Caller, needsApproval } from './callers.ts'
import { dayOf } from './dates.ts'
import { nameSyntaxProblems } from './names.ts'
import { findOrder } from './orders.ts'
import { issuePrimary, withPrimary } from './primaries.ts'
import { createRequest } from './request-records.ts'
import { type CertificateWish, specifyCertificate } from './specification.ts'
import { type AskedValidity, orderValidityProblems } from './validity.ts'

/** An order that a caller wants to place, read but not yet judged. */
export interface OrderWish {
  readonly certificate: CertificateWish & { readonly commonName: string; readonly dnsNames: readonly string[] }
  readonly validity: AskedValidity
  readonly organizationId: number | undefined
  readonly containerId: number | undefined
  readonly renewedOrderId: number | undefined
  readonly skipApproval: boolean
  readonly comments: string | undefined
  readonly options: OrderOptions
}

/** A new order with its request and its certificate, which is issued or waits. */
export interface PlacedOrder {
  readonly order: Order
  readonly request: RequestRecord
  readonly certificate: Certificate
}

/**
 * Places an order: it waits for approval, or for validation, or is issued at once.
 *
 * @throws Refusal when a value forbids it, or the order to take over from is unknown; nothing is changed then.
 */
export function placeOrder(world: DigicertWorld, caller: Caller, product: Product, wish: OrderWish): PlacedOrder {
  const { state } = world
  if (wish.renewedOrderId !== undefined) findOrder(state, caller, String(wish.renewedOrderId))
  const container = containerFor(state, caller, wish.containerId)
  const certificate = createCertificate(world, caller, product, wish, container)
  const isPending = needsApproval(caller, container, wish.skipApproval)
  const status = statusOfNew(isPending, container)
  const request = createRequest(world, {
    type: 'newRequest',
    certificate,
    orderStatus: status,
    requesterId: caller.user.id,
    isPending,
    comments: wish.comments,
  })
  const order = createOrder(world, caller, { product, container, certificate, status, wish })
  // Everything that can fail comes before the first change.
  const placed = status === 'issued' ? issueFirst(world, order, certificate) : { order, certificate }
  addOrder(state, placed.order)
  addCertificate(state, placed.certificate)
  addRequest(state, request)
  return { ...placed, request }
}

/** Rows of an order's life that begin with nothing (assumed). */
function statusOfNew(isPending: boolean, { isValidated }: Container): OrderStatus {
  if (isPending) return 'needsApproval'
  return isValidated ? 'issued' : 'pending'
}

/** The container that is named, or the default one of the key, or of the account when the one that is named is not there. */
function containerFor(state: State, caller: Caller, id: number | undefined): Container {
  const container = state.containers.get(id ?? caller.key.containerId ?? 0)
  return container?.accountId === caller.account.id ? container : rootContainerOf(state, caller)
}

/** What an order names and its account does not have. */
function foreignProblems(
  { organizations }: State,
  { account }: Caller,
  { organizationId, containerId }: OrderWish,
  container: Container,
): Problem[] {
  const organization = organizations.get(organizationId ?? 0)
  const isForeign = organizationId !== undefined && !organization?.accountIds.includes(account.id)
  const paths = [
    ...(isForeign ? ['organization.id'] : []),
    ...(containerId !== undefined && containerId !== container.id ? ['container.id'] : []),
  ]
  return paths.map((detail) => ({ reason: 'param-invalid', detail }))
}

/** The certificate as it waits to be issued. @throws Refusal with everything that is wrong with it and with its order */
function createCertificate(
  { clock, state }: DigicertWorld,
  caller: Caller,
  product: Product,
  order: OrderWish,
  container: Container,
): Certificate {
  const { certificate: wish, validity } = order
  const names = { commonName: wish.commonName, dnsNames: wish.dnsNames }
  const judged = {
    names,
    nameProblems: nameSyntaxProblems(product, names),
    validityProblems: orderValidityProblems(validity, wish.validity, dayOf(clock.now())),
    caCertId: product.validation === 'EV' ? '1006' : '1005',
  } as const
  return {
    id: peekId(state, 'certificates'),
    orderId: peekId(state, 'orders'),
    ...specifyCertificate(product, wish, judged, foreignProblems(state, caller, order, container)),
    requesterId: caller.user.id,
    createdMs: clock.now(),
    status: 'pending',
  }
}

interface NewOrder {
  readonly product: Product
  readonly container: Container
  readonly certificate: Certificate
  readonly status: OrderStatus
  readonly wish: OrderWish
}

function createOrder(
  { clock }: DigicertWorld,
  { user }: Caller,
  { product, container, certificate, status, wish }: NewOrder,
): Order {
  const { organizationId, renewedOrderId, validity, options } = wish
  return {
    id: certificate.orderId,
    accountId: container.accountId,
    containerId: container.id,
    productId: product.nameId,
    status,
    statusChangedMs: clock.now(),
    primaryId: certificate.id,
    lastSubId: 0,
    requesterId: user.id,
    createdMs: clock.now(),
    ...(organizationId !== undefined && { organizationId }),
    validity: validity.wish,
    ...(renewedOrderId !== undefined && { renewedOrderId }),
    options,
  }
}

/** A certificate is made for an order that the state has, so it gets a view of the state in which the new one is there. */
function issueFirst(
  world: DigicertWorld,
  order: Order,
  certificate: Certificate,
): { order: Order; certificate: Issued } {
  const sight = { ...world, state: { ...world.state, orders: new Table([[order.id, order]]) } }
  const issued = issuePrimary(sight, order, certificate)
  return { order: withPrimary(order, 'issued', issued), certificate: issued }
}
