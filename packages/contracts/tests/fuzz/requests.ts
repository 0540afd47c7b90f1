import { array, type Arbitrary, constant, constantFrom, oneof, option, record, string, tuple } from 'fast-check'
import { type ApiDocument, asNode, type Node, type OperationEntry, resolve } from '../../generate/document.ts'
import { anyText, mutated, tellingTexts, valuesOf } from './values.ts'

/** A request as it will be sent. */
export interface Sent {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** What the requests of an API are made from beside its document. */
export interface Material {
  readonly document: ApiDocument
  /** What stands in a path in the place of an id: some that exist, some that do not. */
  readonly ids: readonly string[]
  /** Those that are likely for a parameter, by its name. */
  readonly idsOf?: Readonly<Record<string, readonly string[]>>
  /** Bodies that are taken, by operation. */
  readonly bodies: Readonly<Record<string, unknown>>
  /** Headers that get a request past the door, and some that do not. */
  readonly headers: Arbitrary<Readonly<Record<string, string>>>
}

/** Requests at every route: as the document says, with something changed, and from garbage. */
export function requestsOf(material: Material): Arbitrary<Sent> {
  return oneof(
    {
      weight: 8,
      arbitrary: constantFrom(...material.document.operations).chain((operation) =>
        describedRequests(material, operation),
      ),
    },
    { weight: 1, arbitrary: garbageRequests(material) },
  )
}

function describedRequests(material: Material, operation: OperationEntry): Arbitrary<Sent> {
  const { document, headers } = material
  const query = operation.parameters.filter((parameter) => parameter['in'] === 'query')
  return record({
    method: constant(operation.method),
    path: tuple(pathsOf(material, operation.servedPath), queriesOf(document.root, query)).map((parts) =>
      parts.join(''),
    ),
    headers,
    body: operation.method === 'GET' ? constant(undefined) : bodiesOf(material, operation),
  })
}

const segment = oneof(constantFrom(...tellingTexts), string({ maxLength: 20 })).map((text) =>
  encodeURIComponent(text.toWellFormed()),
)

function pathsOf({ ids, idsOf = {} }: Material, template: string): Arbitrary<string> {
  const idsFor = (part: string): Arbitrary<string> => constantFrom(...(idsOf[part.slice(1, -1)] ?? ids))
  const parts = template
    .split('/')
    .map((part) => (part.startsWith('{') ? oneof({ weight: 5, arbitrary: idsFor(part) }, segment) : constant(part)))
  return tuple(...parts).map((each) => each.join('/'))
}

function queriesOf(root: Node, parameters: readonly Node[]): Arbitrary<string> {
  const pairs = parameters.map((parameter) => {
    const values = valuesOf(root, resolve(root, parameter['schema'])).map((value) =>
      typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
    )
    return option(
      values.map((value) => `${String(parameter['name'])}=${encodeURIComponent(value.toWellFormed())}`),
      { freq: 2 },
    )
  })
  const others = array(
    tuple(segment, segment).map((pair) => pair.join('=')),
    { maxLength: 1 },
  )
  return tuple(tuple(...pairs), others).map(([named, more]) => {
    const all = [...named.filter((pair) => pair !== null), ...more]
    return all.length === 0 ? '' : `?${all.join('&')}`
  })
}

function bodiesOf({ document, bodies }: Material, operation: OperationEntry): Arbitrary<string | undefined> {
  const content = asNode(asNode(resolve(document.root, operation.node['requestBody'])['content'])['application/json'])
  const good = bodies[operation.id]
  const described = valuesOf(document.root, content['schema'])
  const values = good === undefined ? described : oneof(constant(good), mutated(good), described)
  return oneof(
    { weight: 8, arbitrary: values.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: oneof(anyText, constant(undefined)) },
  )
}

function garbageRequests({ document, headers }: Material): Arbitrary<Sent> {
  const known = document.operations.map(({ servedPath }) => servedPath)
  return record({
    method: constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'),
    path: oneof(
      constantFrom(...known).map((path) => `${path}/`),
      array(segment, { maxLength: 5 }).map((parts) => `${document.prefix}/${parts.join('/')}`),
    ),
    headers,
    body: option(anyText, { nil: undefined }),
  })
}
