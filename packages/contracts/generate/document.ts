import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'

/** Where a statement about a vendor comes from. */
export const evidenceClasses = ['documented', 'observed', 'client', 'computed', 'assumed'] as const
export type Evidence = (typeof evidenceClasses)[number]

/** Any object of the document; `$ref` is resolved by `resolve`. */
export interface Node {
  readonly [key: string]: unknown
}

/** An error body that a response may have: a code with its message, or a bare text, as the vendor does it. */
export interface ErrorEntry {
  readonly code?: string
  readonly message?: string
  readonly result?: string
  readonly 'x-evidence'?: Evidence
  /** The twin has no state that leads to it: only a fault sends it. */
  readonly 'x-injected'?: boolean
}

export interface ResponseEntry {
  readonly status: string
  readonly node: Node
  readonly errors: readonly ErrorEntry[]
}

export interface OperationEntry {
  readonly id: string
  readonly method: string
  /** The template as it stands in the document, without the servers' prefix. */
  readonly path: string
  /** The template with the prefix of the document's servers, or of the path's own. */
  readonly servedPath: string
  readonly summary: string
  readonly evidence: Evidence
  readonly node: Node
  /** Those of the path and those of the operation, references resolved. */
  readonly parameters: readonly Node[]
  readonly responses: readonly ResponseEntry[]
}

/** One OpenAPI document, read for those who generate from it and those who judge by it. */
export interface ApiDocument {
  readonly root: Node
  /** The path of the first server, without a slash at its end: the twin serves its operations under it. */
  readonly prefix: string
  readonly operations: readonly OperationEntry[]
}

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const

export async function readDocument(file: URL): Promise<ApiDocument> {
  const root = asNode(parse(await readFile(file, 'utf8')))
  return {
    root,
    prefix: prefixOf(root),
    operations: Object.entries(asNode(root['paths'])).flatMap(([path, item]) => operationsOf(root, path, asNode(item))),
  }
}

/** The servers of a path may be named relatively. */
function prefixOf({ servers }: Node): string {
  const [server] = asList(servers)
  return new URL(String(asNode(server)['url']), 'https://relative.invalid').pathname.replace(/\/$/, '')
}

function operationsOf(root: Node, path: string, item: Node): OperationEntry[] {
  return methods
    .filter((method) => item[method] !== undefined)
    .map((method) => {
      const node = asNode(item[method])
      return {
        id: String(node['operationId']),
        method: method.toUpperCase(),
        path,
        servedPath: `${prefixOf(item['servers'] === undefined ? root : item)}${path}`,
        summary: String(node['summary']),
        evidence: node['x-evidence'] as Evidence,
        node,
        parameters: [...asList(item['parameters']), ...asList(node['parameters'])].map((entry) => resolve(root, entry)),
        responses: Object.entries(asNode(node['responses'])).map(([status, response]) =>
          responseOf(root, status, response),
        ),
      }
    })
}

/** An operation may list the errors beside a reference to a shared response; both count. */
function responseOf(root: Node, status: string, response: unknown): ResponseEntry {
  const own = asNode(response)
  const node = resolve(root, own)
  const errors = [...(own === node ? [] : asList(own['x-errors'])), ...asList(node['x-errors'])] as ErrorEntry[]
  return { status, node, errors }
}

/** The object that a reference inside the document names; anything else as it is. */
export function resolve(root: Node, value: unknown): Node {
  const node = asNode(value)
  const reference = node['$ref']
  if (typeof reference !== 'string') return node
  const parts = reference.replace(/^#\//, '').split('/')
  const names = parts.map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
  return resolve(
    root,
    names.reduce<unknown>((place, name) => asNode(place)[name], root),
  )
}

export function asNode(value: unknown): Node {
  return isNode(value) ? value : {}
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
