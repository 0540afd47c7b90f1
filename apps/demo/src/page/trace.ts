import type { Fetch } from '@certtwin/core'
import { maskBody, maskText } from './masking.ts'

export type Service = 'DigiCert' | 'CDN Pro'

/** One request as it went over the wire, and its answer; headers are left out, since that is where credentials travel. */
export interface Exchange {
  readonly service: Service
  readonly method: string
  readonly path: string
  /** Undefined: no answer came. */
  readonly status: number | undefined
  readonly durationMs: number
  readonly requestBody: string
  readonly responseBody: string
}

interface TraceOptions {
  readonly service: Service
  /** Values that are masked wherever they appear. */
  readonly secrets: readonly string[]
  readonly record: (exchange: Exchange) => void
}

/** Records each request that goes through, a repeated one again. It belongs innermost, where the bytes are final. */
export function withTrace(fetch: Fetch, { service, secrets, record }: TraceOptions): Fetch {
  return async (request) => {
    const startMs = performance.now()
    const { pathname, search } = new URL(request.url)
    const requestBody = await readCopy(request)
    const finish = (status: number | undefined, responseBody: string): void =>
      record({
        service,
        method: request.method,
        path: maskText(`${pathname}${search}`, secrets),
        status,
        durationMs: Math.round(performance.now() - startMs),
        requestBody: maskBody(requestBody, secrets),
        responseBody: maskBody(responseBody, secrets),
      })
    try {
      const response = await fetch(request)
      finish(response.status, await readCopy(response))
      return response
    } catch (error) {
      finish(undefined, '')
      throw error
    }
  }
}

/** The body, left in place for whoever reads it next; an answer that breaks off is that reader's business. */
async function readCopy(message: Request | Response): Promise<string> {
  if (message.body === null) return ''
  return message
    .clone()
    .text()
    .catch(() => '')
}
