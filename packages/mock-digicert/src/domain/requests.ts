import type { Certificate, Order, RequestRecord } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { refuse } from '../errors.ts'
import { mustGet, type State } from '../state.ts'
import { type Caller, mayApprove } from './callers.ts'
import { dayOf } from './dates.ts'
import { issueDuplicate } from './duplicates.ts'
import { createIssuance, issue } from './issuance.ts'
import { parseId, requireIssued } from './orders.ts'

export interface StatusUpdate {
  /** As the caller wrote it. */
  readonly status: string
  readonly comment: string | undefined
}

interface Effects {
  approve(world: DigicertWorld, order: Order, certificate: Certificate): void
  reject(state: State, order: Order, certificate: Certificate): void
}

const primaryDays = 365

/**
 * What a decision does to the order and its certificates; a revocation never waits for one, since nothing asks for it. What
 * can fail comes before the first change here too.
 */
const effects: Readonly<Partial<Record<RequestRecord['type'], Effects>>> = {
  duplicate: {
    approve(world, order, certificate) {
      const original = requireIssued(world, order)
      if (!isValidated(world, order)) return
      world.state.certificates.set(certificate.id, issueDuplicate(world, certificate, original))
    },
    reject: ({ certificates }, _, certificate) => rejectCertificate(certificates, certificate),
  },
  newRequest: {
    approve(world, order, certificate) {
      if (isValidated(world, order)) issuePrimary(world, order, certificate)
      else world.state.orders.set(order.id, { ...order, status: 'pending' })
    },
    reject({ certificates, orders }, order, certificate) {
      rejectCertificate(certificates, certificate)
      orders.set(order.id, { ...order, status: 'rejected' })
    },
  },
  reissue: {
    approve(world, order, certificate) {
      if (isValidated(world, order)) issuePrimary(world, order, certificate)
    },
    reject({ certificates, orders }, order, certificate) {
      rejectCertificate(certificates, certificate)
      orders.set(order.id, { ...order, status: 'issued' })
    },
  },
}

/** @throws Refusal `not_found|request` for an unknown request and for one of another account alike. */
export function findRequest(state: State, { account }: Caller, pathValue: string): RequestRecord {
  const request = state.requests.get(parseId(pathValue) ?? 0)
  if (request === undefined) throw refuse('request-unknown')
  if (mustGet(state.orders, request.orderId).accountId !== account.id) throw refuse('request-of-other-account')
  return request
}

/** @throws Refusal `access_denied|invalid_approver` when the caller may not decide on requests. */
export function requireApprover(caller: Caller): void {
  if (!mayApprove(caller)) throw refuse('approver-invalid')
}

/**
 * Approves or rejects a request. The status that it already has is no change.
 *
 * @throws Refusal when the request is decided, the status is none to set, or the order forbids a duplicate by now; nothing is
 * changed then.
 */
export function updateRequestStatus(
  world: DigicertWorld,
  { user }: Pick<Caller, 'user'>,
  request: RequestRecord,
  update: StatusUpdate,
): void {
  const status = readStatus(update.status)
  if (status === request.status) return
  if (request.status !== 'pending') throw refuse('request-already-processed')
  if (status !== 'approved' && status !== 'rejected') throw refuse('param-invalid', 'status')
  const { state, clock } = world
  const order = mustGet(state.orders, request.orderId)
  const certificate = mustGet(state.certificates, request.certificateId)
  if (status === 'approved') approve(world, request)
  else effects[request.type]?.reject(state, order, certificate)
  const comment = update.comment === undefined ? {} : { comment: update.comment }
  const processing = { processorId: user.id, processedMs: clock.now(), ...comment }
  state.requests.set(request.id, { ...request, status, processing })
}

/** Issues what an approved request asks for, unless it has to wait. @throws Refusal when the order forbids it by now */
export function approve(world: DigicertWorld, { type, orderId, certificateId }: RequestRecord): void {
  const { orders, certificates } = world.state
  effects[type]?.approve(world, mustGet(orders, orderId), mustGet(certificates, certificateId))
}

/** @throws Refusal `invalid_param:status` for a word that is no status. */
function readStatus(text: string): RequestRecord['status'] | 'submitted' {
  const wanted = text.toLowerCase().replaceAll('_', '')
  const status = (['submitted', 'pending', 'approved', 'rejected'] as const).find((name) => name === wanted)
  if (status === undefined) throw refuse('param-invalid', 'status')
  return status
}

function isValidated({ state }: DigicertWorld, { containerId }: Order): boolean {
  return mustGet(state.containers, containerId).isValidated
}

function issuePrimary(world: DigicertWorld, order: Order, certificate: Certificate): void {
  const { clock, random, state } = world
  const today = dayOf(clock.now())
  const issuance = createIssuance(random, { validFrom: today, validTill: today + primaryDays }, clock.now())
  state.certificates.set(certificate.id, issue(world, certificate, issuance))
  state.orders.set(order.id, { ...order, primaryId: certificate.id, status: 'issued' })
}

function rejectCertificate(certificates: State['certificates'], certificate: Certificate): void {
  certificates.set(certificate.id, { ...certificate, status: 'rejected' })
}
