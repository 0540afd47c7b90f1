import type { FaultHit } from './faults/fault.ts'
import type { Arrival } from './fetch.ts'

/** A request's body, read once for everybody. */
export interface RequestBody {
  readonly text: string
  /** The body was larger than a twin takes; `text` is empty then. */
  readonly tooLarge: boolean
}

/** An answer as it was handed over: what the journal keeps, so that nobody reads a `Response` back. */
export interface AnswerRecord {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array<ArrayBuffer> | null
}

/** What is known of one request and its answer while it passes through a twin. */
export interface Exchange {
  readonly body: RequestBody
  /** What the listener knows of the request; undefined where it did not come over the wire. */
  readonly arrival: Arrival | undefined
  /** The path of the request, without its query. */
  readonly path: string
  /** The operation of the OpenAPI document that path and method name; undefined for an unknown route. */
  readonly operation: string | undefined
  /** The headers that any answer to it carries. */
  readonly headers: Record<string, string>
  /** Who called, by a name that is no secret; undefined until it is known. */
  account: string | undefined
  /** Why the request was refused, or what was tolerated about it, for the person who debugs the caller. */
  diagnosis: string | undefined
  /** Left by the one function that serialises answers. */
  answer: AnswerRecord | undefined
  /** An error of the twin itself, which no caller is told about. */
  failure: unknown
  /** The fault that was put in its way. */
  fault: FaultHit | undefined
}

/** What is known of a request before anybody has looked at it. */
export type Received = Pick<Exchange, 'path' | 'operation' | 'body' | 'headers' | 'arrival'>

export function createExchange({ path, operation, body, headers, arrival }: Received): Exchange {
  return {
    body,
    arrival,
    path,
    operation,
    headers,
    account: undefined,
    diagnosis: undefined,
    answer: undefined,
    failure: undefined,
    fault: undefined,
  }
}
