import { toResponse } from '../answer.ts'
import { parseDuration } from '../duration.ts'
import type { AnswerRecord, Exchange } from '../exchange.ts'
import { type DocumentedError, type DocumentedErrors, errorsUnder, findDocumentedError } from './documented-error.ts'
import type { FaultKind, FaultStatus } from './fault.ts'
import { WireFault } from './wire-fault.ts'

/** How a twin writes its vendor's errors, and which it has. */
export interface ErrorDialect {
  readonly errors: DocumentedErrors
  /** The body of an answer that carries this error alone. */
  readonly toErrorBody: (error: DocumentedError) => object
}

/** A request in whose way a fault is put. */
export interface Injection extends ErrorDialect {
  readonly fault: FaultStatus
  readonly exchange: Exchange
  /** Those of the world. */
  readonly settings: object
  readonly request: Request
  /** Lets the twin answer. */
  readonly proceed: () => Promise<Response>
}

type Effect = (injection: Injection) => Promise<Response>

const effects: Readonly<Record<FaultKind, Effect>> = {
  error: answerError,
  delay: ({ proceed }) => proceed(),
  'slow-body': sendSlowly,
  'truncated-body': truncate,
  'broken-json': (injection) => spoil(injection, ({ body, ...head }) => ({ ...head, body: body && firstHalf(body) })),
  'wrong-content-type': (injection) =>
    spoil(injection, ({ headers, ...rest }) => ({
      ...rest,
      headers: { ...headers, 'Content-Type': injection.fault.contentType ?? 'text/html' },
    })),
  reset: (injection) => breakOff(injection, 'reset'),
  silence: (injection) => breakOff(injection, 'silence'),
}

/** The twin's own answer reaches the caller, only later. */
const harmless: ReadonlySet<FaultKind> = new Set(['delay', 'slow-body'])

/**
 * Puts a fault in a request's way and notes it in the exchange.
 *
 * @throws WireFault where no `Response` can say what happens
 */
export async function inject(injection: Injection): Promise<Response> {
  const { fault, exchange, request } = injection
  exchange.fault = { rule: fault.id, kind: fault.kind, injected: !harmless.has(fault.kind) }
  if (fault.delay !== undefined && fault.kind !== 'slow-body') await wait(parseDuration(fault.delay), request.signal)
  return effects[fault.kind](injection)
}

async function answerError({ fault, exchange, settings, errors, toErrorBody }: Injection): Promise<Response> {
  const all = errors[exchange.operation ?? ''] ?? []
  // A rule is for operations that have its error: it was looked for when the rule was added, under whatever settings.
  const error = findDocumentedError(errorsUnder(all, settings), fault) ?? findDocumentedError(all, fault)!
  exchange.diagnosis = 'injected'
  return toResponse(exchange, {
    status: error.status,
    headers: { ...exchange.headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(toErrorBody(error)),
  })
}

async function spoil(
  { exchange, proceed }: Injection,
  change: (answer: AnswerRecord) => AnswerRecord,
): Promise<Response> {
  const response = await proceed()
  return exchange.answer === undefined ? response : toResponse(exchange, change(exchange.answer))
}

function firstHalf(body: string | Uint8Array<ArrayBuffer>): string | Uint8Array<ArrayBuffer> {
  return body.slice(0, Math.ceil(body.length / 2))
}

async function truncate({ exchange, proceed, fault }: Injection): Promise<Response> {
  const response = await proceed()
  const size = bytesOf(exchange.answer).length
  throw new WireFault({ kind: 'truncated', response, bytes: Math.min(fault.bytes ?? Math.floor(size / 2), size) })
}

async function breakOff({ fault, exchange, proceed }: Injection, kind: 'reset' | 'silence'): Promise<Response> {
  if (fault.effect === 'after') await proceed()
  exchange.answer = undefined
  throw new WireFault({ kind })
}

/** The same bytes in pieces, with a pause before each but the first. */
async function sendSlowly({ fault, exchange, proceed, request }: Injection): Promise<Response> {
  const response = await proceed()
  const bytes = bytesOf(exchange.answer)
  if (exchange.answer === undefined || bytes.length === 0) return response
  const pieceBytes = Math.max(1, fault.bytes ?? Math.ceil(bytes.length / 10))
  const pauseMs = parseDuration(fault.delay ?? '100ms')
  const { status, headers } = exchange.answer
  return new Response(inPieces(bytes, pieceBytes, pauseMs, request), {
    status,
    headers: { ...headers, 'Content-Length': String(bytes.length) },
  })
}

/** It holds the request, not its signal alone: a signal does not keep its request, which passes an abort on. */
function inPieces(
  bytes: Uint8Array<ArrayBuffer>,
  pieceBytes: number,
  pauseMs: number,
  request: Request,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const left = new AbortController()
  const gone = AbortSignal.any([request.signal, left.signal])
  let sent = 0
  return new ReadableStream(
    {
      async pull(controller) {
        if (sent > 0) await wait(pauseMs, gone)
        if (request.signal.aborted) return controller.error(request.signal.reason)
        if (left.signal.aborted) return
        controller.enqueue(bytes.subarray(sent, sent + pieceBytes))
        sent += pieceBytes
        if (sent >= bytes.length) controller.close()
      },
      cancel: () => left.abort(),
    },
    { highWaterMark: 0 }, // the first piece leaves when somebody reads
  )
}

function bytesOf(answer: AnswerRecord | undefined): Uint8Array<ArrayBuffer> {
  const body = answer?.body ?? ''
  return typeof body === 'string' ? new TextEncoder().encode(body) : body
}

/** The longest that a timer can wait: 24 days. */
const longestMs = 2 ** 31 - 1

/** Ends early when the caller is gone. Real time: what is tested is how long the caller waits. */
async function wait(durationMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, Math.min(durationMs, longestMs))
    signal.addEventListener('abort', end)
  })
}
