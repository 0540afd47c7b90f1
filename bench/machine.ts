import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'

/** The cores for servers and for the load; undefined where processes cannot be pinned. */
export interface Cores {
  readonly server: number
  readonly load: number
}

/** A command with its arguments. */
export type Command = readonly [program: string, ...args: string[]]

/** Two cores of those that this process may use, by `taskset`; undefined where it is missing or there is one core only. */
export function findCores(): Cores | undefined {
  try {
    const list = execFileSync('taskset', ['-cp', String(process.pid)], { encoding: 'utf8', stdio: 'pipe' })
    const [server, load] = parseCoreList(list.slice(list.lastIndexOf(':') + 1).trim())
    return server === undefined || load === undefined ? undefined : { server, load }
  } catch {
    return undefined
  }
}

/** Reads a list such as `0,2-5`. */
export function parseCoreList(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
}

/** The command, bound to a core where that is possible. */
export function pinned(core: number | undefined, command: Command): Command {
  return core === undefined ? command : ['taskset', '-c', String(core), ...command]
}

/** Binds this process too, so that it does not take the servers' core. */
export function pinThisProcess(core: number): void {
  execFileSync('taskset', ['-acp', String(core), String(process.pid)], { stdio: 'ignore' })
}

/** The machine in one line. */
export function describeMachine(cores: Cores | undefined): string {
  const all = cpus()
  const pinning =
    cores === undefined
      ? 'server and load not pinned to cores, since `taskset` or a second core is missing'
      : `server on core ${cores.server}, load on core ${cores.load}`
  const memoryGB = Math.round(totalmem() / 1e9)
  const kind = `${all.length} cores, ${all[0]?.model.trim()}, ${memoryGB} GB, ${process.platform}, Node ${process.versions.node}`
  return `${kind}; ${pinning}; load average before the run ${loadavg()[0]?.toFixed(1)}`
}
