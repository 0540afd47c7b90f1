import type { Container, RequestRecord } from '../entities.ts'
import type { DigicertWorld } from '../env.ts'
import { Refusal } from '../errors.ts'
import { mustGet, type State } from '../state.ts'
import { orderTransitions } from './order-life.ts'
import { issueValidated } from './requests.ts'

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
  // A duplicate needs an issued order, so what makes the order issued goes first.
  due.sort((one, other) => Number(one.type === 'duplicate') - Number(other.type === 'duplicate'))
  return due.filter((request) => isIssuable(world, request)).map(({ certificateId }) => certificateId)
}

/** A revocation never waits: its certificate is there. */
function isWaiting({ orders, certificates }: State, request: RequestRecord, container: Container): boolean {
  const { containerId, status } = mustGet(orders, request.orderId)
  if (containerId !== container.id || orderTransitions.validate[status] === undefined) return false
  return request.status === 'approved' && mustGet(certificates, request.certificateId).status === 'pending'
}

function isIssuable(world: DigicertWorld, request: RequestRecord): boolean {
  try {
    issueValidated(world, request)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
