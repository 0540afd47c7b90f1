import { ControlError } from '@certtwin/mock-kit'
import type { SeedOrder, SeedReissue, SeedRevocation } from '../control.generated.ts'
import { dayOf } from '../domain/dates.ts'
import { createIssuance } from '../domain/issuance.ts'
import { nameProblems, normalizeName } from '../domain/names.ts'
import { usualOptions } from '../domain/options.ts'
import type { Certificate, Order, OrderOptions, OrderStatus, RequestRecord, User } from '../entities.ts'
import { type Product, products } from '../products.ts'
import { mustGet, type State } from '../state.ts'
import { certificateDetails, copyOf, dayMs, plantRequest, removeOrder, type Soil } from './certificates.ts'
import { claimId, requireNamed, requireNoProblem } from './contradiction.ts'

const minuteMs = 60_000

interface Fates {
  readonly primary: Certificate['status']
  readonly request: RequestRecord['status']
}

/** What became of the primary certificate, and of the request for it, by the status of the order. */
const fates: Readonly<Record<OrderStatus, Fates>> = {
  needsApproval: { primary: 'pending', request: 'pending' },
  pending: { primary: 'pending', request: 'approved' },
  processing: { primary: 'pending', request: 'approved' },
  canceled: { primary: 'pending', request: 'approved' },
  rejected: { primary: 'rejected', request: 'rejected' },
  issued: { primary: 'issued', request: 'approved' },
  reissuePending: { primary: 'issued', request: 'approved' },
  revoked: { primary: 'revoked', request: 'approved' },
}

/**
 * Plants an order with its primary certificate and the request that placed it. Those of one list are a minute apart, so
 * that their order can be seen.
 *
 * @throws ControlError when something that it names is missing, or its parts contradict each other
 */
export function plantOrder(state: State, soil: Soil, seed: SeedOrder, index: number): void {
  const { id, status = 'issued', reissue, revocation } = seed
  const subject = `Order ${id}`
  const { accountId, id: containerId } = requireNamed(state.containers, seed.container, 'container', subject)
  const product = requireProduct(seed.product, subject)
  requireFittingParts(seed, status)
  removeOrder(state, id)
  const requesterId = administratorOf(state, accountId)
  const primary = createPrimary(state, soil, { seed, product, index, requesterId })
  state.certificates.set(primary.id, primary)
  state.orders.set(id, {
    id,
    accountId,
    containerId,
    productId: product.nameId,
    status,
    statusChangedMs: timeOfStatus(soil, seed, primary),
    primaryId: primary.id,
    lastSubId: 0,
    requesterId,
    createdMs: primary.createdMs,
    ...organizationMember(state, accountId, product),
    validity: { years: seed.validityYears ?? 1 },
    ...(primary.issuance && { validTill: primary.issuance.validTill }),
    ...(seed.renewedOrder !== undefined && { renewedOrderId: seed.renewedOrder }),
    options: optionsOf(seed, mustGet(state.users, requesterId)),
  })
  plantRequest(state, seed.request, 'newRequest', primary, fates[status].request, pickComments(seed))
  if (status === 'reissuePending') plantReissue(state, soil, { primary, product, reissue })
  if (revocation !== undefined) plantRevocation(state, soil, primary, revocation)
}

/** The user that acts for an account when nobody is named. @throws ControlError when there is none */
export function administratorOf({ users }: State, accountId: number): number {
  const user = [...users.values()].find((each) => each.accountId === accountId && each.role === 'administrator')
  if (user === undefined)
    throw new ControlError(`Account ${accountId} has no administrator to act for it: add a user with that role.`)
  return user.id
}

/** When something happened to an order. @throws ControlError when that was before the order was placed */
export function timeOnOrder({ nowMs }: Soil, primary: Certificate, ageDays: number, subject: string): number {
  const createdMs = nowMs - ageDays * dayMs
  if (createdMs >= primary.createdMs) return createdMs
  throw new ControlError(`${subject} is older than order ${primary.orderId}: lower its ageDays.`)
}

function requireProduct(nameId: string, subject: string): Product {
  const product = products.get(nameId)
  if (product !== undefined) return product
  const known = [...products.keys()].join(', ')
  throw new ControlError(
    `${subject} is of the product ${JSON.stringify(nameId)}, which is unknown: choose from ${known}.`,
  )
}

function requireFittingParts({ id, reissue, revocation }: SeedOrder, status: OrderStatus): void {
  if (reissue !== undefined && status !== 'reissuePending')
    throw new ControlError(`Order ${id} has a reissue: give it the status reissuePending, or leave the reissue out.`)
  if (revocation !== undefined && status !== 'revoked')
    throw new ControlError(`Order ${id} has a revocation: give it the status revoked, or leave the revocation out.`)
}

interface PrimarySource {
  readonly seed: SeedOrder
  readonly product: Product
  readonly index: number
  readonly requesterId: number
}

function createPrimary(state: State, { nowMs, random }: Soil, source: PrimarySource): Certificate {
  const { seed, product, index, requesterId } = source
  const { id: orderId, status = 'issued', ageDays = 90, endsInDays = 275 } = seed
  const subject = `Order ${orderId}`
  if (endsInDays < -ageDays)
    throw new ControlError(`${subject} ends before it begins: raise its ageDays or endsInDays.`)
  const { primary: fate } = fates[status]
  const isIssued = fate === 'issued' || fate === 'revoked'
  const today = dayOf(nowMs)
  return {
    ...certificateDetails(product, seed.csr, subject),
    ...readNames(seed, product, subject),
    id: claimId(state, 'certificates', seed.certificate),
    orderId,
    requesterId,
    createdMs: Math.min(nowMs, nowMs - (ageDays + 1) * dayMs + index * minuteMs),
    status: fate,
    ...(isIssued && {
      issuance: createIssuance(
        random,
        { validFrom: today - ageDays, validTill: today + endsInDays },
        nowMs - ageDays * dayMs,
      ),
    }),
    ...(fate === 'revoked' && {
      revocation: { atMs: nowMs - (seed.revocation?.ageDays ?? 0) * dayMs, reason: 'unspecified' },
    }),
  }
}

/** As a caller's names are read. */
function readNames(
  { commonName, dnsNames = [] }: SeedOrder,
  product: Product,
  subject: string,
): Pick<Certificate, 'commonName' | 'dnsNames'> {
  const names = {
    commonName: product.isCodeSigning ? commonName.trim() : normalizeName(commonName),
    dnsNames: [...new Set(dnsNames.map(normalizeName))],
  }
  requireNoProblem(nameProblems(product, names, names), subject)
  return names
}

/** Nobody is certified where the domain alone is validated; otherwise the first organization that the account may order for. */
function organizationMember(
  { organizations }: State,
  accountId: number,
  { validation }: Product,
): Pick<Order, 'organizationId'> {
  if (validation === 'DV') return {}
  const organization = [...organizations.values()].find(({ accountIds }) => accountIds.includes(accountId))
  return organization === undefined ? {} : { organizationId: organization.id }
}

function timeOfStatus({ nowMs }: Soil, { status, revocation, reissue }: SeedOrder, primary: Certificate): number {
  if (status === 'revoked') return nowMs - (revocation?.ageDays ?? 0) * dayMs
  if (status === 'reissuePending') return nowMs - (reissue?.ageDays ?? 0) * dayMs
  return primary.issuance?.issuedMs ?? primary.createdMs
}

function optionsOf({ organizationUnits = [], customFields = [] }: SeedOrder, user: User): OrderOptions {
  const { firstName, lastName, email, jobTitle } = user
  const technicalContact = { firstName, lastName, email, jobTitle, telephone: '555-0100' }
  const organizationContact = { ...technicalContact, telephoneExtension: '10' }
  return { ...usualOptions, organizationUnits, customFields, organizationContact, technicalContact }
}

function pickComments({ comments }: SeedOrder): Pick<RequestRecord, 'comments'> {
  return comments === undefined ? {} : { comments }
}

interface ReissueSource {
  readonly primary: Certificate
  readonly product: Product
  readonly reissue: SeedReissue | undefined
}

function plantReissue(state: State, soil: Soil, { primary, product, reissue = {} }: ReissueSource): void {
  const subject = `The reissue of order ${primary.orderId}`
  const certificate: Certificate = {
    ...copyOf(primary, certificateDetails(product, undefined, subject)),
    id: claimId(state, 'certificates', reissue.certificate),
    createdMs: timeOnOrder(soil, primary, reissue.ageDays ?? 0, subject),
  }
  state.certificates.set(certificate.id, certificate)
  plantRequest(state, reissue.request, 'reissue', certificate, 'pending')
}

function plantRevocation(state: State, soil: Soil, primary: Certificate, seed: SeedRevocation): void {
  const createdMs = timeOnOrder(soil, primary, seed.ageDays ?? 0, `The revocation of order ${primary.orderId}`)
  plantRequest(state, seed.request, 'revoke', primary, 'approved', { createdMs })
}
