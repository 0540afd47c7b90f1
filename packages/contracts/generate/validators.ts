import { Ajv2020 } from 'ajv/dist/2020.js'
import standaloneCode from 'ajv/dist/standalone/index.js'
import ajvFormats from 'ajv-formats'
import { build } from 'esbuild'
import type { ApiDocument, OperationEntry } from './document.ts'

/** A validator of each operation's request body, as a module of plain JavaScript with its declarations. */
export interface ValidatorModule {
  readonly javascript: string
  readonly declarations: string
}

export async function generateValidators(document: ApiDocument): Promise<ValidatorModule> {
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    allErrors: true,
    code: { source: true, esm: true, lines: true },
  })
  ajvFormats.default(ajv)
  ajv.addSchema({ ...document.root, $id: 'document' })
  const names = document.operations.filter(hasJsonBody).map((operation) => {
    const name = `validate${operation.id[0]!.toUpperCase()}${operation.id.slice(1)}`
    ajv.addSchema({ $id: name, $ref: `document#${bodyPointer(operation)}` })
    return name
  })
  const code = standaloneCode.default(ajv, Object.fromEntries(names.map((name) => [name, name])))
  return { javascript: await bundle(code), declarations: declare(names) }
}

function hasJsonBody(operation: OperationEntry): boolean {
  return operation.node['requestBody'] !== undefined
}

function bodyPointer({ path, method }: OperationEntry): string {
  const escaped = encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'))
  return `/paths/${escaped}/${method.toLowerCase()}/requestBody/content/application~1json/schema`
}

/** Ajv leaves calls of `require` in its output even for ES modules; the bundle has none. */
async function bundle(code: string): Promise<string> {
  const result = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    legalComments: 'none',
  })
  return result.outputFiles[0]!.text.replaceAll(/^\/\/ .*\n/gm, '')
}

function declare(names: readonly string[]): string {
  return [
    `import type { Validator } from '@certtwin/mock-kit'`,
    '',
    ...names.map((name) => `export declare const ${name}: Validator`),
    '',
  ].join('\n')
}
