import { controlPlane } from '../generate/apis.ts'
import { type ApiDocument, type OperationEntry, readDocument } from '../generate/document.ts'
import { type ClosedSchemas, createClosedSchemas } from './closed-schemas.ts'

/** A call of the control plane: the operation that it is for, its path with the query, and what it sends. */
export interface ControlCall {
  readonly operation: string
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Calls the control plane and judges each answer by the closed document. */
export interface ControlWitness {
  readonly document: ApiDocument
  /** The answers that were seen, as `operation 2XX`. */
  readonly covered: ReadonlySet<string>
  /** What the document has against the answer; its text, too. */
  readonly judge: (url: string, call: ControlCall) => Promise<{ readonly complaints: string[]; readonly text: string }>
}

export async function createControlWitness(): Promise<ControlWitness> {
  const document = await readDocument(controlPlane.document)
  const schemas = createClosedSchemas(document)
  const covered = new Set<string>()
  return {
    document,
    covered,
    async judge(url, call) {
      const operation = document.operations.find(({ id }) => id === call.operation)!
      const response = await fetch(`${url}/__mock${call.path}`, toInit(operation, call))
      covered.add(`${operation.id} ${classOf(response.status)}`)
      const text = await readText(response)
      return { complaints: complaintsOf(schemas, operation, response, text), text }
    },
  }
}

function toInit({ method }: OperationEntry, { body, headers }: ControlCall): RequestInit {
  return {
    method,
    headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }
}

/** Of a stream its first event: it has no end. */
async function readText(response: Response): Promise<string> {
  if (response.headers.get('Content-Type') !== 'text/event-stream') return response.text()
  const reader = response.body!.getReader()
  const { value } = await reader.read()
  await reader.cancel()
  return Buffer.from(value).toString()
}

/** The document gives one answer for all refusals, and media types without their parameters. */
function complaintsOf(
  schemas: ClosedSchemas,
  operation: OperationEntry,
  { status, headers }: Response,
  body: string,
): string[] {
  const responses = operation.responses.map((entry) =>
    entry.status === '4XX' && classOf(status) === '4XX' ? { ...entry, status: String(status) } : entry,
  )
  const type = headers.get('Content-Type')?.split(';')[0]
  return schemas.complaints(
    { ...operation, responses },
    { status, headers: new Headers(type === undefined ? {} : { 'Content-Type': type }), body },
  )
}

function classOf(status: number): string {
  return `${Math.floor(status / 100)}XX`
}

/** Every documented answer, as it is counted. */
export function documentedAnswers({ operations }: ApiDocument): string[] {
  return operations.flatMap(({ id, responses }) =>
    responses.map(({ status }) => `${id} ${status.replace(/\d\d$/, 'XX')}`),
  )
}
