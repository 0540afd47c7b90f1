import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Runtime, RuntimeRun } from './runtimes.ts'

/** What the client's page says of the runtimes stands between these. */
const place = /(?<=<!-- runtimes: [^\n]* -->\n).*?(?=<!-- end of runtimes -->)/s
const page = join(import.meta.dirname, '../../packages/core/README.md')

/** How many cases each runtime has passed, as a table. */
export function toTable(runs: readonly (Runtime & RuntimeRun)[]): string {
  const groups = [...new Set(runs.flatMap(({ results }) => results.map(({ group }) => group)))]
  const rows = runs.map(({ title, version, results }) => [
    title,
    version,
    ...groups.map((name) => String(results.filter(({ group, failure }) => group === name && !failure).length)),
  ])
  const lines = [['runtime', 'version', ...groups], Array(groups.length + 2).fill('---'), ...rows]
  const notes = runs.flatMap(({ title, note }) => (note === undefined ? [] : [`${title}: ${note}`]))
  return `\n${lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')}\n${notes.join('\n')}\n\n`
}

/** Puts the table on the client's page, or tells whether it is there. */
export function keepOnPage(table: string, { write }: { readonly write: boolean }): boolean {
  const text = readFileSync(page, 'utf8')
  const wanted = text.replace(place, () => table)
  if (write) writeFileSync(page, wanted)
  return write || (wanted === text && place.test(text))
}
