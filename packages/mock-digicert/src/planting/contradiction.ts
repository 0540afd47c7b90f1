import { ControlError } from '@certtwin/mock-kit'
import { type Problem, toApiError } from '../errors.ts'
import { type SequenceName, type State, takeNextId } from '../state.ts'

/** The entity that another one names. @throws ControlError when it is not there */
export function requireNamed<Key extends string | number, Entity>(
  entities: ReadonlyMap<Key, Entity>,
  key: Key,
  kind: string,
  subject: string,
): Entity {
  const entity = entities.get(key)
  if (entity === undefined)
    throw new ControlError(`${subject} names ${kind} ${key}, which does not exist: add it first.`)
  return entity
}

/** @throws ControlError when two entries of a list have the same key, which may be a secret */
export function requireOnce(keys: readonly unknown[], list: string): void {
  if (new Set(keys).size < keys.length)
    throw new ControlError(`Two entries of ${list} have the same key: leave one of them out.`)
}

/** @throws ControlError with the vendor's words for the first problem */
export function requireNoProblem(problems: readonly Problem[], subject: string): void {
  const [problem] = problems
  if (problem !== undefined) throw new ControlError(`${subject} cannot be added: ${toApiError(problem).message}`)
}

/** What hangs on orders. */
type OnOrder = Exclude<SequenceName, 'orders'>

const idKinds: Readonly<Record<OnOrder, string>> = { certificates: 'Certificate', requests: 'Request' }

/** The id that was given, or the next free one. @throws ControlError when something else has it */
export function claimId(state: State, name: OnOrder, given: number | undefined): number {
  if (given === undefined) return takeNextId(state, name)
  const holder = state[name].get(given)
  if (holder === undefined) return given
  throw new ControlError(
    `${idKinds[name]} ${given} is already there, on order ${holder.orderId}: choose another id, or leave it out.`,
  )
}
