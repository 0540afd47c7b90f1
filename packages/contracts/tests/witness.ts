import type { Fetch } from '@certtwin/mock-kit'
import type { Api } from '../generate/apis.ts'
import { type ApiDocument, type OperationEntry, readDocument } from '../generate/document.ts'
import { belongsTo, type Edition } from '../generate/edition.ts'
import { type ClosedSchemas, createClosedSchemas } from './closed-schemas.ts'
import { documentedError, errorsIn, nameError } from './documented-errors.ts'
import { createPrismWitness, type Violation } from './prism.ts'

/** Two witnesses between a client and a twin: Prism, and Ajv with the closed copy of the document. */
export interface Witness {
  readonly document: ApiDocument
  readonly violations: readonly Violation[]
  /** How many exchanges were judged. */
  readonly seen: number
  /** The documented answers and errors that were seen, as `operation status` and as named by the document. */
  readonly covered: ReadonlySet<string>
  /** @param edition - what the twin shows; the default edition unless given */
  through(fetch: Fetch, edition?: Edition): Fetch
  /** Forgets what was seen. */
  clear(): void
}

export async function createWitness(api: Api): Promise<Witness> {
  const document = await readDocument(api.document)
  const schemas = new Map<string, ClosedSchemas>()
  const schemasOf = (edition: Edition): ClosedSchemas => {
    const key = JSON.stringify(edition)
    const closed = schemas.get(key) ?? createClosedSchemas(document, edition)
    schemas.set(key, closed)
    return closed
  }
  const prism = await createPrismWitness(api, document.prefix)
  const { violations } = prism
  const covered = new Set<string>()
  let seen = 0
  return {
    document,
    violations,
    covered,
    get seen() {
      return seen
    },
    clear() {
      violations.length = 0
      seen = 0
    },
    through: (fetch, edition = api.edition) => {
      const bench = { document, schemas: schemasOf(edition), covered, edition }
      const judged: Fetch = async (request) => {
        const response = await fetch(request)
        seen++
        violations.push(...(await judge(bench, request, response.clone())))
        return response
      }
      const doubly = prism.through(judged)
      // Prism takes an empty segment for an id, and all editions for one; a route that nobody documents is judged by nobody.
      const isKnown = ({ method, url }: Request): boolean => {
        const operation = findOperation(document, method, new URL(url).pathname)
        return operation !== undefined && belongsTo(operation.node, edition)
      }
      return (request) => (isKnown(request) ? doubly : judged)(request)
    },
  }
}

interface Bench {
  readonly document: ApiDocument
  readonly schemas: ClosedSchemas
  readonly covered: Set<string>
  readonly edition: Edition
}

async function judge(
  { document, schemas, covered, edition }: Bench,
  request: Request,
  response: Response,
): Promise<Violation[]> {
  const { pathname } = new URL(request.url)
  const { status, headers } = response
  const exchange = `${request.method} ${pathname} ${status}`
  const operation = findOperation(document, request.method, pathname)
  if (operation === undefined || !belongsTo(operation.node, edition))
    return [{ exchange, side: 'request', complaint: 'no such operation' }]
  const body = await response.text()
  covered.add(`${operation.id} ${status}`)
  const complaints = schemas.complaints(operation, { status, headers, body })
  if (!response.ok) complaints.push(...judgeErrors(operation, status, body, { covered, edition }))
  return complaints.map((complaint) => ({ exchange, side: 'answer', complaint }))
}

function judgeErrors(
  operation: OperationEntry,
  status: number,
  body: string,
  { covered, edition }: Pick<Bench, 'covered' | 'edition'>,
): string[] {
  return errorsIn(body).flatMap((error) => {
    const entry = documentedError(operation, status, error, edition)
    if (entry === undefined) return [`the error ${JSON.stringify(error)} is not in the document`]
    covered.add(nameError(operation, String(status), entry))
    return []
  })
}

function findOperation({ operations }: ApiDocument, method: string, pathname: string): OperationEntry | undefined {
  const parts = pathname.split('/')
  return operations.find((operation) => {
    const template = operation.servedPath.split('/')
    if (operation.method !== method || template.length !== parts.length) return false
    return template.every((part, index) => (part.startsWith('{') ? parts[index] !== '' : parts[index] === part))
  })
}
