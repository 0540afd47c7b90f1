import { ControlError, type TwinDefinition } from './definition.ts'
import { atomically } from './state/atomically.ts'
import { explainProblems, type Validator } from './validation.ts'
import type { World } from './world.ts'

/** What somebody sent, read by the rules of the document. @throws ControlError */
export function readInput(validate: Validator, value: unknown, what: string): Readonly<Record<string, unknown>> {
  const problem = explainProblems(validate, value)
  if (problem !== undefined) throw new ControlError(`${what} cannot be read: ${problem}.`)
  return value as Readonly<Record<string, unknown>>
}

/** Adds data to a world, all of it or nothing. @throws ControlError when it cannot be read or contradicts the state */
export function plantData<State, Settings extends object>(
  definition: TwinDefinition<State, Settings>,
  world: World<State, Settings>,
  data: unknown,
): void {
  const seed = readInput(definition.validateSeed, data, 'The data')
  atomically(definition.tables(world.state), () => definition.plant(world, seed))
}
