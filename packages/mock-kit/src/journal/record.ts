import { uptimeMs } from '../clock.ts'
import type { Exchange } from '../exchange.ts'
import type { Arrival } from '../fetch.ts'
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

/** What the journal keeps of a passage: texts by reference, secrets masked. */
export function toEntry(passage: Passage, masking: Masking): Omit<JournalEntry, 'id'> {
  const { request, arrival, exchange, world, startedMs, startedUptimeMs } = passage
  const { answer, body, operation, account, diagnosis, fault } = exchange
  const pairs = requestHeaders(request, arrival)
  const mask = masking(pairs)
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
    request: { headers: maskHeaders(pairs, mask), body: mask.text(body.text) },
    response: {
      headers: maskHeaders(Object.entries(answer?.headers ?? {}), mask),
      body: typeof answer?.body === 'string' ? mask.text(answer.body) : (answer?.body ?? null),
    },
  }
}

function maskHeaders(pairs: readonly HeaderPair[], mask: Mask): HeaderPair[] {
  return pairs.map(([name, value]) => [name, mask.header(name, value)] as const)
}

/** From the wire where there is one: reading them from a `Request` costs several times as much. */
function requestHeaders(request: Request, arrival: Arrival | undefined): HeaderPair[] {
  if (arrival === undefined) return [...request.headers]
  const pairs: HeaderPair[] = []
  const { rawHeaders } = arrival
  for (let index = 0; index < rawHeaders.length; index += 2) pairs.push([rawHeaders[index]!, rawHeaders[index + 1]!])
  return pairs
}
