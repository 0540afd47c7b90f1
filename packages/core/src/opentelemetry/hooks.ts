import type { Hooks, RequestEvent } from '../transport/hooks.ts'

type Attributes = Record<string, string | number>

/** What of a span of `@opentelemetry/api` is used. */
export interface SpanLike {
  /** Facts about the attempt. */
  setAttributes(attributes: Attributes): unknown
  /** Is called for an attempt that failed. */
  setStatus(status: { code: number; message?: string }): unknown
  /** Is called once, when the attempt is over. */
  end(): void
}

/** What of a tracer of `@opentelemetry/api` is used: `trace.getTracer('my program')` is one. */
export interface TracerLike {
  /** Is called for each attempt; the name is the HTTP method. */
  startSpan(name: string, options: { kind: number; attributes: Attributes }): SpanLike
}

/** `SpanKind.CLIENT` and `SpanStatusCode.ERROR`: numbers, so that nobody needs the package who does not have it. */
const [clientKind, errorStatus] = [2, 2]

/**
 * Hooks that make a span of each attempt of a call, by the semantic conventions for HTTP clients. Keys, passwords and bodies are in
 * none of it.
 *
 * @example
 * ```ts
 * import { trace } from '@opentelemetry/api'
 * const digicert = createDigicertClient({ apiKey, hooks: openTelemetryHooks(trace.getTracer('renewals')) })
 * ```
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client
 */
export function openTelemetryHooks(tracer: TracerLike): Hooks {
  const open = new Map<number, SpanLike>()
  const close = (call: number, finish: (span: SpanLike) => void): void => {
    const span = open.get(call)
    if (span === undefined) return
    open.delete(call)
    finish(span)
    span.end()
  }
  const fail = (call: number, type: string): void =>
    close(call, (span) => {
      span.setAttributes({ 'error.type': type })
      span.setStatus({ code: errorStatus })
    })
  return {
    onRequest(event) {
      open.set(event.call, tracer.startSpan(event.method, { kind: clientKind, attributes: attributesOf(event) }))
    },
    onResponse({ call, status }) {
      close(call, (span) => {
        span.setAttributes({
          'http.response.status_code': status,
          ...(status >= 400 && { 'error.type': String(status) }),
        })
        if (status >= 400) span.setStatus({ code: errorStatus })
      })
    },
    // No answer came to what is still open then.
    onRetry: ({ call, code }) => fail(call, code),
    onError: ({ call, error }) => fail(call, error.code),
  }
}

function attributesOf({ operation, method, url, attempt }: RequestEvent): Attributes {
  const { hostname, port, protocol } = new URL(url)
  return {
    'http.request.method': method,
    'url.full': url,
    'server.address': hostname,
    'server.port': Number(port || (protocol === 'https:' ? 443 : 80)),
    'certtwin.operation': operation,
    ...(attempt > 1 && { 'http.request.resend_count': attempt - 1 }),
  }
}
