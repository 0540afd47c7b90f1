import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Place } from '../cases/place.ts'
import type { CaseResult } from '../cases/run-cases.ts'
import { runWorker } from './worker.ts'

/** What came of the cases, and everything that the runtime has printed meanwhile. */
export interface RuntimeRun {
  readonly results: readonly CaseResult[]
  readonly printed: string
}

export interface Runtime {
  /** A short name, for worlds. */
  readonly id: string
  readonly title: string
  readonly version: string
  /** What its users have to know. */
  readonly note?: string
  readonly run: (place: Place) => Promise<RuntimeRun>
}

const folder = join(import.meta.dirname, '..')
const modules = join(folder, 'node_modules')

function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')) as { version: string }
  return version.replace(/^v/, '')
}

/** A runtime that runs a program and ends. */
function process(id: string, title: string, binary: string, args: readonly string[]): Omit<Runtime, 'version'> {
  const run = async (place: Place): Promise<RuntimeRun> => {
    const env = { PLACE: JSON.stringify(place), NO_COLOR: '1', PATH: '' }
    const options = { cwd: folder, env, maxBuffer: 2 ** 26, timeout: 120_000 }
    const { stdout, stderr } = await promisify(execFile)(join(modules, binary), args, options)
    const lines = stdout.trimEnd().split('\n')
    return { results: JSON.parse(lines.pop()!) as CaseResult[], printed: [...lines, stderr].join('\n') }
  }
  return { id, title, run }
}

// The oldest of them strips types on demand alone.
const nodeArgs = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']
const denoArgs = ['run', '--node-modules-dir=manual', '--no-lock', '--no-prompt', '--cached-only']
// The client needs the network and nothing else; the rest is for the program around it.
const denoRights = ['--allow-net=127.0.0.1', '--allow-env=PLACE']

// The paths in our configuration are for the type checker: they lead to the sources.
const bunArgs = ['run', '--tsconfig-override=programs/bun.tsconfig.json']

/** The runtimes that are installed. */
export function runtimes(): Runtime[] {
  const node = (name: string, title: string): Runtime => ({
    ...process(name, title, `${name}/bin/node`, [...nodeArgs, 'programs/node.ts']),
    version: versionOf(name),
  })
  return [
    node('node22', 'Node.js 22'),
    node('node24', 'Node.js 24'),
    node('node26', 'Node.js 26'),
    {
      ...process('deno', 'Deno', '@deno/linux-x64-glibc/deno', [...denoArgs, ...denoRights, 'programs/deno.ts']),
      version: versionOf('@deno/linux-x64-glibc'),
    },
    {
      ...process('bun', 'Bun', '@oven/bun-linux-x64/bin/bun', [...bunArgs, 'programs/bun.ts']),
      version: versionOf('@oven/bun-linux-x64'),
    },
    {
      id: 'workerd',
      title: 'workerd',
      version: versionOf('workerd'),
      note: 'does not tell a refused connection from one that broke, so the `outcome` of both is `unknown` there.',
      run: runWorker,
    },
  ]
}
