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

/** Runs the demo's command as a person does: as a process of its own, with nothing in its environment but what is given. */
export function runDemoProcess(
  args: readonly string[],
  environment: Record<string, string> = {},
  input = '',
): Promise<ProcessResult> {
  const cli = join(import.meta.dirname, '..', 'src', 'cli.ts')
  const { PATH, HOME } = process.env
  return new Promise((resolve) => {
    const env = { PATH, HOME, ...environment }
    const child = execFile(process.execPath, [cli, ...args], { env }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr })
    })
    child.stdin!.end(input)
  })
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
