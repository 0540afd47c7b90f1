import type { Random } from '@certtwin/mock-kit'
import { builtInCsr, readBuiltInCsr } from './domain/csr.ts'
import { dayOf } from './domain/dates.ts'
import { createIssuance, createPublicId } from './domain/issuance.ts'
import { validityOf } from './domain/validity.ts'
import type { Certificate, Duplicate, Order, OrderStatus, RequestRecord } from './entities.ts'
import { type Product, products } from './products.ts'
import type { Profile } from './profiles.ts'
import {
  accounts,
  apiKeys,
  containers,
  duplicates,
  type DuplicateSeed,
  firstIds,
  type OrderSeed,
  orders,
  reissue,
  revocation,
  users,
} from './seeds.ts'
import { mustGet, type State } from './state.ts'

/** What the seeds' dates and serial numbers come from. */
interface Soil {
  readonly nowMs: number
  readonly random: Random
  readonly profile: Profile
}

const dayMs = 86_400_000
const minuteMs = 60_000
/** Primary certificates begin this many days ago, a day after their orders. */
const primaryAgeDays = 90

/** A new state with the seed data; its dates are counted from now, so that orders stay valid. */
export function createSeededState(soil: Soil): State {
  const state: State = {
    accounts: new Map(accounts.map((account) => [account.id, account])),
    containers: new Map(containers.map((container) => [container.id, container])),
    users: new Map(users.map((user) => [user.id, user])),
    apiKeys: new Map(apiKeys.map((key) => [key.apiKey, key])),
    orders: new Map(),
    certificates: new Map(),
    requests: new Map(),
    certificateIds: { next: firstIds.certificates.next, reserved: new Map(firstIds.certificates.reserved) },
    requestIds: { next: firstIds.requests.next, reserved: new Map(firstIds.requests.reserved) },
  }
  orders.forEach((seed, index) => {
    plantOrder(state, soil, seed, soil.nowMs - (primaryAgeDays + 1) * dayMs + index * minuteMs)
  })
  for (const seed of duplicates) plantDuplicate(state, soil, seed)
  plantReissue(state, soil)
  plantRevocation(state, soil)
  return state
}

function plantOrder(state: State, { nowMs, random }: Soil, seed: OrderSeed, createdMs: number): void {
  const { id, status, container: containerId, endsInDays = 275 } = seed
  const { accountId } = mustGet(state.containers, containerId)
  const product = mustGet(products, seed.product)
  const today = dayOf(nowMs)
  const isIssued = status === 'issued' || status === 'reissuePending' || status === 'revoked'
  const primary: Certificate = {
    ...certificateDefaults(product),
    id: seed.certificate,
    orderId: id,
    commonName: seed.commonName,
    dnsNames: seed.dnsNames,
    requesterId: administratorOf(state, accountId),
    createdMs,
    status: primaryStatuses[status],
    ...(isIssued && {
      issuance: createIssuance(random, { validFrom: today - primaryAgeDays, validTill: today + endsInDays }),
    }),
  }
  state.certificates.set(primary.id, primary)
  state.orders.set(id, { id, accountId, containerId, product, status, primary, duplicates: [] })
  plantRequest(state, seed.request, 'newRequest', primary, requestStatuses[status])
}

const primaryStatuses: Readonly<Record<OrderStatus, Certificate['status']>> = {
  needsApproval: 'pending',
  pending: 'pending',
  canceled: 'pending',
  issued: 'issued',
  reissuePending: 'issued',
  revoked: 'revoked',
  rejected: 'rejected',
}

const requestStatuses: Readonly<Record<OrderStatus, RequestRecord['status']>> = {
  needsApproval: 'pending',
  rejected: 'rejected',
  pending: 'approved',
  canceled: 'approved',
  issued: 'approved',
  reissuePending: 'approved',
  revoked: 'approved',
}

function plantDuplicate(state: State, { nowMs, random, profile }: Soil, seed: DuplicateSeed): void {
  const order = mustGet(state.orders, seed.order)
  const createdMs = nowMs - seed.ageDays * dayMs
  const original = order.primary.issuance
  const duplicate: Duplicate = {
    ...copyOfPrimary(order),
    id: seed.id,
    serverPlatformId: seed.platform,
    createdMs,
    subId: seed.subId,
    publicId: createPublicId(random),
  }
  if (seed.isApproved && original !== undefined) {
    duplicate.issuance = createIssuance(random, validityOf(profile, original, dayOf(createdMs), duplicate.validityWish))
    duplicate.status = 'issued'
  }
  state.certificates.set(duplicate.id, duplicate)
  order.duplicates.push(duplicate)
  plantRequest(state, seed.request, 'duplicate', duplicate, seed.isApproved ? 'approved' : 'pending')
}

function plantReissue(state: State, { nowMs }: Soil): void {
  const order = mustGet(state.orders, reissue.order)
  const certificate: Certificate = {
    ...copyOfPrimary(order),
    id: reissue.certificate,
    createdMs: nowMs - reissue.ageDays * dayMs,
  }
  state.certificates.set(certificate.id, certificate)
  plantRequest(state, reissue.request, 'reissue', certificate, 'pending')
}

function plantRevocation(state: State, { nowMs }: Soil): void {
  const { primary } = mustGet(state.orders, revocation.order)
  plantRequest(state, revocation.request, 'revoke', primary, 'approved', nowMs - revocation.ageDays * dayMs)
}

function plantRequest(
  state: State,
  id: number,
  type: RequestRecord['type'],
  certificate: Certificate,
  status: RequestRecord['status'],
  createdMs: number = certificate.createdMs,
): void {
  const { orderId, requesterId } = certificate
  const processing = status === 'pending' ? {} : { processing: { processorId: requesterId, processedMs: createdMs } }
  state.requests.set(id, { id, orderId, type, certificate, requesterId, createdMs, status, ...processing })
}

type Details = 'csr' | 'spki' | 'keyBits' | 'serverPlatformId' | 'signatureHash' | 'caCertId' | 'validityWish'

function certificateDefaults({ validation }: Product): Pick<Certificate, Details> {
  const { spki, publicKey } = readBuiltInCsr()
  return {
    csr: builtInCsr,
    spki,
    keyBits: publicKey.bits,
    serverPlatformId: -1,
    signatureHash: 'sha256',
    caCertId: validation === 'EV' ? '1006' : '1005',
    validityWish: {},
  }
}

/** A certificate like the order's primary one, not issued. */
function copyOfPrimary({ product, primary }: Order): Omit<Certificate, 'id' | 'createdMs' | 'issuance'> {
  const { orderId, commonName, dnsNames, requesterId } = primary
  return { ...certificateDefaults(product), orderId, commonName, dnsNames, requesterId, status: 'pending' }
}

function administratorOf({ users: all }: State, accountId: number): number {
  const user = [...all.values()].find((each) => each.accountId === accountId && each.role === 'administrator')
  if (user === undefined) throw new Error(`The seeds have no administrator for account ${accountId}.`)
  return user.id
}
