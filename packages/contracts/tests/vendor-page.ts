import { readFileSync } from 'node:fs'

/** A copy of a page of a vendor's documentation, as it was found. */
export interface VendorPage {
  readonly name: string
  readonly lines: readonly string[]
}

export function readVendorPage(name: string): VendorPage {
  const text = readFileSync(new URL(`../fixtures/vendor-docs/${name}`, import.meta.url), 'utf8')
  return { name, lines: text.split(/\r?\n/) }
}

/** The JSON objects that start on a line of their own, in their order; an object inside another one is not listed. */
export function jsonBlocks({ lines }: VendorPage): unknown[] {
  const blocks: unknown[] = []
  for (let start = 0; start < lines.length; start++) {
    if (lines[start] !== '{') continue
    const end = lines.findIndex((line, index) => index > start && line === '}' && isJson(lines.slice(start, index + 1)))
    if (end === -1) continue
    blocks.push(JSON.parse(lines.slice(start, end + 1).join('\n')))
    start = end
  }
  return blocks
}

function isJson(lines: readonly string[]): boolean {
  try {
    JSON.parse(lines.join('\n'))
    return true
  } catch {
    return false
  }
}

/** The text from the first line that starts with `first` to the next one that starts with `last`. */
export function passage({ lines, name }: VendorPage, first: string, last: string): string {
  const start = lines.findIndex((line) => line.startsWith(first))
  const end = lines.findIndex((line, index) => index > start && line.startsWith(last))
  if (start === -1 || end === -1) throw new Error(`${name} has no passage from ${first} to ${last}`)
  return lines.slice(start, end + 1).join('\n')
}
