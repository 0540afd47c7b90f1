import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A twin that its command serves, in a process of its own. */
export interface TwinProcess {
  readonly process: ChildProcess
  /** Where the service is, and where the control plane. */
  readonly service: string
  readonly control: string
  /** What it wrote to its standard output and error so far. */
  readonly output: () => string
}

/** Starts a twin's command on a free port; resolves when it listens. @throws Error with what it wrote when it does not */
export async function startTwinProcess(name: 'digicert' | 'cdnpro', ...flags: readonly string[]): Promise<TwinProcess> {
  const program = fileURLToPath(new URL(`../../mock-${name}/src/cli.ts`, import.meta.url))
  const child = spawn(process.execPath, [program, '--port', '0', '--json', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => (output += part))
  const listening = Promise.withResolvers<{ service: string; control: string }>()
  child.stdout.on('data', () => {
    const line = output.split('\n').find((each) => each.startsWith('{"service"'))
    if (line !== undefined) listening.resolve(JSON.parse(line) as { service: string; control: string })
  })
  child.once('exit', (code) => listening.reject(new Error(`The twin ended with ${code}: ${output}`)))
  return { process: child, ...(await listening.promise), output: () => output }
}

/** Ends a process at once, as nothing can prevent, and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** Asks a process to end in order, and gives its exit code. */
export async function terminate(child: ChildProcess): Promise<number | null> {
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const [code] = (await gone) as [number | null]
  return code
}
