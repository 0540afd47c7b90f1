import type { Answer, Fetch } from '../fetch.ts'

/** What happens to a connection instead of an answer. */
export type WireEffect =
  /** The connection is reset. */
  | { readonly kind: 'reset' }
  /** The request is accepted and never answered. */
  | { readonly kind: 'silence' }
  /** The head with its full `Content-Length`, so many bytes of the body, then the end. */
  | { readonly kind: 'truncated'; readonly response: Response; readonly bytes: number }

/** Thrown where no `Response` can say what happens; a listener turns it into bytes. */
export class WireFault extends Error {
  override readonly name = 'WireFault'
  readonly effect: WireEffect

  constructor(effect: WireEffect) {
    super(`The connection is to see: ${effect.kind}.`)
    this.effect = effect
  }
}

/** In process a fault of the wire is what `fetch` would make of it. */
export function withFetchFailures(answer: Answer): Fetch {
  return (request) =>
    answer(request).catch((error: unknown) => {
      if (error instanceof WireFault) return asFetchFailure(error.effect, request)
      throw error
    })
}

async function asFetchFailure(effect: WireEffect, { signal }: Request): Promise<Response> {
  if (effect.kind === 'truncated') return truncated(effect.response, effect.bytes)
  if (effect.kind === 'reset') {
    const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' })
    throw new TypeError('fetch failed', { cause })
  }
  return new Promise((_, reject) => {
    const fail = (): void => reject(signal.reason as Error)
    if (signal.aborted) fail()
    else signal.addEventListener('abort', fail)
  })
}

async function truncated(response: Response, bytes: number): Promise<Response> {
  const whole = new Uint8Array(await response.arrayBuffer())
  let isSent = false
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (isSent || bytes === 0) return controller.error(new TypeError('terminated'))
      isSent = true
      controller.enqueue(whole.subarray(0, bytes))
    },
  })
  const { status, headers } = response
  return new Response(body, { status, headers: [...headers, ['content-length', String(whole.length)]] })
}
