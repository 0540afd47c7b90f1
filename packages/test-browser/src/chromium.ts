import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import packaged, { inflate } from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

/** A browser: `$CHROMIUM_PATH`, else the system's, else the one that comes as an npm package. */
export async function launchChromium(): Promise<Browser> {
  const installed = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find((path) => path && existsSync(path))
  const { executablePath, env } = installed ? { executablePath: installed, env: {} } : await findPackaged()
  // The package's own arguments are for another place: a single process, without web security.
  const args = ['--no-sandbox', '--disable-background-networking']
  return chromium.launch({ executablePath, env: { ...process.env, ...env }, args })
}

interface Packaged {
  readonly executablePath: string
  readonly env: Readonly<Record<string, string>>
}

async function findPackaged(): Promise<Packaged> {
  const folder = await unpack()
  const executablePath = join(folder, 'chromium')
  const libraries = (await lacksLibraries(executablePath)) ? { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') } : {}
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: folder }
  return { executablePath, env: { ...libraries, ...fonts } }
}

/**
 * Unpacks the package once for all runs. It unpacks to the temporary folder, so that is a draft folder meanwhile: a run
 * that breaks off, or a second one at the same time, must not leave or see a browser that is half there.
 */
async function unpack(): Promise<string> {
  const home = join(tmpdir(), 'certtwin-chromium')
  if (existsSync(home)) return home
  const draft = await mkdtemp(`${home}-`)
  const { TMPDIR } = process.env
  process.env['TMPDIR'] = draft
  try {
    await packaged.executablePath()
    await inflate(join(packageFolder(), 'bin', 'al2023.tar.br'))
    // Its own configuration looks for the fonts in other places; without any font the browser dies.
    await writeFile(join(draft, 'fonts.conf'), `<fontconfig><dir>${home}/fonts</dir></fontconfig>`)
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = TMPDIR
  }
  await rename(draft, home).catch(() => rm(draft, { recursive: true }))
  return home
}

function packageFolder(): string {
  return dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')))
}

/** Whether the system has no libnss3, libnspr4 or libexpat for it. */
async function lacksLibraries(executablePath: string): Promise<boolean> {
  const { stdout } = await promisify(execFile)('ldd', [executablePath]).catch(() => ({ stdout: 'not found' }))
  return stdout.includes('not found')
}
