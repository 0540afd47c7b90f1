import type { Certificate, Issued, Order, RequestRecord } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { refuse } from '../errors.ts'
import { productOf } from '../products.ts'
import { mustGet, type State } from '../state.ts'
import { type Caller, mayApprove } from './callers.ts'
import { rejected } from './certificate-life.ts'
import { issueDuplicate } from './duplicates.ts'
import { type OrderEvent, orderStatusAfter } from './order-life.ts'
import { maySee, parseId, requireIssued, withStatus } from './orders.ts'
import { issuePrimary, withPrimary } from './primaries.ts'
import { issueReissue } from './reissues.ts'
import { eventThatSets, requestAfter } from './request-life.ts'
import { revoke } from './revocations.ts'

export interface StatusUpdate {
  /** As the caller wrote it. */
  readonly status: string
  readonly comment: string | undefined
}

/** A request, with what it is about. */
interface Matter {
  readonly request: RequestRecord
  readonly order: Order
  readonly certificate: Certificate
}

type Effect = (world: DigicertWorld, matter: Matter) => void

interface Effects {
  readonly approve: Effect
  readonly reject: Effect
  /** What was approved and waited for the validation of its container, which is complete now. */
  readonly validate: Effect
}

/** What a decision does to the order and its certificates. What can fail comes before the first change here too. */
const effects: Readonly<Record<RequestRecord['type'], Effects>> = {
  newRequest: primaryEffects(issuePrimary),
  reissue: primaryEffects(issueReissue),
  duplicate: { approve: approveDuplicate, reject: rejectCertificate, validate: approveDuplicate },
  revoke: { approve: approveRevocation, reject: () => {}, validate: () => {} },
}

/** @throws Refusal `not_found|request` for an unknown request and for one that the caller may not see alike. */
export function findRequest({ requests, orders }: State, caller: Caller, pathValue: string): RequestRecord {
  const request = requests.get(parseId(pathValue) ?? 0)
  if (request === undefined) throw refuse('request-unknown')
  const order = mustGet(orders, request.orderId)
  if (order.accountId !== caller.account.id) throw refuse('request-of-other-account')
  if (!maySee(caller, order)) throw refuse('request-of-other-user')
  return request
}

/** @throws Refusal `access_denied|invalid_approver` when the caller may not decide on the request. */
export function requireApprover({ orders }: State, caller: Caller, { orderId }: RequestRecord): void {
  if (!mayApprove(caller, productOf(mustGet(orders, orderId)))) throw refuse('approver-invalid')
}

/**
 * Sets the status of a request, which approves or rejects it. The status that it already has is no change.
 *
 * @throws Refusal when the request is decided, the status is none to set, or the order forbids it by now; nothing is changed
 * then.
 */
export function updateRequestStatus(
  world: DigicertWorld,
  { user }: Pick<Caller, 'user'>,
  request: RequestRecord,
  update: StatusUpdate,
): void {
  const event = eventThatSets(update.status, request.status)
  if (event === undefined) return
  const matter = matterOf(world.state, request)
  if (event === 'approved') effects[request.type].approve(world, matter)
  if (event === 'rejected') effects[request.type].reject(world, matter)
  const comment = update.comment === undefined ? {} : { comment: update.comment }
  const processing = { processorId: user.id, processedMs: world.clock.now(), ...comment }
  world.state.requests.set(request.id, requestAfter(request, event, processing))
}

/** Issues what an approved request asks for and the validation was missing for. @throws Refusal when the order forbids it by now */
export function issueValidated(world: DigicertWorld, request: RequestRecord): void {
  effects[request.type].validate(world, matterOf(world.state, request))
}

function matterOf({ orders, certificates }: State, request: RequestRecord): Matter {
  const order = mustGet(orders, request.orderId)
  return { request, order, certificate: mustGet(certificates, request.certificateId) }
}

/** A certificate that becomes the primary one of its order. */
function primaryEffects(issueIt: (world: DigicertWorld, order: Order, certificate: Certificate) => Issued): Effects {
  const issueAt =
    (event: OrderEvent): Effect =>
    (world, { order, certificate }) => {
      const status = orderStatusAfter(world, order, event)
      const issued = issueIt(world, order, certificate)
      world.state.certificates.set(certificate.id, issued)
      world.state.orders.set(order.id, withPrimary(order, status, issued))
    }
  const changeAt =
    (event: OrderEvent): Effect =>
    (world, { order }) => {
      const status = orderStatusAfter(world, order, event)
      if (status !== order.status) world.state.orders.set(order.id, withStatus(order, status, world.clock.now()))
    }
  return {
    approve: (world, matter) =>
      isValidated(world, matter.order) ? issueAt('approve')(world, matter) : changeAt('approveOnHold')(world, matter),
    reject: (world, matter) => {
      changeAt('reject')(world, matter)
      rejectCertificate(world, matter)
    },
    validate: issueAt('validate'),
  }
}

function approveDuplicate(world: DigicertWorld, { order, certificate }: Matter): void {
  const original = requireIssued(world, order)
  if (!isValidated(world, order)) return
  world.state.certificates.set(certificate.id, issueDuplicate(world, order, certificate, original))
}

function approveRevocation(world: DigicertWorld, { request: { revocation }, order, certificate }: Matter): void {
  const { scope = 'order', reason = 'unspecified' } = revocation ?? {}
  revoke(world, { scope, order, certificate }, reason)
}

function isValidated({ state }: DigicertWorld, { containerId }: Order): boolean {
  return mustGet(state.containers, containerId).isValidated
}

function rejectCertificate({ state: { certificates } }: DigicertWorld, { certificate }: Matter): void {
  certificates.set(certificate.id, rejected(certificate))
}
