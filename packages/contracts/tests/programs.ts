import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'

/** Those of the programs that this machine lacks. */
function missing(programs: readonly string[]): string[] {
  return programs.filter((program) => spawnSync(program, ['--version']).error !== undefined)
}

/**
 * Why a test that needs these programs cannot run here, or undefined when it can. In CI nothing is skipped: there the
 * test runs, and fails, where a program is missing.
 */
export function cannotRun(...programs: readonly string[]): string | undefined {
  const absent = process.env['CI'] ? [] : missing(programs)
  return absent.length === 0 ? undefined : `not installed: ${absent.join(', ')}`
}

/** Whether this machine has a program. For a judge beside others, which no machine has to have, in CI neither. */
export function isInstalled(program: string): boolean {
  return missing([program]).length === 0
}

/** Runs a program without a shell and without blocking the twins in this process; fails when it exits non-zero. */
export const run: (
  program: string,
  args: readonly string[],
  options?: { cwd?: string; env?: NodeJS.ProcessEnv },
) => Promise<{ stdout: string; stderr: string }> = promisify(execFile)

/** A folder for the files of the running test, gone when it ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'certtwin-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}
