import { enableCompileCache } from 'node:module'
import type { TwinOptions } from '../twin.ts'
import { runToEnd } from './failure.ts'
import { parseFlags } from './flags.ts'
import type { MockCommand } from './mock-command.ts'

/**
 * Runs the command of a twin: it serves the twin until SIGINT or SIGTERM, or, with `ctl` as its first argument, talks to one that runs.
 *
 * It ends with the exit status 0 when told to stop, 1 when a port or a file cannot be had, 2 when a flag or the contents of a file are
 * wrong; the reason is one sentence on stderr. The process is the command's own: its globals `Request` and `Response` are replaced
 * by faster ones.
 *
 * @param args - the command line without the program
 */
export async function runMockCommand<Options extends TwinOptions>(
  mock: MockCommand<Options>,
  args: readonly string[] = process.argv.slice(2),
): Promise<void> {
  // Node's own cache of compiled code, in the temporary folder: a sixth of the start from the second one on.
  enableCompileCache()
  await runToEnd(mock.name, async () => {
    const [verb, ...others] = args
    // Neither way waits for what only the other one needs.
    if (verb === 'ctl') return (await import('./ctl/ctl.ts')).runCtl(mock, others)
    const flags = parseFlags(mock, args)
    return (await import('./serve.ts')).serve(mock, flags)
  })
}
