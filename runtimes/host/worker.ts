import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Place } from '../cases/place.ts'
import type { CaseResult } from '../cases/run-cases.ts'
import type { RuntimeRun } from './runtimes.ts'

const programs = join(import.meta.dirname, '../programs')

/** What is used of esbuild and miniflare; they are installed for the run alone, so their own types cannot be asked for. */
interface Esbuild {
  readonly build: (options: object) => Promise<{ readonly outputFiles: readonly { readonly text: string }[] }>
}
interface Miniflare {
  dispatchFetch(url: string): Promise<Response>
  dispose(): Promise<void>
}

/** Runs the cases in workerd, as a worker in one piece and without any compatibility with Node. */
export async function runWorker(place: Place): Promise<RuntimeRun> {
  let printed = ''
  const listen = (stream: Readable): void => void stream.on('data', (chunk) => (printed += String(chunk)))
  const { Miniflare } = (await load('miniflare')) as { Miniflare: new (options: object) => Miniflare }
  const worker = new Miniflare({
    modules: true,
    script: await bundle(join(programs, 'worker.ts')),
    compatibilityDate: '2026-07-01',
    bindings: { PLACE: place },
    handleRuntimeStdio: (stdout: Readable, stderr: Readable) => [stdout, stderr].forEach(listen),
  })
  try {
    const ask = async (path: string | number): Promise<unknown> =>
      (await worker.dispatchFetch(`http://worker.test/${path}`)).json()
    const results: CaseResult[] = []
    const count = (await ask('')) as number
    for (let index = 0; index < count; index++) results.push((await ask(index)) as CaseResult)
    return { results, printed }
  } finally {
    await worker.dispose()
  }
}

async function bundle(program: string): Promise<string> {
  const { build } = (await load('esbuild')) as Esbuild
  const options = {
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    write: false,
    tsconfigRaw: '{}',
  }
  const { outputFiles } = await build({ entryPoints: [program], ...options })
  return outputFiles[0]!.text
}

function load(name: string): Promise<unknown> {
  return import(name)
}
