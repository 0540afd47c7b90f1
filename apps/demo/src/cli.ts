// `pnpm demo`: duplicate at DigiCert, deploy at CDN Pro, verify; with twins in this process unless told otherwise.
import { isCerttwinError } from '@certtwin/core'
import { CommanderError } from 'commander'
import { runDemo } from './command/demo.ts'
import { createDemoCommand, type DemoOptions } from './command/options.ts'
import { formatReceipt, formatReceiptJson } from './command/report.ts'
import { UsageError } from './command/usage-error.ts'
import { NotIssuedError, RolloutError } from './rollout/failures.ts'
import { startTwins } from './twins.ts'

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
const complain = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** The exit status for what went wrong, after saying it in a sentence. */
function explain(error: unknown, json: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof UsageError || (isCerttwinError(error) && error.code === 'invalid_options')) {
    complain(error.message)
    return 2
  }
  if (!(error instanceof RolloutError)) throw error
  if (json) print(formatReceiptJson(error.receipt))
  complain(`\n${error.message}\n\nKnown to have happened:\n${formatReceipt(error.receipt)}`)
  if (!(error instanceof NotIssuedError)) return 1
  complain('\nRun it again later: with --approve to approve the request, or with --wait 10m to wait for it.')
  return 3
}

// A reader that goes away, as in `| head -1`, must not stop a run midway.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

const command = createDemoCommand()
try {
  await runDemo(command.parse().opts<DemoOptions>(), startTwins, print)
} catch (error) {
  process.exitCode = explain(error, command.opts<DemoOptions>().json)
}
