import { cdnpro } from './cdnpro.ts'
import { digicert } from './digicert.ts'
import { limits } from './limits.ts'
import { losses } from './losses.ts'
import { options } from './options.ts'
import type { Place, Platform } from './place.ts'
import { redaction } from './secrets.ts'
import { type Cases, createWorld } from './world.ts'

/** What became of a case. */
export interface CaseResult {
  readonly group: string
  readonly name: string
  /** Undefined where it passed. */
  readonly failure?: string
}

const groups: Readonly<Record<string, Cases>> = {
  DigiCert: digicert,
  'CDN Pro': cdnpro,
  'lost answers': losses,
  'time limits': limits,
  options,
  redaction,
}
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
