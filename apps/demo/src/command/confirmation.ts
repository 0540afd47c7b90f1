import { createInterface } from 'node:readline/promises'
import { UsageError } from './usage-error.ts'

/**
 * Asks a person before something changes in the world.
 *
 * @throws UsageError when nobody can be asked, or the answer is not yes
 */
export async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw new UsageError(`${question} Nobody is there to ask: repeat the command with --yes.`)
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  // The end of the input, or an interruption, is no yes.
  const answer = await terminal.question(`${question} Go on? [y/N] `).catch(() => '')
  terminal.close()
  if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError('Nothing was done.')
}
