import { readFileSync } from 'node:fs'

/** A block of a page that is run, and what the page says that it prints. */
export interface Block {
  readonly language: 'ts' | 'sh'
  readonly code: string
  /** The line of the page that the code begins at, from 1. */
  readonly line: number
  /** The text block behind it; undefined where there is none. */
  readonly prints: string | undefined
}

/** The blocks of a page that are run: all of TypeScript, and what calls curl or openssl in a shell. */
export function readBlocks(file: string): readonly Block[] {
  const page = readFileSync(file, 'utf8')
  const fences = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
  return fences.flatMap(([, language = '', code = ''], index) => {
    if (language !== 'ts' && !(language === 'sh' && /\b(?:curl|openssl) /.test(code))) return []
    const [, following, text] = fences[index + 1] ?? []
    const line = page.slice(0, fences[index]!.index).split('\n').length + 1
    return [{ language, code, line, prints: following === 'text' ? text : undefined }]
  })
}

/** What stands before the output of the block with this number. */
const mark = (number: number): string => `§${number}`

/** The output of each block, by its number. */
export function splitOutput(output: string): readonly string[] {
  return output.split(/^§\d+\n/m).slice(1)
}

/** The programs of a page as one module. The lines keep their numbers, so that what a compiler says can be found on the page. */
export function toModule(blocks: readonly Block[]): string {
  return blocks.reduce((text, { code, line }, number) => {
    const gap = '\n'.repeat(line - text.split('\n').length)
    return `${text}${gap}console.log('${mark(number)}');${code}`
  }, '')
}

/** The shell blocks of a page as one script, with other addresses in the place of the vendors'. */
export function toScript(blocks: readonly Block[], addresses: Readonly<Record<string, string>>): string {
  const parts = blocks.map(({ code }, number) => `printf '%s\\n' '${mark(number)}'\n${code}`)
  return Object.entries(addresses).reduce(
    (script, [vendor, twin]) => script.replaceAll(vendor, twin),
    ['set -euo pipefail', ...parts].join('\n'),
  )
}
