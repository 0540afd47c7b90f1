import { type Random, Table } from '@certtwin/mock-kit'
import { builtInCsr, readBuiltInCsr } from './domain/csr.ts'
import { dayOf } from './domain/dates.ts'
import { createIssuance, createPublicId, isIssued } from './domain/issuance.ts'
import { validityOf } from './domain/validity.ts'
import type { Certificate, Duplicate, Issued, OrderStatus, RequestRecord } from './entities.ts'
import { type Product, productOf, products } from './products.ts'
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
    accounts: new Table(accounts.map((account) => [account.id, account])),
    containers: new Table(containers.map((container) => [container.id, container])),
    users: new Table(users.map((user) => [user.id, user])),
    apiKeys: new Table(
      apiKeys.map((key) => [key.apiKey, key]),
      { secret: true },
    ),
    orders: new Table(),
    certificates: new Table([], { groupOf: ({ orderId }) => orderId }),
    requests: new Table(),
    sequences: new Table([
      ['certificates', firstIds.certificates],
      ['requests', firstIds.requests],
    ]),
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
  const today = dayOf(nowMs)
  const wasIssued = status === 'issued' || status === 'reissuePending' || status === 'revoked'
  const primary: Certificate = {
    ...certificateDefaults(mustGet(products, seed.product)),
    id: seed.certificate,
    orderId: id,
    commonName: seed.commonName,
    dnsNames: seed.dnsNames,
    requesterId: administratorOf(state, accountId),
    createdMs,
    status: primaryStatuses[status],
    ...(wasIssued && {
      issuance: createIssuance(random, { validFrom: today - primaryAgeDays, validTill: today + endsInDays }),
    }),
  }
  state.certificates.set(primary.id, primary)
  const order = { id, accountId, containerId, productId: seed.product, status, primaryId: primary.id, lastSubId: 0 }
  state.orders.set(id, order)
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
  const primary = mustGet(state.certificates, order.primaryId)
  const asked: Duplicate = {
    ...copyOf(primary, productOf(order)),
    id: seed.id,
    serverPlatformId: seed.platform,
    createdMs,
    subId: seed.subId,
    publicId: createPublicId(random),
  }
  const duplicate = seed.isApproved && isIssued(primary) ? issueLater(asked, primary, random, profile) : asked
  state.certificates.set(duplicate.id, duplicate)
  state.orders.set(order.id, { ...order, lastSubId: Math.max(order.lastSubId, seed.subId) })
  plantRequest(state, seed.request, 'duplicate', duplicate, seed.isApproved ? 'approved' : 'pending')
}

/** Unlike a duplicate that somebody asks for, this one is not made before somebody looks: seeds have to be there at once. */
function issueLater(asked: Duplicate, primary: Issued, random: Random, profile: Profile): Duplicate {
  const validity = validityOf(profile, primary.issuance, dayOf(asked.createdMs), asked.validityWish)
  return { ...asked, status: 'issued', issuance: createIssuance(random, validity) }
}

function plantReissue(state: State, { nowMs }: Soil): void {
  const order = mustGet(state.orders, reissue.order)
  const certificate: Certificate = {
    ...copyOf(mustGet(state.certificates, order.primaryId), productOf(order)),
    id: reissue.certificate,
    createdMs: nowMs - reissue.ageDays * dayMs,
  }
  state.certificates.set(certificate.id, certificate)
  plantRequest(state, reissue.request, 'reissue', certificate, 'pending')
}

function plantRevocation(state: State, { nowMs }: Soil): void {
  const { primaryId } = mustGet(state.orders, revocation.order)
  const primary = mustGet(state.certificates, primaryId)
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
  const { id: certificateId, orderId, requesterId } = certificate
  const processing = status === 'pending' ? {} : { processing: { processorId: requesterId, processedMs: createdMs } }
  state.requests.set(id, { id, orderId, type, certificateId, requesterId, createdMs, status, ...processing })
}

type Details = 'csr' | 'spki' | 'keyBits' | 'serverPlatformId' | 'signatureHash' | 'caCertId' | 'validityWish'

function certificateDefaults({ validation }: Product): Pick<Certificate, Details> {
  const { spki, publicKey } = readBuiltInCsr()
  return {
    csr: builtInCsr,
    spki: Buffer.from(spki).toString('base64'),
    keyBits: publicKey.bits,
    serverPlatformId: -1,
    signatureHash: 'sha256',
    caCertId: validation === 'EV' ? '1006' : '1005',
    validityWish: {},
  }
}

/** A certificate like the order's primary one, not issued. */
function copyOf(primary: Certificate, product: Product): Omit<Certificate, 'id' | 'createdMs' | 'issuance'> {
  const { orderId, commonName, dnsNames, requesterId } = primary
  return { ...certificateDefaults(product), orderId, commonName, dnsNames, requesterId, status: 'pending' }
}

function administratorOf({ users: all }: State, accountId: number): number {
  const user = [...all.values()].find((each) => each.accountId === accountId && each.role === 'administrator')
  if (user === undefined) throw new Error(`The seeds have no administrator for account ${accountId}.`)
  return user.id
}
