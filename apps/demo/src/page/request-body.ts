import type { MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'

/** What the pages' routes find in the context. */
export interface PageEnv {
  Variables: { body: string }
}

const limitBytes = 64 * 1024
/** A sender that is answered while it still writes sees a reset connection instead, so it is heard out to here. */
const drainBytes = 16 * 1024 * 1024

/**
 * Reads the body of every request once. Our own, since Hono's limit answers at once, which resets the connection of a sender that
 * is not done yet.
 *
 * @throws HTTPException 413
 */
export const readBody: MiddlewareHandler<PageEnv> = async (context, next) => {
  context.set('body', await readText(context.req.raw.body))
  await next()
}

async function readText(stream: ReadableStream<Uint8Array> | null): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream ?? []) {
    size += chunk.byteLength
    if (size <= limitBytes) chunks.push(chunk)
    if (size > drainBytes) break
  }
  if (size <= limitBytes) return Buffer.concat(chunks).toString('utf8')
  throw new HTTPException(413, { message: 'That is too much: a run is described in less than 64 kB.' })
}

/** @throws HTTPException 400 when the text is no JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new HTTPException(400, { message: 'The body is not JSON.' })
  }
}
