// Runs the cases on every runtime against twins in this process, and says what came of it; with --write on the client's page, too.
import { appendFileSync } from 'node:fs'
import { installClient, installRuntimes } from './host/install.ts'
import { keepOnPage, toTable } from './host/page.ts'
import { type Runtime, type RuntimeRun, runtimes } from './host/runtimes.ts'
import { secretsIn } from './host/secrets.ts'
import { type Surroundings, startTwins } from './host/twins.ts'

type Run = Runtime & RuntimeRun

/** Runs all cases on a runtime, and looks through what it has printed. */
async function tryOn(runtime: Runtime, { place }: Surroundings): Promise<Run> {
  const { results, printed } = await runtime.run({ ...place, runtime: runtime.id })
  const complaint = secretsIn(printed, place)
  const last = { group: 'redaction', name: 'the console shows no secret', ...(complaint && { failure: complaint }) }
  return { ...runtime, results: [...results, last], printed }
}

function report(runs: readonly Run[]): { readonly passed: number; readonly failed: number } {
  const sum = { passed: 0, failed: 0 }
  for (const { title, version, results } of runs) {
    const failures = results.filter(({ failure }) => failure !== undefined)
    process.stdout.write(`${title} ${version}: ${results.length - failures.length} of ${results.length} cases\n`)
    for (const { group, name, failure } of failures) process.stdout.write(`  ${group}: ${name}\n    ${failure}\n`)
    sum.passed += results.length - failures.length
    sum.failed += failures.length
  }
  return sum
}

installRuntimes()
installClient()
const surroundings = await startTwins()
const runs = await Promise.all(runtimes().map((runtime) => tryOn(runtime, surroundings)))
await surroundings.close()

const { passed, failed } = report(runs)
const isOnPage = keepOnPage(toTable(runs), { write: process.argv.includes('--write') })
if (!isOnPage) process.stdout.write('The page of the client tells otherwise: run pnpm test:runtimes --write\n')
const tally = `${passed} passed, ${failed + (isOnPage ? 0 : 1)} failed, 0 skipped\n`
process.stdout.write(tally)
if (process.env['TALLY_FILE']) appendFileSync(process.env['TALLY_FILE'], tally)
process.exitCode = failed > 0 || !isOnPage ? 1 : 0
