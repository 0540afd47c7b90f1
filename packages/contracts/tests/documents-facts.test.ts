import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

// What a page repeats of the code stays as the code has it.

const root = join(import.meta.dirname, '../../..')
const core = join(root, 'packages/core')
const read = (file: string): string => readFileSync(file, 'utf8')
const readme = read(join(core, 'README.md'))

/** The rows of the table under a heading, as lists of cells. */
function tableUnder(heading: string): readonly (readonly string[])[] {
  const section = readme.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? ''
  const rows = section.split('\n').filter((line) => line.startsWith('| '))
  return rows.slice(1).map((row) => row.split('|').map((cell) => cell.trim()))
}

/** What a heading is linked by. */
const toAnchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')

const pages = globSync('{*.md,packages/core/README.md,packages/core/docs/*.md}', { cwd: root })

it.each(pages)('the links of %s lead somewhere', (page) => {
  const file = join(root, page)
  const links = [...read(file).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)]
  const dead = links.filter(([, path = '', anchor]) => {
    const target = path === '' ? file : join(dirname(file), path)
    if (!existsSync(target)) return true
    if (anchor === undefined) return false
    return ![...read(target).matchAll(/^#+ (.*)$/gm)].some(([, heading]) => toAnchor(heading!) === anchor)
  })
  expect(dead.map(([link]) => link)).toEqual([])
})

describe('the page of the client', () => {
  it('lists every code of an error, in the order of the union', () => {
    const union = /export type ErrorCode =\n((?: {2}\| '\w+'\n)+)/.exec(read(join(core, 'src/errors.ts')))![1]!
    const codes = [...union.matchAll(/'(\w+)'/g)].map(([, code]) => `\`${code}\``)
    expect(tableUnder('Errors').map(([, code]) => code)).toEqual(codes)
  })

  it('names the sizes that the build is held to', () => {
    const limits = JSON.parse(read(join(core, 'package.json')))['size-limit'] as readonly { readonly limit: string }[]
    expect(tableUnder('Sizes').map(([, , size]) => size)).toEqual(limits.map(({ limit }) => limit))
  })

  it('lists every page', () => {
    const names = globSync('docs/*.md', { cwd: core })
    expect(names.filter((name) => !readme.includes(`](${name})`))).toEqual([])
  })

  it('makes the first call in twelve lines', () => {
    const [, first = ''] = /^```ts\n([\s\S]*?)^```$/m.exec(readme) ?? []
    expect(first.trimEnd().split('\n').length).toBeLessThanOrEqual(12)
  })
})
