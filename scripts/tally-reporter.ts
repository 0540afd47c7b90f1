import { appendFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

/**
 * Counts what really ran and prints `N passed, N failed, N skipped`.
 *
 * With `TALLY_FILE` set the line goes to the end of that file too, so that a caller can print it last.
 */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tally = { passed: 0, failed: errors.length, skipped: 0 }
    for (const module of modules) {
      if (module.state() === 'failed' && [...module.children.allTests()].length === 0) tally.failed++
      for (const test of module.children.allTests()) {
        const state = test.result().state
        if (state !== 'pending') tally[state]++
      }
    }
    const line = `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`
    process.stdout.write(`\n${line}\n`)
    if (process.env['TALLY_FILE']) appendFileSync(process.env['TALLY_FILE'], `${line}\n`)
  }
}
