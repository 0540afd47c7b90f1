import { type Action, ControlError } from '@certtwin/mock-kit'
import { actionForms, type ActionInputs } from './control-actions.generated.ts'
import { updateRequestStatus } from './domain/requests.ts'
import { revokeOrder } from './domain/revocations.ts'
import { completeValidation } from './domain/validation.ts'
import type { DigicertWorld } from './env.ts'
import { Refusal, toApiError } from './errors.ts'
import { administratorOf } from './planting/orders.ts'
import { mustGet } from './state.ts'

type ActionName = keyof ActionInputs

/** What each action does, and what it tells; summary and input come from the document. */
const runs: { readonly [Name in ActionName]: (world: DigicertWorld, input: ActionInputs[Name]) => object } = {
  'complete-validation': (world, { container }) => ({
    issued: completeValidation(world, requireThere(world.state.containers, container, 'container')),
  }),
  'decide-request': decideRequest,
  'revoke-order': ({ state }, { order: id }) => {
    const order = requireThere(state.orders, id, 'order')
    if (order.status !== 'issued')
      throw new ControlError(`Order ${id} has the status ${order.status}: choose one that is issued.`)
    return { revoked: revokeOrder(state, order) }
  },
  'revoke-certificate': ({ state: { certificates } }, { certificate: id }) => {
    const certificate = requireThere(certificates, id, 'certificate')
    if (certificate.status !== 'issued')
      throw new ControlError(`Certificate ${id} has the status ${certificate.status}: choose one that is issued.`)
    certificates.set(id, { ...certificate, status: 'revoked' })
    return { revoked: [id] }
  },
}

export const actions: Readonly<Record<ActionName, Action<DigicertWorld>>> = Object.fromEntries(
  Object.entries(runs).map(([name, run]) => [name, { ...actionForms[name as ActionName], run }]),
) as Record<ActionName, Action<DigicertWorld>>

function decideRequest(world: DigicertWorld, input: ActionInputs['decide-request']): object {
  const { request: id, status, comment } = input
  const { state } = world
  const request = requireThere(state.requests, id, 'request')
  const { accountId } = mustGet(state.orders, request.orderId)
  const user = mustGet(state.users, administratorOf(state, accountId))
  try {
    updateRequestStatus(world, { user }, request, { status, comment })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new ControlError(
      `Request ${id} cannot be ${status}: ${error.problems.map((each) => toApiError(each).message).join(' ')}`,
    )
  }
  return { request: id, status }
}

function requireThere<Entity>(entities: ReadonlyMap<number, Entity>, id: number, kind: string): Entity {
  const entity = entities.get(id)
  if (entity === undefined)
    throw new ControlError(`There is no ${kind} ${id}: the state of the twin names those that there are.`)
  return entity
}
