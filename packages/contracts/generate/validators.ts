import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standaloneCode from 'ajv/dist/standalone/index.js'
import ajvFormats from 'ajv-formats'
import { build } from 'esbuild'
import { type ApiDocument, asNode, type OperationEntry } from './document.ts'

/** Validators, as a module of plain JavaScript with its declarations. */
export interface ValidatorModule {
  readonly javascript: string
  readonly declarations: string
}

/** A schema of a document, and the name of the validator that is made from it. */
export interface ValidatedSchema {
  readonly name: string
  /** A JSON pointer, encoded as in a reference. */
  readonly pointer: string
}

export async function generateValidators(
  document: ApiDocument,
  schemas: readonly ValidatedSchema[],
  validatorModule: string = '@certtwin/mock-kit',
): Promise<ValidatorModule> {
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    allErrors: true,
    code: { source: true, esm: true, lines: true },
  })
  ajvFormats.default(ajv)
  ajv.addSchema({ ...document.root, $id: 'document' })
  for (const { name, pointer } of schemas) ajv.addSchema({ $id: name, $ref: `document#${pointer}` })
  const names = schemas.map(({ name }) => name)
  const code = standaloneCode.default(ajv, Object.fromEntries(names.map((name) => [name, name])))
  return { javascript: await bundle(code), declarations: declare(names, validatorModule) }
}

/** The JSON bodies of a document's operations. */
export function requestBodies({ operations }: ApiDocument): ValidatedSchema[] {
  return operations.filter(hasJsonBody).map((operation) => ({
    name: `validate${operation.id[0]!.toUpperCase()}${operation.id.slice(1)}`,
    pointer: bodyPointer(operation),
  }))
}

/** The schemas of a document that are no parts of others. */
export function namedSchemas(names: readonly string[]): ValidatedSchema[] {
  return names.map((name) => ({ name: `validate${name}`, pointer: `/components/schemas/${name}` }))
}

function hasJsonBody(operation: OperationEntry): boolean {
  return asNode(asNode(operation.node['requestBody'])['content'])['application/json'] !== undefined
}

function bodyPointer({ path, method }: OperationEntry): string {
  const escaped = encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'))
  return `/paths/${escaped}/${method.toLowerCase()}/requestBody/content/application~1json/schema`
}

/** Ajv leaves calls of `require` in its output even for ES modules; the bundle has none. */
async function bundle(code: string): Promise<string> {
  const result = await build({
    // Comments name files from here, wherever the command is called.
    absWorkingDir: fileURLToPath(new URL('../../../', import.meta.url)),
    stdin: { contents: code, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    legalComments: 'none',
  })
  return result.outputFiles[0]!.text.replaceAll(/^\/\/ .*\n/gm, '')
}

function declare(names: readonly string[], validatorModule: string): string {
  return [
    `import type { Validator } from '${validatorModule}'`,
    '',
    ...names.map((name) => `export declare const ${name}: Validator`),
    '',
  ].join('\n')
}
