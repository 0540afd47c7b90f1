import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { requestOf, type Target } from './requests.ts'
import { type Answer, ask, startServer } from './server.ts'
import { twinOf } from './subjects.ts'

/** What the measurements need on disk: the twins as users install them, and what the others are fed with. */
export interface Workshop {
  /** A folder for each twin, with it and its dependencies in `node_modules`. */
  readonly twinFolders: Readonly<Record<'cdnpro' | 'digicert', string>>
  /** The same for the client. */
  readonly clientFolder: string
  readonly peersFolder: string
  /** Why the peers cannot be had; undefined when they are there. */
  readonly peersProblem: string | undefined
  /** The twin's answers, for what answers with the same bytes. */
  readonly stubFiles: Readonly<Record<Target, string>>
  readonly wiremockFolders: Readonly<Record<Target, string>>
  /** The OpenAPI documents. */
  readonly documents: Readonly<Record<Target, string>>
  readonly close: () => void
}

const root = join(import.meta.dirname, '..')
const peersFolder = join(import.meta.dirname, 'peers')
const cdnproDocument = join(root, 'packages/contracts/openapi/cdnpro.yaml')
const digicertDocument = join(root, 'packages/contracts/openapi/digicert.yaml')
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { packageManager: string }

/** Packs and installs the twins, installs the peers if they are missing, and asks the twins for the bytes to compare with. */
export async function openWorkshop(): Promise<Workshop> {
  const folder = mkdtempSync(join(tmpdir(), 'certtwin-bench-'))
  const close = (): void => rmSync(folder, { recursive: true, force: true })
  process.on('exit', close)
  const at = (kind: string): Record<Target, string> => ({
    'version-query': join(folder, kind, 'version-query'),
    duplicate: join(folder, kind, 'duplicate'),
    'issued-duplicate': join(folder, kind, 'issued-duplicate'),
  })
  const workshop: Workshop = {
    twinFolders: {
      cdnpro: installPacked(folder, 'mock-kit', 'mock-cdnpro'),
      digicert: installPacked(folder, 'mock-kit', 'mock-digicert'),
    },
    clientFolder: installPacked(folder, 'core'),
    peersFolder,
    peersProblem: installPeers(),
    stubFiles: at('stubs'),
    wiremockFolders: at('wiremock'),
    documents: { 'version-query': cdnproDocument, duplicate: digicertDocument, 'issued-duplicate': digicertDocument },
    close,
  }
  for (const target of ['version-query', 'duplicate'] as const) await writeStubs(workshop, target)
  return workshop
}

/** The sum of the bytes of all files below a folder, in MB. */
export function sizeMB(folder: string): number {
  const files = globSync('**/*', { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0) / 1e6
}

/** Installs packed packages with npm into an empty folder, as their users do. */
function installPacked(parent: string, ...names: readonly string[]): string {
  const folder = join(parent, names.at(-1)!)
  mkdirSync(folder)
  const tarballs = names.map((each) => pack(each, folder))
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}')
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline']
  run('npm', ['install', ...quiet, ...tarballs.map((tarball) => `./${basename(tarball)}`)], folder)
  placeServers(folder)
  return folder
}

function pack(name: string, folder: string): string {
  run('npx', ['-y', packageManager, 'pack', '--pack-destination', folder], join(root, 'packages', name))
  const [tarball] = globSync(join(folder, `*-${name}-*.tgz`))
  if (tarball === undefined) throw new Error(`Packing ${name} made no tarball. Does \`pnpm build\` work?`)
  return tarball
}

/** The servers as JavaScript, beside the packages that they import: stripping types would count as start-up otherwise. */
function placeServers(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const file of globSync(join(import.meta.dirname, 'servers/*.ts'))) {
    const code = stripTypeScriptTypes(readFileSync(file, 'utf8')).replace(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'")
    writeFileSync(join(folder, basename(file, '.ts') + '.js'), code)
  }
}

function installPeers(): string | undefined {
  try {
    run('npx', ['-y', packageManager, 'install', '--frozen-lockfile'], peersFolder)
    placeServers(join(peersFolder, 'node_modules/.bench'))
    return undefined
  } catch {
    return 'the peers could not be installed'
  }
}

/** @throws Error with the end of what the command wrote */
function run(program: string, args: readonly string[], cwd: string): void {
  try {
    execFileSync(program, args, { cwd, encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`\`${program} ${args.join(' ')}\` failed in ${cwd}: ${(stdout + stderr).trim().slice(-500)}`, {
      cause: error,
    })
  }
}

async function writeStubs(workshop: Workshop, target: Target): Promise<void> {
  const request = requestOf[target](Date.now())
  const server = await startServer(twinOf(workshop, target), request)
  const answer = await ask(requestOf[target](Date.now()), server.port)
  await server.stop()
  const { method, path } = request
  write(workshop.stubFiles[target], { method, path, ...answer })
  write(join(workshop.wiremockFolders[target], 'mappings/stub.json'), toMapping(method, path, answer))
}

function toMapping(method: string, urlPath: string, { status, contentType, body }: Answer): object {
  return { request: { method, urlPath }, response: { status, headers: { 'Content-Type': contentType }, body } }
}

function write(file: string, value: object): void {
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, JSON.stringify(value))
}
