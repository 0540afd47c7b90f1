import { uptimeMs } from '../clock.ts'
import type { AnswerRecord, Exchange } from '../exchange.ts'
import type { Arrival } from '../fetch.ts'
import type { FaultHit } from '../faults/fault.ts'
import type { RingEntry } from './byte-ring.ts'
import type { HeaderPair, JournalEntry } from './entry.ts'
import type { Mask, Masking } from './mask.ts'

/** A request whose answer is known, and when it came. */
export interface Passage {
  readonly request: Request
  readonly arrival: Arrival | undefined
  readonly exchange: Exchange
  readonly world: string
  readonly startedMs: number
  readonly startedUptimeMs: number
}

/** Names and values in turn: in pairs they would cost as much as all the rest of an entry. */
export type FlatHeaders = readonly string[]

/** An entry as it is stored: texts by reference, secrets masked. */
export interface JournalRecord extends Omit<JournalEntry, 'id' | 'request' | 'response'> {
  readonly requestHeaders: FlatHeaders
  readonly requestBody: string
  readonly responseHeaders: FlatHeaders
  readonly responseBody: AnswerRecord['body']
}

export function createRecord(passage: Passage, masking: Masking): JournalRecord {
  const { request, arrival, exchange, world, startedMs, startedUptimeMs } = passage
  const { answer, body, operation, account, diagnosis, fault } = exchange
  // From the wire where there is one: reading them from a `Request` costs several times as much.
  const headers = arrival?.rawHeaders ?? headersOf(request)
  const mask = masking(headers)
  return {
    world,
    startedMs,
    durationMs: uptimeMs() - startedUptimeMs,
    method: request.method,
    url: mask.text(request.url),
    operation,
    account,
    status: answer?.status ?? 0,
    diagnosis: diagnosis === undefined ? undefined : mask.text(diagnosis),
    fault,
    requestHeaders: maskHeaders(headers, mask),
    requestBody: mask.text(body.text),
    responseHeaders: maskHeaders(flatten(answer?.headers ?? {}), mask),
    responseBody: typeof answer?.body === 'string' ? mask.text(answer.body) : (answer?.body ?? null),
  }
}

/** The entry as it is shown. */
export function toEntry(id: number, record: JournalRecord): JournalEntry {
  const { requestHeaders, requestBody, responseHeaders, responseBody, ...rest } = record
  return {
    id,
    ...rest,
    request: { headers: inPairs(requestHeaders), body: requestBody },
    response: { headers: inPairs(responseHeaders), body: responseBody },
  }
}

function headersOf({ headers }: Request): string[] {
  const flat: string[] = []
  headers.forEach((value, name) => flat.push(name, value))
  return flat
}

function flatten(headers: AnswerRecord['headers']): string[] {
  const flat: string[] = []
  for (const name in headers) flat.push(name, headers[name]!)
  return flat
}

function inPairs(flat: FlatHeaders): HeaderPair[] {
  return Array.from({ length: flat.length / 2 }, (_, index) => [flat[2 * index]!, flat[2 * index + 1]!])
}

function maskHeaders(flat: FlatHeaders, mask: Mask): FlatHeaders {
  const safe = flat.slice()
  for (let index = 0; index < safe.length; index += 2) safe[index + 1] = mask.header(safe[index]!, safe[index + 1]!)
  return safe
}

/** How many numbers a ring keeps of a record. */
export const ringNumbers = 5

const noBytes = new Uint8Array()

/** Everything that is text comes in one piece: writing several costs more than their length. */
export function toRingEntry(record: JournalRecord): RingEntry {
  const { startedMs, durationMs, status, requestBody, responseBody, ...rest } = record
  const { world, method, url, operation, account, diagnosis, fault, requestHeaders, responseHeaders } = rest
  const kind = typeof responseBody === 'string' ? 'text' : responseBody === null ? 'none' : 'bytes'
  const head: Head = [world, method, url, operation, account, diagnosis, fault, requestHeaders, responseHeaders, kind]
  const headText = JSON.stringify(head)
  const [responseText, bytes] = kind === 'bytes' ? ['', responseBody as Uint8Array] : [responseBody ?? '', noBytes]
  return {
    numbers: [startedMs, durationMs, status, headText.length, requestBody.length],
    text: headText + requestBody + responseText,
    bytes,
  }
}

/** Everything but numbers and bodies; what is undefined comes back as null from JSON. */
type Head = readonly [
  world: string,
  method: string,
  url: string,
  operation: string | null | undefined,
  account: string | null | undefined,
  diagnosis: string | null | undefined,
  fault: FaultHit | null | undefined,
  requestHeaders: FlatHeaders,
  responseHeaders: FlatHeaders,
  responseKind: 'text' | 'bytes' | 'none',
]

export function fromRingEntry({ numbers, text, bytes }: RingEntry): JournalRecord {
  const [startedMs = 0, durationMs = 0, status = 0, headLength = 0, requestLength = 0] = numbers
  const responseAt = headLength + requestLength
  const [world, method, url, operation, account, diagnosis, fault, requestHeaders, responseHeaders, kind] = JSON.parse(
    text.slice(0, headLength),
  ) as Head
  return {
    world,
    startedMs,
    durationMs,
    method,
    url,
    operation: operation ?? undefined,
    account: account ?? undefined,
    status,
    diagnosis: diagnosis ?? undefined,
    fault: fault ?? undefined,
    requestHeaders,
    requestBody: text.slice(headLength, responseAt),
    responseHeaders,
    responseBody: kind === 'none' ? null : kind === 'text' ? text.slice(responseAt) : new Uint8Array(bytes),
  }
}
