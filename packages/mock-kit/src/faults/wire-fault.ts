/** What happens to a connection in place of an answer. */
export type WireEffect =
  /** The connection is reset: RST, not an orderly end. */
  | { readonly kind: 'reset' }
  /** The request is taken and never answered. */
  | { readonly kind: 'silence' }
  /** The head with the length of the whole body, so many bytes of the body, then the end of the connection. */
  | { readonly kind: 'truncated'; readonly response: Response; readonly bytes: number }

/** Thrown in place of an answer: a listener turns it into bytes, `asFetchFailure` into what `fetch` would do. */
export class WireFault extends Error {
  override readonly name = 'WireFault'
  readonly effect: WireEffect

  constructor(effect: WireEffect) {
    super(`A fault on the wire: ${effect.kind}.`)
    this.effect = effect
  }
}

/**
 * Does in process what `fetch` would do if the fault happened on the wire.
 *
 * A reset rejects; silence waits until the request is aborted, and for ever when it has no signal; a truncated answer
 * resolves, and its body fails after its bytes.
 *
 * @throws TypeError `fetch failed`, with the code `ECONNRESET` on its cause
 */
export async function asFetchFailure(fault: WireFault, request: Request): Promise<Response> {
  const { effect } = fault
  if (effect.kind === 'truncated') return truncate(effect.response, effect.bytes)
  if (effect.kind === 'silence') return waitForAbort(request)
  throw new TypeError('fetch failed', { cause: codedError('read ECONNRESET', 'ECONNRESET') })
}

/** What Node's `fetch` calls a body that ends too soon. */
const lengthMismatch = 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'

/** Whether `fetch` failed for want of an answer: a reset connection, for instance, but no abort and no bug. */
export function isFetchFailure(error: unknown): boolean {
  return error instanceof TypeError && error.cause instanceof Error && 'code' in error.cause
}

async function truncate(response: Response, bytes: number): Promise<Response> {
  if (response.body === null) return response
  const { status, statusText } = response
  const headers = new Headers(response.headers)
  const whole = new Uint8Array(await response.arrayBuffer())
  headers.set('Content-Length', String(whole.length))
  return new Response(bytes < whole.length ? cutOff(whole.subarray(0, bytes)) : whole, { status, statusText, headers })
}

/** A stream that fails when it is read on after the part; not sooner, since an error would throw away what nobody has read yet. */
function cutOff(part: Uint8Array): ReadableStream<Uint8Array> {
  const cause = codedError('Response body length does not match content-length header', lengthMismatch)
  let rest: Uint8Array | undefined = part.length > 0 ? part : undefined
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    if (rest === undefined) controller.error(new TypeError('terminated', { cause }))
    else controller.enqueue(rest)
    rest = undefined
  }
  return new ReadableStream({ pull }, { highWaterMark: 0 })
}

/** Kept until they are aborted: a signal does not keep its request, and it is the request that passes an abort on. */
const waiting = new Set<Request>()

function waitForAbort(request: Request): Promise<never> {
  const { signal } = request
  return new Promise((_, reject) => {
    const end = (): void => {
      waiting.delete(request)
      reject(signal.reason)
    }
    waiting.add(request)
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
}

function codedError(message: string, code: string): Error {
  return Object.assign(new Error(message), { code })
}
