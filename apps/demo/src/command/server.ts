import { type Command, CommanderError, InvalidArgumentError } from 'commander'

/** Something that listens. */
export interface Server {
  close(): Promise<void>
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** @throws InvalidArgumentError when it is no port */
export function toPort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new InvalidArgumentError('Give a port from 0 to 65535; 0 takes a free one.')
}

/**
 * Runs a command that serves until SIGINT or SIGTERM, and ends the process in order: exit 0 when told to stop, 1 when a
 * port cannot be had, 2 when the command line is wrong.
 */
export async function runServer(command: Command, start: () => Promise<Server[]>): Promise<void> {
  try {
    command.allowExcessArguments(false).exitOverride().parse()
    const servers = await start()
    const stop = (): void => void Promise.all(servers.map((server) => server.close()))
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
  } catch (error) {
    process.exitCode = explain(error)
  }
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (!(error instanceof Error) || error.name !== 'ListenError') throw error
  process.stderr.write(`${error.message}\n`)
  return 1
}
