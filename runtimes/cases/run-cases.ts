import { calls } from './calls.ts'
import { network } from './network.ts'
import type { Place, Platform } from './place.ts'
import { createWorld, type World } from './world.ts'

/** What became of a case. */
export interface CaseResult {
  readonly group: string
  readonly name: string
  /** Undefined where it passed. */
  readonly failure?: string
}

type Case = (world: World) => Promise<void>

const groups: Readonly<Record<string, Readonly<Record<string, Case>>>> = { calls, network }
const cases = Object.entries(groups).flatMap(([group, members]) =>
  Object.entries(members).map(([name, run]) => ({ group, name, run })),
)

export const caseCount: number = cases.length

/** Runs one case in a world of its own. */
export async function runCase(place: Place, platform: Platform, index: number): Promise<CaseResult> {
  const { group, name, run } = cases[index]!
  try {
    await run(createWorld(place, platform, index))
    return { group, name }
  } catch (error) {
    return { group, name, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

export async function runCases(place: Place, platform: Platform): Promise<CaseResult[]> {
  const results: CaseResult[] = []
  for (let index = 0; index < caseCount; index++) results.push(await runCase(place, platform, index))
  return results
}
