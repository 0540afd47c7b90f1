import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createDigicertMock } from '@certtwin/mock-digicert'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from './programs.ts'

// The client as it is published: packed, installed by npm and by pnpm, type-checked by four compilers, run as a module and from CommonJS.

const root = join(import.meta.dirname, '../../..')
const core = join(root, 'packages/core')
const fixtures = join(import.meta.dirname, '../fixtures/consumer')
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { packageManager: string }
const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline']

const folder = mkdtempSync(join(tmpdir(), 'certtwin-consumer-'))
const [tools, byNpm, byPnpm] = ['tools', 'npm', 'pnpm'].map((name) => join(folder, name)) as [string, string, string]
const tarball = join(folder, 'core.tgz')
const digicert = createDigicertMock()
const cdnpro = createCdnProMock()
let urls: readonly string[] = []

/** pnpm, which need not be installed. */
function pnpm(args: readonly string[], cwd: string): ReturnType<typeof run> {
  return run('npx', ['-y', packageManager, ...args], { cwd })
}

/** A project that has nothing but the package, and a program that uses it. */
async function createProject(place: string, install: (place: string) => Promise<unknown>): Promise<void> {
  cpSync(fixtures, place, { recursive: true, filter: (file) => !/package(-lock)?\.json$/.test(file) })
  writeFileSync(join(place, 'package.json'), '{ "private": true, "type": "module" }')
  await install(place)
}

beforeAll(async () => {
  cpSync(fixtures, tools, { recursive: true })
  const installsTools = run('npm', ['ci', ...quiet], { cwd: tools })
  await pnpm(['run', 'build'], core)
  await pnpm(['pack', '--out', tarball], core)
  await Promise.all([
    installsTools,
    createProject(byNpm, (cwd) => run('npm', ['install', ...quiet, tarball], { cwd })),
    createProject(byPnpm, (cwd) => pnpm(['add', '--ignore-workspace', tarball], cwd)),
  ])
  const [first, second] = await Promise.all([digicert.listen(), cdnpro.listen()])
  urls = [`${first.url}/services/v2`, second.url]
}, 180_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the packed client', () => {
  it.each(['5.4', '5.9', '6', '7'])('is understood by TypeScript %s', { timeout: 60_000 }, async (version) => {
    const compiler = join(tools, 'node_modules', `typescript${version.replace('.', '')}`, 'bin/tsc')
    const options = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--exactOptionalPropertyTypes']
    const target = ['--target', 'es2022', '--lib', 'es2022,dom,dom.iterable', '--module', 'nodenext']
    const complaints = await Promise.all(
      [byNpm, byPnpm].map((cwd) =>
        run(process.execPath, [compiler, ...options, ...target, 'consumer.ts'], { cwd }).then(
          ({ stdout }) => stdout,
          (error: unknown) => (error as { readonly stdout: string }).stdout,
        ),
      ),
    )
    expect(complaints).toEqual(['', ''])
  })

  it.each([
    ['npm', byNpm],
    ['pnpm', byPnpm],
  ])('runs as a module where %s installed it', async (_name, cwd) => {
    const { stdout } = await run(process.execPath, ['consumer.ts', ...urls], { cwd })
    expect(stdout).toBe(
      'issued 2 7e98f65898cbb5ddb140958a657d875bce49afac getOrder 1, listDuplicates 1\n' +
        'unauthorized none\nunauthorized function\n',
    )
  })

  it.each([
    ['this Node', process.execPath],
    ['Node 22', join(tools, 'node_modules/node22/bin/node')],
  ])('is loaded by require in %s', async (_name, node) => {
    expect(existsSync(node)).toBe(true)
    for (const cwd of [byNpm, byPnpm]) {
      const { stdout } = await run(node, ['--disable-warning=ExperimentalWarning', 'consumer.cjs', ...urls], { cwd })
      expect(stdout).toMatch(/^v\d+ issued 7e98f65898cbb5ddb140958a657d875bce49afac not_found\n$/)
    }
  })
})
