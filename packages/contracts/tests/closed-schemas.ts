import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import { alwaysSent, alwaysSentWhen } from './always-sent.ts'
import { type ApiDocument, asNode, type Node, type OperationEntry, resolve } from '../generate/document.ts'

/** An answer, as far as it is judged. */
export interface SentAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/**
 * Judges answers by a copy of a document in which no object may have a member that the document does not name, and in
 * which what is always sent is required.
 *
 * The document itself stays open, as the vendors say; but an open schema cannot see an optional member that is
 * misspelled, so the twins are held to the closed copy.
 */
export interface ClosedSchemas {
  /** What is wrong with an answer; nothing when it is what the document says. */
  complaints(operation: OperationEntry, answer: SentAnswer): string[]
}

export function createClosedSchemas(document: ApiDocument): ClosedSchemas {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true })
  ajvFormats.default(ajv)
  ajv.addSchema({ ...requireAlwaysSent(close(document.root) as Node), $id: 'closed' })
  const validators = new Map<unknown, ValidateFunction>()
  const validatorOf = (schema: unknown): ValidateFunction => {
    const known = validators.get(schema)
    if (known !== undefined) return known
    const validator = ajv.compile({ $id: `closed-${validators.size}`, ...(rebase(close(schema)) as Node) })
    validators.set(schema, validator)
    return validator
  }
  return {
    complaints(operation, answer) {
      const response = operation.responses.find((entry) => entry.status === String(answer.status))
      if (response === undefined) return [`${operation.id} has no status ${answer.status}`]
      const missing = missingHeaders(document.root, response.node, answer.headers)
      return [...missing, ...bodyComplaints(asNode(response.node['content']), answer, validatorOf)]
    },
  }
}

function bodyComplaints(
  contents: Node,
  { headers, body }: SentAnswer,
  validatorOf: (schema: unknown) => ValidateFunction,
): string[] {
  const contentType = headers.get('Content-Type')
  if (Object.keys(contents).length === 0) return emptyBody(contentType, body)
  const content = contents[contentType ?? '']
  if (content === undefined) return [`the document has no content of type ${contentType}`]
  const validate = validatorOf(asNode(content)['schema'])
  if (validate(contentType === 'application/json' ? JSON.parse(body) : body)) return []
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, JSON.stringify(params)].join(' '),
  )
}

/** The headers that the document promises and that are not there. */
function missingHeaders(root: Node, response: Node, headers: Headers): string[] {
  return Object.entries(asNode(response['headers']))
    .filter(([name, header]) => resolve(root, header)['required'] === true && !headers.has(name))
    .map(([name]) => `the header ${name} is missing`)
}

function emptyBody(contentType: string | null, body: string): string[] {
  const complaints = contentType === null ? [] : [`an empty answer has the content type ${contentType}`]
  return body === '' ? complaints : [...complaints, 'the answer has a body']
}

/** The same document with `unevaluatedProperties: false` on every object that lists its members. */
function close(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(close)
  if (typeof value !== 'object' || value === null) return value
  const closed = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, close(member)]))
  return 'properties' in closed ? { ...closed, unevaluatedProperties: false } : closed
}

/** The same document with the members that are always sent as required ones. */
function requireAlwaysSent(root: Node): Node {
  const components = asNode(root['components'])
  const schemas = Object.entries(asNode(components['schemas'])).map(([name, schema]) => {
    const required = alwaysSent[name]
    return [name, required === undefined ? schema : { ...asNode(schema), required, ...requireWhen(name) }]
  })
  return { ...root, components: { ...components, schemas: Object.fromEntries(schemas) } }
}

function requireWhen(name: string): Node {
  const rule = alwaysSentWhen[name]
  if (rule === undefined) return {}
  const applies = { properties: { [rule.member]: { const: rule.value } } }
  return { anyOf: [{ not: applies }, { required: rule.required }] }
}

/** References into the document, seen from a schema that stands outside it. */
function rebase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rebase)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === '$ref' && typeof member === 'string' ? member.replace(/^#/, 'closed#') : rebase(member),
    ]),
  )
}
