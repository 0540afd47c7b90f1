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

/** Does something to a world, or when it throws nothing: neither the tables nor the random sequence have moved then. */
export function orNothing<State, Settings extends object, Result>(
  { tables }: TwinDefinition<State, Settings>,
  { state, random }: World<State, Settings>,
  work: () => Result,
): Result {
  const { position } = random
  try {
    return atomically(tables(state), work)
  } catch (error) {
    random.rewind(position)
    throw error
  }
}

/** Adds data to a world, all of it or nothing. @throws ControlError when it cannot be read or contradicts the state */
export function plantData<State, Settings extends object>(
  definition: TwinDefinition<State, Settings>,
  world: World<State, Settings>,
  data: unknown,
): void {
  const seed = readInput(definition.validateSeed, data, 'The data')
  orNothing(definition, world, () => definition.plant(world, seed))
}
