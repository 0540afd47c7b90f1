import type { Context } from 'hono'

/**
 * A 201 as the vendor sends it: no body and no media type.
 *
 * `Location` is built from the scheme and host of the request, so that it can be followed; the vendor's names its own host.
 */
export function answerCreated(context: Context, path: string | undefined): Response {
  const headers = path === undefined ? {} : { Location: new URL(path, context.req.url).href }
  return context.body(null, 201, headers)
}
