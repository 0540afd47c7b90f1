import { CommanderError } from 'commander'
import { ListenError } from '../listen/listen-error.ts'
import { StoreError } from '../state/store-error.ts'

/** What ends a command; the message is one sentence that says what to do. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
  /** 1 when the environment is in the way, 2 when the command line or a file says something wrong. */
  readonly exitStatus: 1 | 2

  constructor(exitStatus: 1 | 2, message: string) {
    super(message)
    this.exitStatus = exitStatus
  }
}

/** The environment is in the way. */
export function obstacle(message: string): CommandFailure {
  return new CommandFailure(1, message)
}

/** The command line or a file says something that cannot be. */
export function misuse(message: string): CommandFailure {
  return new CommandFailure(2, message)
}

/** Runs a command to its end; a failure is one sentence on stderr and an exit status, never a trace. */
export async function runToEnd(name: string, work: () => Promise<void>): Promise<void> {
  // A reader that goes away, as in `| head -1`, is no reason to stop serving, and none for a trace.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  try {
    await work()
  } catch (error) {
    process.exitCode = explain(name, error)
  }
}

function explain(name: string, error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2 // commander has said it
  const isKnown = [CommandFailure, ListenError, StoreError].some((kind) => error instanceof kind)
  const message = error instanceof Error ? error.message : String(error)
  complain(isKnown ? message : `${name} broke down, which is a mistake of its own: ${message}`)
  return error instanceof CommandFailure ? error.exitStatus : 1
}

function complain(sentence: string): void {
  process.stderr.write(`${sentence.replaceAll(/\s*\n\s*/g, ' ')}\n`)
}
