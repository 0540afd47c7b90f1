import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type Command, pinned } from './machine.ts'

const running = new Set<ChildProcess>()
process.on('exit', () => running.forEach(kill))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))

/** A child process in a process group of its own, with whatever it starts. */
export interface Child {
  readonly pid: number
  /** Sends a message and waits for the next one. */
  ask<Reply>(message: object): Promise<Reply>
  signal(signal: NodeJS.Signals): void
  /** The line of its standard error that tells most. */
  complaint(): string | undefined
  hasExited(): boolean
  stop(): Promise<void>
}

export interface ChildOptions {
  readonly core?: number | undefined
  /** Whether it is a Node program of ours that talks over messages. */
  readonly talks?: boolean
}

/** Starts a process; it ends with this one at the latest. */
export function startChild(command: Command, { core, talks = false }: ChildOptions = {}): Child {
  const [program, ...args] = pinned(core, command)
  // Standard output goes nowhere: a log that is read costs the reader's core.
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', ...(talks ? (['ipc'] as const) : [])],
  })
  running.add(child)
  const errors: Buffer[] = []
  child.stderr?.on('data', (chunk: Buffer) => errors.length < 20 && errors.push(chunk))
  child.on('error', (error) => errors.push(Buffer.from(error.message)))
  const hasExited = (): boolean => child.pid === undefined || child.exitCode !== null || child.signalCode !== null
  return {
    pid: child.pid ?? 0,
    ask: (message) => ask(child, message, errors),
    signal: (signal) => child.kill(signal),
    complaint: () => lastLine(errors),
    hasExited,
    async stop() {
      const exit = hasExited() ? undefined : once(child, 'exit')
      kill(child)
      await exit
      running.delete(child)
    },
  }
}

async function ask<Reply>(child: ChildProcess, message: object, errors: readonly Buffer[]): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>()
  const fail = (): void => reject(new Error(lastLine(errors) ?? 'A process of the bench ended without a word.'))
  child.once('message', resolve).once('exit', fail)
  if (child.connected) child.send(message)
  else fail()
  try {
    return await promise
  } finally {
    child.off('message', resolve).off('exit', fail)
  }
}

/** The line of an uncaught error that names it, or the last one. */
function lastLine(errors: readonly Buffer[]): string | undefined {
  const lines = Buffer.concat(errors).toString('utf8').trim().split('\n')
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1)
}

function kill({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
