import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import { alwaysSent, alwaysSentWhen, sentUnlessCaOnly } from './always-sent.ts'
import { type ApiDocument, asList, asNode, type Node, type OperationEntry, resolve } from '../generate/document.ts'
import { belongsTo, type Edition } from '../generate/edition.ts'

/** An answer, as far as it is judged. */
export interface SentAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/**
 * Judges answers by a copy of a document in which no object may have a member that the document does not name for the
 * edition at hand, and in which what is always sent there is required.
 *
 * The document itself stays open, as the vendors say; but an open schema cannot see an optional member that is
 * misspelled, so the twins are held to the closed copy.
 */
export interface ClosedSchemas {
  /** What is wrong with an answer; nothing when it is what the document says. */
  complaints(operation: OperationEntry, answer: SentAnswer): string[]
}

export function createClosedSchemas(document: ApiDocument, edition: Edition = {}): ClosedSchemas {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: true })
  ajvFormats.default(ajv)
  ajv.addSchema({ ...requireAlwaysSent(close(document.root, edition) as Node), $id: 'closed' })
  const validators = new Map<unknown, ValidateFunction>()
  const validatorOf = (schema: unknown): ValidateFunction => {
    const known = validators.get(schema)
    if (known !== undefined) return known
    const validator = ajv.compile({ $id: `closed-${validators.size}`, ...(rebase(close(schema, edition)) as Node) })
    validators.set(schema, validator)
    return validator
  }
  return {
    complaints(operation, answer) {
      const response = operation.responses.find((entry) => entry.status === String(answer.status))
      if (response === undefined) return [`${operation.id} has no status ${answer.status}`]
      const headers = headerComplaints(document.root, response.node, answer.headers, edition)
      return [...headers, ...bodyComplaints(asNode(response.node['content']), answer, validatorOf)]
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

/** The headers that the document promises and that are not there, and those that are there and belong to another edition. */
function headerComplaints(root: Node, response: Node, headers: Headers, edition: Edition): string[] {
  return Object.entries(asNode(response['headers'])).flatMap(([name, value]) => {
    const header = { ...resolve(root, value), ...asNode(value) }
    if (!belongsTo(header, edition)) return headers.has(name) ? [`the header ${name} is of another edition`] : []
    return isPromised(header) && !headers.has(name) ? [`the header ${name} is missing`] : []
  })
}

/** What only one edition has cannot be required in the document, which holds for all of them. */
function isPromised(node: Node): boolean {
  return node['required'] === true || node['x-required'] === true
}

function emptyBody(contentType: string | null, body: string): string[] {
  const complaints = contentType === null ? [] : [`an empty answer has the content type ${contentType}`]
  return body === '' ? complaints : [...complaints, 'the answer has a body']
}

/**
 * The same document with `unevaluatedProperties: false` on every object that lists its members, without the members of other
 * editions, and with those required that this edition promises.
 */
function close(value: unknown, edition: Edition): unknown {
  if (Array.isArray(value)) return value.map((item) => close(item, edition))
  if (typeof value !== 'object' || value === null) return value
  const closed = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, close(member, edition)]))
  if (!isSchemaWithMembers(closed)) return closed
  const members = Object.entries(asNode(closed['properties'])).filter(([, member]) =>
    belongsTo(asNode(member), edition),
  )
  const promised = members.filter(([, member]) => asNode(member)['x-required'] === true).map(([name]) => name)
  const required = [...asList(closed['required']), ...promised]
  return { ...closed, properties: Object.fromEntries(members), required, unevaluatedProperties: false }
}

/** A member that is called `properties` itself makes no schema of the object around it. */
function isSchemaWithMembers(node: Node): boolean {
  return typeof node['properties'] === 'object'
}

/** The same document with the members that are always sent as required ones. */
function requireAlwaysSent(root: Node): Node {
  const components = asNode(root['components'])
  const schemas = Object.entries(asNode(components['schemas'])).map(([name, schema]) => {
    const required = alwaysSent[name]
    if (required === undefined) return [name, schema]
    const all = [...required, ...asList(asNode(schema)['required'])]
    return [name, { ...asNode(schema), required: all, ...requireWhen(name) }]
  })
  return { ...root, components: { ...components, schemas: Object.fromEntries(schemas) } }
}

function requireWhen(name: string): Node {
  const unlessCaOnly = sentUnlessCaOnly[name]
  if (unlessCaOnly !== undefined) {
    const isCaOnly = { required: ['caOnly'], properties: { caOnly: { const: true } } }
    return { if: isCaOnly, else: unlessCaOnly }
  }
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
