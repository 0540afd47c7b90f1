import { answer } from '@certtwin/mock-kit'
import type { Context } from 'hono'
import type { CdnProEnv } from './world.ts'

/**
 * A 201 as the vendor sends it: no body and no media type.
 *
 * `Location` is built from the scheme and host of the request, so that it can be followed; the vendor's names its own host.
 */
export function answerCreated(context: Context<CdnProEnv>, path: string | undefined): Response {
  const headers = path === undefined ? {} : { Location: new URL(path, context.req.url).href }
  return answer(context, null, 201, headers)
}
