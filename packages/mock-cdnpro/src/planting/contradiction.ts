import { ControlError } from '@certtwin/mock-kit'
import { type Environment, environments, type LiveVersions } from '../entities.ts'
import type { State } from '../state.ts'

/** @throws ControlError when two entries of a list have the same key */
export function requireOnce(keys: readonly string[], list: string): void {
  if (new Set(keys).size < keys.length)
    throw new ControlError(`Two entries of ${list} have the same key: leave one of them out.`)
}

/**
 * An entity may take the place of another one that is the same customer's and that no open task is about.
 *
 * @throws ControlError
 */
export function requireReplaceable(
  { tasks }: State,
  existing: { readonly id: string; readonly customerId: number } | undefined,
  customerId: number,
  subject: string,
): void {
  if (existing === undefined) return
  if (existing.customerId !== customerId)
    throw new ControlError(
      `${subject} is customer ${existing.customerId}'s already: keep it there, or take another id.`,
    )
  if (tasks.group('open').some(({ actions }) => actions.some(({ id }) => id === existing.id)))
    throw new ControlError(`${subject} is part of an open deployment task: let that finish or fail first.`)
}

/** What shall be live where. @throws ControlError when there is no such version */
export function readLive(
  seed: { readonly [environment in Environment]?: number },
  count: number,
  subject: string,
): LiveVersions {
  const wanted = environments.filter((environment) => seed[environment] !== undefined)
  const missing = wanted.find((environment) => seed[environment]! > count)
  if (missing !== undefined)
    throw new ControlError(
      `${subject} has no version ${seed[missing]} to be live in ${missing}: the last one is ${count}.`,
    )
  return Object.fromEntries(wanted.map((environment) => [environment, seed[environment]]))
}
