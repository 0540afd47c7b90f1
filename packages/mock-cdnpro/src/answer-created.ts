import { answer } from '@certtwin/mock-kit'
import type { Context } from 'hono'
import { doorOf } from './doors.ts'
import type { CdnProEnv } from './world.ts'

/**
 * A 201 as the vendor sends it: no body and no media type.
 *
 * `Location` is built from the scheme and host of the request, so that it can be followed, or from the vendor's own, as the settings
 * say.
 */
export function answerCreated(context: Context<CdnProEnv>, path: string | undefined): Response {
  const location = path === undefined ? {} : { Location: new URL(path, baseOf(context)).href }
  // Without its length it would go out as a body in chunks, of which there are none.
  return answer(context, null, 201, { 'Content-Length': '0', ...location })
}

/** The vendor's examples have no TLS. */
function baseOf({ env: { world }, req }: Context<CdnProEnv>): string {
  return world.settings.locationBase === 'vendor' ? `http://${doorOf(world).hosts[0]}` : req.url
}
