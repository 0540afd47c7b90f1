import { randomInt } from 'node:crypto'
import { array, assert, asyncProperty, constantFrom } from 'fast-check'
import { expect, it } from 'vitest'
import { properties } from './deployment-model/model.ts'
import { hostnames, Pair } from './deployment-model/pair.ts'
import { anyStep } from './deployment-model/steps.ts'

// Random submissions, steps of the clock and failures: the twin and a second statement of the life of tasks say the same of what is
// taken and refused, what is live where, what ever was, and how far each task is.

const runs = 150
/** Any run can be repeated by its number, which stands in the name of the test. */
const seed = Number(process.env['TASKS_SEED'] ?? randomInt(2 ** 31))

it(
  `tells of ${runs} random lives of tasks what a second statement says (TASKS_SEED=${seed})`,
  { timeout: 120_000 },
  async () => {
    const seen = new Map<string, number>()
    const lives = asyncProperty(
      constantFrom('2023' as const, 'current' as const),
      array(anyStep, { minLength: 10, maxLength: 40 }),
      async (generation, steps) => {
        const pair = new Pair(generation)
        for (const each of steps) await pair.go(each)
        for (const code of pair.seen) seen.set(code, (seen.get(code) ?? 0) + 1)
      },
    )
    await assert(lives, { seed, numRuns: runs })
    process.stdout.write(`${JSON.stringify(Object.fromEntries(seen))}\n`)
    expect(Object.keys(hostnames).toSorted()).toEqual(Object.keys(properties).toSorted())
    // Otherwise most rules were not met.
    expect(seen.size).toBeGreaterThan(9)
    expect(seen.get('taken')).toBeGreaterThan(runs)
  },
)
