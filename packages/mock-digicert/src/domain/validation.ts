import type { Container, OrderStatus, RequestRecord } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { Refusal } from '../errors.ts'
import { mustGet, type State } from '../state.ts'
import { approve } from './requests.ts'

/** The status that an order has while something approved on it waits for validation. A revocation never waits. */
const waiting: Readonly<Partial<Record<RequestRecord['type'], OrderStatus>>> = {
  newRequest: 'pending',
  duplicate: 'issued',
  reissue: 'reissuePending',
}

/**
 * The validation of a container is current from now on: whatever was approved and waited for it is issued. What its order
 * forbids by now, because it has expired for instance, goes on waiting.
 *
 * @returns the ids of the certificates
 */
export function completeValidation(world: DigicertWorld, container: Container): number[] {
  const { containers, requests } = world.state
  containers.set(container.id, { ...container, isValidated: true })
  const due = [...requests.values()].filter((request) => isWaiting(world.state, request, container))
  return due.filter((request) => isApprovable(world, request)).map(({ certificateId }) => certificateId)
}

function isWaiting({ orders, certificates }: State, request: RequestRecord, container: Container): boolean {
  const { containerId, status } = mustGet(orders, request.orderId)
  if (containerId !== container.id || status !== waiting[request.type]) return false
  return request.status === 'approved' && mustGet(certificates, request.certificateId).status === 'pending'
}

function isApprovable(world: DigicertWorld, request: RequestRecord): boolean {
  try {
    approve(world, request)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
