import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A process takes half a second to start, and several of them on a busy machine longer; in milliseconds. */
export const processTimeoutMs = 60_000

export interface ProcessResult {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs the demo's command as a person does: as a process of its own, with nothing in its environment but what is given.
 *
 * @param reader - a shell command that reads the output
 */
export function runDemoProcess(
  args: readonly string[],
  environment: Record<string, string> = {},
  input = '',
  reader?: string,
): Promise<ProcessResult> {
  const cli = join(import.meta.dirname, '..', 'src', 'cli.ts')
  const { PATH, HOME } = process.env
  return new Promise((resolve) => {
    const env = { PATH, HOME, ...environment }
    const [file, all] =
      reader === undefined
        ? [process.execPath, [cli, ...args]]
        : ['sh', pipeline([process.execPath, cli, ...args], reader)]
    const child = execFile(file, all, { env }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr })
    })
    child.stdin!.end(input)
  })
}

/** The arguments of a shell that pipes a command into a reader. */
function pipeline(command: readonly string[], reader: string): string[] {
  return ['-c', `"$@" | ${reader}`, 'sh', ...command]
}

/** A folder of the running test, gone when it ends. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'certtwin-demo-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

export function parseReceipt(json: string): Record<string, unknown> {
  return JSON.parse(json) as Record<string, unknown>
}
