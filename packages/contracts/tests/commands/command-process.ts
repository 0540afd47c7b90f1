// The commands of the twins, as the processes that users start.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from '../programs.ts'

export type CommandName = 'mock-digicert' | 'mock-cdnpro'

/** What differs between the twins for those who test their commands. */
export const commands: readonly { readonly name: CommandName; readonly operation: string; readonly path: string }[] = [
  { name: 'mock-digicert', operation: 'listDuplicates', path: '/services/v2/order/certificate/1/duplicate' },
  { name: 'mock-cdnpro', operation: 'getCertificateVersion', path: '/cdn/certificates/1/versions/1' },
]

/** How a process ended, and all that it said. */
export interface Ending {
  /** The exit status, or the signal that ended it. */
  readonly status: number | string | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ending>
  /** All that it has said so far, once that matches. */
  readonly said: (stream: 'stdout' | 'stderr', pattern: RegExp) => Promise<string>
}

export interface ProcessOptions {
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Starts a command; it is ended with the test at the latest. */
export function start(name: CommandName, args: readonly string[], { input, env }: ProcessOptions = {}): Running {
  const file = join(import.meta.dirname, '../../..', name, 'src/cli.ts')
  const child = spawn(process.execPath, [file, ...args], { env: { ...process.env, ...env } })
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stdin.end(input)
  const texts = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (part: string) => (texts[stream] += part))
  const ended = new Promise<Ending>((resolve) =>
    child.once('close', (status, signal) => resolve({ status: status ?? signal, ...texts })),
  )
  const said: Running['said'] = async (stream, pattern) => {
    while (!pattern.test(texts[stream])) {
      const next = new Promise((resolve) => child[stream].once('data', resolve))
      const early = await Promise.race([next.then(() => undefined), ended])
      if (early !== undefined && !pattern.test(texts[stream]))
        throw new Error(`${name} ended with ${early.status} and said: ${early.stdout}${early.stderr}`)
    }
    return texts[stream]
  }
  return { child, ended, said }
}

/** Runs a command that ends by itself. */
export function run(name: CommandName, args: readonly string[], options?: ProcessOptions): Promise<Ending> {
  return start(name, args, options).ended
}

/** What a command tells with `--json`. */
export interface Told {
  readonly service: string
  readonly control?: string
  readonly page?: string
  readonly token?: string
  readonly ca?: string
  readonly accounts: readonly Readonly<Record<string, unknown>>[]
  readonly curl: string
}

/** A twin that listens on a free port of its own. */
export interface Served extends Running {
  readonly told: Told
  /** Its URL without a path. */
  readonly url: string
}

export async function serve(name: CommandName, ...args: readonly string[]): Promise<Served> {
  const running = start(name, ['--port', '0', '--json', ...args])
  const told = JSON.parse(await running.said('stdout', /\n$/)) as Told
  return { ...running, told, url: new URL(told.service).origin }
}

/** Stops a twin and says how it ended. */
export function stop({ child, ended }: Running, signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<Ending> {
  child.kill(signal)
  return ended
}

/** A file with this content, gone with the test. */
export function fileWith(content: unknown, name = 'file.yaml'): string {
  const file = join(temporaryFolder(), name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
