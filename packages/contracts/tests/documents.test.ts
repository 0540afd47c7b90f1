import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { apis } from '../generate/apis.ts'
import { asNode, evidenceClasses, type Node, readDocument } from '../generate/document.ts'
import { editionOf } from '../generate/edition.ts'
import { statementsOf } from '../generate/evidence.ts'
import { readVendorPage } from './vendor-page.ts'

// What the documents claim about where they have it from.

interface Place {
  /** The keys on the way from the root. */
  readonly path: readonly string[]
  readonly node: Node
}

/** Every object of a document. */
function placesIn(value: unknown, path: readonly string[] = []): Place[] {
  if (Array.isArray(value)) return value.flatMap((member, index) => placesIn(member, [...path, String(index)]))
  if (typeof value !== 'object' || value === null) return []
  const node = asNode(value)
  return [{ path, node }, ...Object.entries(node).flatMap(([key, member]) => placesIn(member, [...path, key]))]
}

/** What the vendor's line must hold for the claim to be true: the member's, parameter's or error's name. */
function nameOf({ path, node }: Place): string | undefined {
  if (path.at(-2) === 'properties' && asNode(node)['$ref'] === undefined) return path.at(-1)
  if (typeof node['code'] === 'string') return node['code']
  return typeof node['in'] === 'string' && node['in'] !== 'header' ? String(node['name']) : undefined
}

/** The lines of the vendors' tables, by the pages' own layout. */
const tableLines = {
  digicert: /^(?:\.\. )*(\w+) \|/,
  cdnpro: /^\*?([a-z]\w*?)(?:String|Integer|Boolean|List)$/,
}

describe.each(apis)('the document of $name', ({ name, document: file }) => {
  const page = readVendorPage(
    name === 'digicert' ? 'digicert-duplicate-certificate.txt' : 'cdnpro-certificate-version.txt',
  )

  it('gives every operation and every statement a class of evidence', async () => {
    const document = await readDocument(file)
    for (const operation of document.operations) {
      const classes = [operation.evidence, ...statementsOf(document, operation).map(({ evidence }) => evidence)]
      expect(classes.filter((evidence) => !evidenceClasses.includes(evidence))).toEqual([])
    }
    const marks = placesIn(document.root).flatMap(({ node }) => node['x-evidence'] ?? [])
    expect(marks.filter((mark) => !evidenceClasses.includes(mark as never))).toEqual([])
  })

  it('marks doors and generations that there are', async () => {
    const { root } = await readDocument(file)
    const marks = placesIn(root).flatMap(({ node }) => [node['x-door'] ?? [], node['x-generation'] ?? []].flat())
    expect(marks.filter((mark) => !['gateway', 'native', '2023', 'current'].includes(mark as string))).toEqual([])
    const optional = placesIn(root).filter(({ node }) => node['x-required'] === true && editionOf(node) === '')
    expect(optional.map(({ path }) => path.join('.'))).toEqual([])
  })

  it('names only lines of the page that hold what they are named for', async () => {
    const { root } = await readDocument(file)
    const sourced = placesIn(root).filter(({ node }) => node['x-source'] !== undefined)
    expect(sourced.length).toBeGreaterThan(15)
    const wrong = sourced.filter((place) => {
      const [pageName, line] = String(place.node['x-source']).split('#L')
      const text = page.lines[Number(line) - 1]
      return pageName !== page.name || !text || !text.includes(nameOf(place) ?? '')
    })
    expect(wrong.map(({ path, node }) => `${path.join('.')} ${String(node['x-source'])}`)).toEqual([])
  })

  it('names every line of the tables on the page', async () => {
    const text = readFileSync(file, 'utf8')
    const rows = page.lines.flatMap((line, index) =>
      tableLines[name].test(line) ? [`${page.name}#L${index + 1}`] : [],
    )
    expect(rows.length).toBeGreaterThan(12)
    expect(rows.filter((row) => !new RegExp(`${row}\\b`).test(text))).toEqual([])
  })

  it('leaves every object open, since the vendor may add members at any time', async () => {
    const { root } = await readDocument(file)
    const closed = placesIn(root).filter(
      ({ node }) => node['additionalProperties'] === false || node['unevaluatedProperties'] === false,
    )
    expect(closed.map(({ path }) => path.join('.'))).toEqual([])
  })
})
