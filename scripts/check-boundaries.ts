// Checks who imports whom: between the packages by the table below, inside a package that nothing imports its own index
// and that nothing reaches out of its folder. Our own, since the table is the architecture and ought to be read here.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'

/** The workspace packages that each package may import. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'packages/core': [],
  'packages/mock-kit': [],
  'packages/mock-digicert': ['@certtwin/mock-kit'],
  'packages/mock-cdnpro': ['@certtwin/mock-kit'],
  'packages/test-browser': [],
  'packages/contracts': [
    '@certtwin/core',
    '@certtwin/mock-kit',
    '@certtwin/mock-digicert',
    '@certtwin/mock-cdnpro',
    '@certtwin/test-browser',
  ],
  'apps/demo': ['@certtwin/core'],
}

/** Files that may import more than their package: the demo's script that starts the twins, and its tests. */
const exceptions: readonly { readonly file: RegExp; readonly may: readonly string[] }[] = [
  {
    file: /^apps\/demo\/(src\/twins\.ts|.*\.test\.ts)$/,
    may: ['@certtwin/mock-kit', '@certtwin/mock-digicert', '@certtwin/mock-cdnpro'],
  },
  { file: /^apps\/demo\/tests\//, may: ['@certtwin/test-browser'] },
]

const root = join(import.meta.dirname, '..')
const importPattern = /(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g

function violationsOf(file: string): string[] {
  const home = Object.keys(allowed).find((folder) => file.startsWith(`${folder}/`))
  if (home === undefined) return []
  const specifiers = [...readFileSync(join(root, file), 'utf8').matchAll(importPattern)].map((match) => match[1]!)
  return specifiers.flatMap((specifier) => violation(home, file, specifier) ?? [])
}

function violation(home: string, file: string, specifier: string): string | undefined {
  if (specifier.startsWith('@certtwin/')) return workspaceViolation(home, file, specifier)
  if (!specifier.startsWith('.')) return undefined
  const target = normalize(join(dirname(file), specifier))
  if (relative(home, target).startsWith('..')) return `${file} reaches out of ${home} to ${target}`
  if (target === join(home, 'src/index.ts') || target === join(dirname(file), 'index.ts'))
    return `${file} imports an index of its own package`
  return undefined
}

function workspaceViolation(home: string, file: string, specifier: string): string | undefined {
  const name = specifier.split('/').slice(0, 2).join('/')
  const extra = exceptions.filter((exception) => exception.file.test(file)).flatMap((exception) => exception.may)
  if ([...allowed[home]!, ...extra].includes(name)) return undefined
  return `${file} imports ${name}, which ${home} may not`
}

const files = globSync('{packages,apps}/*/**/*.{ts,js}', {
  cwd: root,
  exclude: (name) => ['node_modules', 'dist'].includes(name.split('/').at(-1) ?? ''),
})
const violations = files.flatMap(violationsOf)
for (const line of violations) process.stderr.write(`${line}\n`)
process.stdout.write(`${files.length} files, ${violations.length} violations of the import table\n`)
process.exitCode = violations.length > 0 ? 1 : 0
