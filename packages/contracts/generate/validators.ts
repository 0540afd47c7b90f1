import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standaloneCode from 'ajv/dist/standalone/index.js'
import ajvFormats from 'ajv-formats'
import { build } from 'esbuild'
import { type ApiDocument, asNode, type OperationEntry, resolve } from './document.ts'

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
  const names = schemas.map(({ name }) => name)
  const code = compile(document, schemas, { allErrors: true })
  return { javascript: await bundle(code), declarations: declare(names, validatorModule) }
}

/** Validators of answers, as one object under a name. They stop at the first error and are small, since browsers load them. */
export async function generateAnswerValidators(document: ApiDocument, name: string): Promise<ValidatorModule> {
  const answers = answerBodies(document)
  const code = compile(document, answers, { allErrors: false }).replaceAll(/^export /gm, '')
  const table = `export const ${name} = { ${answers.map((answer) => answer.name).join(', ')} }`
  return {
    javascript: await bundle(`${code}\n${table}`, { minify: true }),
    declarations: [
      `import type { AnswerValidators } from '../transport/validation.ts'`,
      '',
      `/** Judge what the operations of this API answer with when they succeed: for the option \`validate\` of its client. */`,
      `export declare const ${name}: AnswerValidators`,
      '',
    ].join('\n'),
  }
}

function compile(document: ApiDocument, schemas: readonly ValidatedSchema[], options: { allErrors: boolean }): string {
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    ...options,
    code: { source: true, esm: true, lines: true },
  })
  ajvFormats.default(ajv)
  ajv.addSchema({ ...document.root, $id: 'document' })
  for (const { name, pointer } of schemas) ajv.addSchema({ $id: name, $ref: `document#${pointer}` })
  return standaloneCode.default(ajv, Object.fromEntries(schemas.map(({ name }) => [name, name])))
}

/** The JSON bodies of a document's operations. */
export function requestBodies({ operations }: ApiDocument): ValidatedSchema[] {
  return operations.filter(hasJsonBody).map((operation) => ({
    name: `validate${operation.id[0]!.toUpperCase()}${operation.id.slice(1)}`,
    pointer: bodyPointer(operation),
  }))
}

/** What operations answer with when they succeed, where it is JSON, by the operation. */
function answerBodies({ root, operations }: ApiDocument): ValidatedSchema[] {
  return operations.flatMap(({ id, responses }) => {
    const success = responses.find(({ status }) => status.startsWith('2'))
    const schema = asNode(asNode(asNode(success?.node['content'])['application/json'])['schema'])
    const { $ref } = schema
    return typeof $ref === 'string' && Object.keys(resolve(root, schema)).length > 0
      ? [{ name: id, pointer: $ref.slice(1) }]
      : []
  })
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
async function bundle(code: string, options: { readonly minify?: boolean } = {}): Promise<string> {
  const result = await build({
    // Comments name files from here, wherever the command is called.
    absWorkingDir: fileURLToPath(new URL('../../../', import.meta.url)),
    stdin: { contents: code, resolveDir: import.meta.dirname },
    bundle: true,
    ...options,
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
