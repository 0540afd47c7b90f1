import type { Logger } from 'pino'
import type { JournalEntry } from '../journal/entry.ts'

/** Tells the developer on stderr what happens; loaded at the first word, since a start need not wait for it. */
export interface Log {
  readonly info: (message: string, facts?: object) => Promise<void>
  /** With the stack: a log is for the developer. */
  readonly error: (message: string, error: unknown) => Promise<void>
  readonly exchange: (entry: JournalEntry) => Promise<void>
}

/** @param isQuiet - nothing but errors is told */
export function createLog(name: string, isQuiet: boolean): Log {
  let loading: Promise<Logger> | undefined
  const logger = (): Promise<Logger> => (loading ??= loadLogger(name))
  const info: Log['info'] = async (message, facts = {}) => {
    if (!isQuiet) (await logger()).info(facts, message)
  }
  return {
    info,
    error: async (message, error) => (await logger()).error({ err: error }, message),
    exchange: ({ method, url, status, operation, world, account, durationMs, diagnosis, fault }) =>
      info(`${method} ${url}`, { status, operation, world, account, durationMs, diagnosis, fault: fault?.kind }),
  }
}

/** Pretty on a terminal, JSON elsewhere; written at once, so that nothing is lost when the process ends. */
async function loadLogger(name: string): Promise<Logger> {
  const { pino, destination } = await import('pino')
  if (!process.stderr.isTTY) return pino({ name }, destination({ dest: 2, sync: true }))
  const { build } = await import('pino-pretty')
  return pino({ name }, build({ destination: 2, sync: true, ignore: 'pid,hostname,name' }))
}
