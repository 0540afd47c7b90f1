import { type Action, ControlError } from '@certtwin/mock-kit'
import { actionForms, type ActionInputs } from './control-actions.generated.ts'
import { updateRequestStatus } from './domain/requests.ts'
import { oneCertificate, revoke, type RevocationTarget, wholeOrder } from './domain/revocations.ts'
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
  'revoke-order': (world, { order: id }) =>
    revokeNow(world, wholeOrder(world.state, requireThere(world.state.orders, id, 'order')), `Order ${id}`),
  'revoke-certificate': (world, { certificate: id }) => {
    const certificate = requireThere(world.state.certificates, id, 'certificate')
    if (certificate.issuance === undefined)
      throw new ControlError(`Certificate ${id} has the status ${certificate.status}: choose one that is issued.`)
    return revokeNow(world, oneCertificate(world.state, certificate), `Certificate ${id}`)
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
  unlessRefused(`Request ${id} cannot be ${status}`, () =>
    updateRequestStatus(world, { user }, request, { status, comment }),
  )
  return { request: id, status }
}

function revokeNow(world: DigicertWorld, target: RevocationTarget, subject: string): object {
  return unlessRefused(`${subject} cannot be revoked`, () => ({ revoked: revoke(world, target, 'unspecified') }))
}

/** What the API refuses, a person is told in its words. */
function unlessRefused<Result>(failure: string, run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new ControlError(`${failure}: ${error.problems.map((each) => toApiError(each).message).join(' ')}`)
  }
}

function requireThere<Entity>(entities: ReadonlyMap<number, Entity>, id: number, kind: string): Entity {
  const entity = entities.get(id)
  if (entity === undefined)
    throw new ControlError(`There is no ${kind} ${id}: the state of the twin names those that there are.`)
  return entity
}
