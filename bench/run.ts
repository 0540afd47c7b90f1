// `pnpm bench`: measures the built packages against bare servers and other mock servers.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startLoad } from './load.ts'
import { describeMachine, findCores, pinThisProcess } from './machine.ts'
import { client } from './parts/client.ts'
import { coldStart } from './parts/cold-start.ts'
import { inProcess } from './parts/in-process.ts'
import { issuance } from './parts/issuance.ts'
import { memory } from './parts/memory.ts'
import type { Part, PartResult, Setting } from './parts/part.ts'
import { size } from './parts/size.ts'
import { throughputParts } from './parts/throughput.ts'
import { toMarkdown } from './report.ts'
import { openWorkshop } from './workshop.ts'

const parts: readonly Part[] = [...throughputParts, issuance, inProcess, client, coldStart, memory, size]
const full = { rounds: 8, sampleMs: 1000, warmUpMs: 300, firstWarmUpMs: 3000, memoryRequests: 200_000 }
const quick = { rounds: 3, sampleMs: 250, warmUpMs: 50, firstWarmUpMs: 300, memoryRequests: 10_000 }

interface Flags {
  readonly chosen: readonly Part[]
  readonly lengths: typeof full
  readonly isComplete: boolean
}

/** @throws Error that says what is wrong with a flag */
function readFlags(): Flags {
  const { values } = parseArgs({
    options: { only: { type: 'string', multiple: true }, rounds: { type: 'string' }, quick: { type: 'boolean' } },
  })
  const { only = [], quick: isQuick = false } = values
  const unknown = only.find((name) => parts.every((part) => part.name !== name))
  if (unknown !== undefined)
    throw new Error(`There is no part ${unknown}. The parts are ${parts.map(({ name }) => name).join(', ')}.`)
  const lengths = isQuick ? quick : full
  const rounds = Number(values.rounds ?? lengths.rounds)
  if (!Number.isInteger(rounds) || rounds < 2)
    throw new Error('--rounds takes a whole number from 2: the first one is dropped.')
  const chosen = only.length === 0 ? parts : parts.filter(({ name }) => only.includes(name))
  return { chosen, lengths: { ...lengths, rounds }, isComplete: only.length === 0 && !isQuick && rounds >= full.rounds }
}

async function measure({ chosen, lengths }: Flags): Promise<{ results: PartResult[]; machine: string }> {
  const cores = findCores()
  const machine = describeMachine(cores)
  if (cores !== undefined) pinThisProcess(cores.load)
  tell(machine)
  const workshop = await openWorkshop()
  const load = startLoad(cores?.load)
  const setting: Setting = { ...lengths, cores, workshop, load }
  const results: PartResult[] = []
  for (const part of chosen) {
    const startMs = performance.now()
    results.push(await part.run(setting))
    tell(`${part.name}: ${Math.round((performance.now() - startMs) / 1000)} s`)
  }
  await load.stop()
  return { results, machine }
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}

try {
  const flags = readFlags()
  const { results, machine } = await measure(flags)
  const markdown = toMarkdown(results, new Date(), machine)
  process.stdout.write(markdown)
  if (flags.isComplete) {
    const figures = results.flatMap((result) => result.figures)
    writeFileSync(join(import.meta.dirname, 'results.json'), `${JSON.stringify(figures, undefined, 2)}\n`)
    writeFileSync(join(import.meta.dirname, 'RESULTS.md'), markdown)
  } else tell('Only a full run with all rounds writes bench/results.json and bench/RESULTS.md.')
  process.exit(0)
} catch (error) {
  tell(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
