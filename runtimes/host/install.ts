import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '..')
const modules = join(folder, 'node_modules')
const core = join(folder, '../packages/core')
const { packageManager } = JSON.parse(readFileSync(join(folder, '../package.json'), 'utf8')) as {
  packageManager: string
}

/** Installs the runtimes, unless they are what the lockfile says already. */
export function installRuntimes(): void {
  const [wanted, installed] = [join(folder, 'pnpm-lock.yaml'), join(modules, 'installed-lock.yaml')]
  if (existsSync(installed) && readFileSync(installed, 'utf8') === readFileSync(wanted, 'utf8')) return
  // By pnpm, as everything here: npm refuses a lockfile from which packages for other platforms are missing.
  execFileSync('npx', ['-y', packageManager, 'install', '--frozen-lockfile', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
  })
  copyFileSync(wanted, installed)
}

/** Unpacks the client as it is published, twice: a program may end up with two copies of it. */
export function installClient(): void {
  const tarball = join(modules, 'core.tgz')
  execFileSync('npx', ['-y', packageManager, 'pack', '--out', tarball, '--loglevel=error'], { cwd: core })
  for (const name of ['core', 'core-again']) {
    const place = join(modules, '@certtwin', name)
    rmSync(place, { recursive: true, force: true })
    mkdirSync(place, { recursive: true })
    execFileSync('tar', ['-xzf', tarball, '-C', place, '--strip-components=1'])
  }
}
