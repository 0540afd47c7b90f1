// Runs the cases on every runtime against twins in this process, and says what came of it.
import { appendFileSync } from 'node:fs'
import { installClient, installRuntimes } from './host/install.ts'
import { runtimes } from './host/runtimes.ts'
import { startTwins } from './host/twins.ts'

installRuntimes()
installClient()
const { place, close } = await startTwins()
let [passed, failed] = [0, 0]
const runs = await Promise.all(
  runtimes().map(async (runtime) => ({ ...runtime, ...(await runtime.run({ ...place, runtime: runtime.id })) })),
)
for (const { title, version, results } of runs) {
  const failures = results.filter(({ failure }) => failure !== undefined)
  process.stdout.write(`${title} ${version}: ${results.length - failures.length} of ${results.length} cases\n`)
  for (const { name, failure } of failures) process.stdout.write(`  ${name}\n    ${failure}\n`)
  passed += results.length - failures.length
  failed += failures.length
}
await close()
const tally = `${passed} passed, ${failed} failed, 0 skipped\n`
process.stdout.write(tally)
if (process.env['TALLY_FILE']) appendFileSync(process.env['TALLY_FILE'], tally)
process.exitCode = failed > 0 ? 1 : 0
