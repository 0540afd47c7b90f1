import { globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createDigicertMock } from '@certtwin/mock-digicert'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { ambient, readExamples } from './documents/examples.ts'
import { type Block, readBlocks, splitOutput, toModule, toScript } from './documents/page.ts'
import { cannotRun, run } from './programs.ts'

// What the documents show is what happens: each block is compiled, and run against the twins, and prints what the page says.

const root = join(import.meta.dirname, '../../..')
const pages = globSync('{README.md,README.zh-CN.md,packages/core/README.md,packages/core/docs/*.md}', { cwd: root })
const runner = join(import.meta.dirname, 'documents/run-page.ts')
const folder = mkdtempSync(join(tmpdir(), 'certtwin-documents-'))
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
symlinkSync(join(import.meta.dirname, '../node_modules'), join(folder, 'node_modules'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Page {
  readonly name: string
  /** Where its programs run. */
  readonly place: string
  readonly programs: readonly Block[]
  readonly commands: readonly Block[]
  /** The programs as a module. */
  readonly file: string
}

const examples = readExamples(join(root, 'packages/core/src'))
mkdirSync(join(folder, 'docstrings'))
writeFileSync(join(folder, 'docstrings/ambient.d.ts'), ambient)
for (const [number, text] of examples.entries()) writeFileSync(join(folder, `docstrings/example-${number}.ts`), text)

const written: readonly Page[] = pages.map((name) => {
  const place = join(folder, name.replaceAll('/', '-').replace('.md', ''))
  mkdirSync(place)
  const blocks = readBlocks(join(root, name))
  const programs = blocks.filter(({ language }) => language === 'ts')
  const file = join(place, 'page.ts')
  writeFileSync(file, toModule(programs))
  return { name, place, programs, commands: blocks.filter(({ language }) => language === 'sh'), file }
})

/** As a careful consumer has it. Only the paths of imports differ, since the packages are not built here. */
const compilerOptions = {
  target: 'es2024',
  lib: ['es2024'],
  module: 'nodenext',
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
}

const env = {
  ...process.env,
  DIGICERT_API_KEY: 'MOCKKEYADMIN',
  CDNPRO_USERNAME: 'example_username',
  CDNPRO_API_KEY: 'example_apiKey',
  CDNPRO_ACCESS_KEY: 'example_accessKey',
  CDNPRO_SECRET_KEY: 'example_secretKey',
  NO_COLOR: '1',
}

/** The twins on ports, in the place of the vendors. */
async function serveTwins(): Promise<Record<string, string>> {
  const digicert = await createDigicertMock().listen()
  const cdnpro = await createCdnProMock().listen()
  onTestFinished(() => Promise.all([digicert.close(), cdnpro.close()]).then(() => undefined))
  return { 'https://www.digicert.com': digicert.url, 'https://open.chinanetcenter.com': cdnpro.url }
}

/** What a page says that its blocks print; nothing where it says nothing. */
const saidBy = (blocks: readonly Block[]): readonly string[] => blocks.map(({ prints = '' }) => prints)

it(
  'every block, and every example of a docstring, is understood by a strict compiler',
  { timeout: 60_000 },
  async () => {
    expect(examples.length).toBeGreaterThan(10)
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*/*.ts'] }))
    const tsc = run(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { cwd: folder })
    const complaints = await tsc.then(
      ({ stdout }) => stdout,
      (error: unknown) => (error as { readonly stdout: string }).stdout,
    )
    expect(complaints).toBe('')
  },
)

describe.each(written)('$name', ({ place, programs, commands, file }) => {
  const needed = commands.length > 0 ? ['bash', 'curl', 'openssl'] : []

  // The commands first: the programs find the files that they made.
  it.skipIf(cannotRun(...needed))('prints what it says', { timeout: 60_000 }, async () => {
    const shell =
      commands.length > 0
        ? await run('bash', ['-c', toScript(commands, await serveTwins())], { cwd: place, env })
        : { stdout: '' }
    expect(splitOutput(shell.stdout)).toEqual(saidBy(commands))
    const { stdout, stderr } = await run(process.execPath, [runner, file], { cwd: place, env })
    expect(stderr).toBe('')
    expect(splitOutput(stdout)).toEqual(saidBy(programs))
  })
})
