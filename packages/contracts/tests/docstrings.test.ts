import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

// What an editor shows of the client: every export says what it is, and so does every member of an interface or a class.

const source = join(import.meta.dirname, '../../core/src')
const entries = ['index', 'digicert/index', 'cdnpro/index', 'validate/index', 'opentelemetry/index']
const files = entries.map((entry) => join(source, `${entry}.ts`))
const program = ts.createProgram(files, {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
})
const checker = program.getTypeChecker()

const symbolOf = (node: ts.Node): ts.Symbol => checker.getSymbolAtLocation(node)!
const resolved = (symbol: ts.Symbol): ts.Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol

/** What the entry points export, each once. */
const exported: readonly ts.Symbol[] = [
  ...new Set(
    files
      .flatMap((file) => checker.getExportsOfModule(symbolOf(program.getSourceFile(file)!)))
      .map((symbol) => resolved(symbol)),
  ),
]

const isDocumented = (symbol: ts.Symbol): boolean => symbol.getDocumentationComment(checker).length > 0

/** The members that an interface or a class has by itself; those of the generated types are described in the OpenAPI documents. */
function membersOf(symbol: ts.Symbol): readonly ts.Symbol[] {
  return (symbol.declarations ?? [])
    .filter((declaration) => !declaration.getSourceFile().fileName.includes('.generated.'))
    .filter((declaration) => ts.isInterfaceDeclaration(declaration) || ts.isClassDeclaration(declaration))
    .flatMap(({ members }) => [...members])
    .flatMap(({ name }) => (name === undefined ? [] : [symbolOf(name)]))
}

/** The options of an interface with what is said of them, those of others that it extends included. */
function optionsOf(name: string, prefix = ''): readonly (readonly [option: string, docstring: string])[] {
  const type = checker.getDeclaredTypeOfSymbol(exported.find((symbol) => symbol.name === name)!)
  return checker.getPropertiesOfType(type).map((property) => {
    const docstring = ts.displayPartsToString(property.getDocumentationComment(checker))
    return [`${prefix}${property.name}`, docstring]
  })
}

/** The tags of a function's docstring, by their names. */
const tagsOf = (name: string): readonly string[] =>
  exported
    .find((symbol) => symbol.name === name)!
    .getJsDocTags(checker)
    .map((tag) => tag.name)

describe('the docstrings of the client', () => {
  it('are on every export', () => {
    expect(exported.length).toBeGreaterThan(100)
    expect(exported.filter((symbol) => !isDocumented(symbol)).map(({ name }) => name)).toEqual([])
  })

  it('are on every member', () => {
    const members = exported.flatMap((owner) => membersOf(owner).map((member) => ({ owner, member })))
    expect(members.length).toBeGreaterThan(150)
    const bare = members.filter(({ member }) => !isDocumented(member))
    expect(bare.map(({ owner, member }) => `${owner.name}.${member.name}`)).toEqual([])
  })

  it.each(['createDigicertClient', 'createCdnProClient', 'openTelemetryHooks', 'isCerttwinError'])(
    'show how %s is called',
    (name) => expect(tagsOf(name)).toContain('example'),
  )

  it.each(['createDigicertClient', 'createCdnProClient'])(
    'say what %s throws, and where the vendor tells more',
    (name) => {
      expect(tagsOf(name)).toEqual(expect.arrayContaining(['throws', 'see']))
    },
  )
})

describe('the table of options', () => {
  const readme = readFileSync(join(source, '../README.md'), 'utf8')
  const rows = readme
    .split(/^## /m)
    .find((section) => section.startsWith('Options\n'))!
    .split('\n')
  const clients = [...optionsOf('DigicertClientOptions'), ...optionsOf('CdnProClientOptions')]
  // What has members is shown by them.
  const options = new Map([...clients, ...optionsOf('RetryOptions', 'retry.')])
  options.delete('retry')

  it.each([...options])('has %s with its default', (option, docstring) => {
    const [, preset = ''] = /; (\d[\d,]*|`\w+`) unless told/.exec(docstring) ?? []
    const row = rows.find((line) => line.includes(`\`${option}\``))
    expect(row).toContain(preset)
  })
})
