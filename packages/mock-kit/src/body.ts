import type { RequestBody } from './exchange.ts'

const usualLimitBytes = 1024 * 1024
/** A sender that gets its answer while it still writes sees a reset connection instead, so it is heard out to here. */
const drainBytes = 16 * 1024 * 1024

/** The body of a request that has none. */
export const noBody: RequestBody = { text: '', tooLarge: false }

/**
 * Reads a request's body: what is more than the limit, 1 MiB unless told, is read on to 16 MiB and thrown away, so that the
 * refusal arrives.
 *
 * @param encoding - `latin1` keeps octets that are no text, each as a character
 */
export async function readBody(
  request: Request,
  encoding: 'utf8' | 'latin1' = 'utf8',
  limitBytes: number = usualLimitBytes,
): Promise<RequestBody> {
  // A body whose length is known to be small needs no stream, which costs as much as all the rest of a small request.
  const length = request.headers.get('content-length') ?? ''
  if (/^\d+$/.test(length) && Number(length) <= limitBytes) {
    const text = encoding === 'utf8' ? await request.text() : decode(await request.arrayBuffer(), encoding)
    return { text, tooLarge: false }
  }
  if (request.body === null) return noBody
  const reader = request.body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size <= limitBytes) chunks.push(value)
    if (size > limitBytes && size > drainBytes) {
      await reader.cancel()
      break
    }
  }
  return size > limitBytes
    ? { text: '', tooLarge: true }
    : { text: decode(Buffer.concat(chunks), encoding), tooLarge: false }
}

/** Latin-1 by Node, since the platform's decoder takes its name for another encoding. */
function decode(octets: ArrayBuffer | Buffer<ArrayBuffer>, encoding: 'utf8' | 'latin1'): string {
  if (encoding === 'utf8') return new TextDecoder().decode(octets)
  return Buffer.from(octets as ArrayBuffer).toString(encoding)
}

/** The text as a JSON object, or undefined when it is not JSON or another kind of JSON value. */
export function parseJsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** An object of JSON, neither an array nor null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether objects and arrays stand in one another more often than that. JSON of some thousand levels can be read and not written. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((member) => isDeeperThan(levels - 1, member))
}
