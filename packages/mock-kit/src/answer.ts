import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/**
 * The one way in which a twin sends JSON: compact, keys in the order of the value, media type without parameters.
 *
 * @param headers - further headers of this answer
 */
export function answerJson(
  context: Context,
  value: object,
  status: ContentfulStatusCode = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return context.body(JSON.stringify(value), status, { 'Content-Type': 'application/json', ...headers })
}
