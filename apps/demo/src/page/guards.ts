import type { Context, MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'

// Any web page can send requests to loopback, and any name can be made to point there. So the back end answers to its
// own page alone: asked for by a name that is its own, and by nothing that comes from elsewhere.

/** What is wrong with a request, as a sentence, or undefined. */
type Guard = (context: Context) => string | undefined

/**
 * Refuses, with 403 and a sentence, what does not come from the page itself.
 *
 * @param hostNames - names in `Host` that are allowed besides loopback, without a port
 */
export function guardAccess(hostNames: readonly string[]): MiddlewareHandler {
  const guards: readonly Guard[] = [(context) => judgeHost(context, hostNames), judgeOrigin, judgeSite, judgeContent]
  return async (context, next) => {
    const message = guards.reduce<string | undefined>((found, guard) => found ?? guard(context), undefined)
    if (message !== undefined) throw new HTTPException(403, { message })
    await next()
  }
}

function judgeHost(context: Context, hostNames: readonly string[]): string | undefined {
  const name = hostNameOf(context.req.header('Host') ?? '')
  if (name !== undefined && (isLoopback(name) || hostNames.includes(name))) return undefined
  return 'This page does not answer to that host name: use 127.0.0.1, or allow the name with --host-name.'
}

function hostNameOf(host: string): string | undefined {
  // `user@host` would be a URL, and is no `Host`.
  if (!/^[\w.:[\]-]+$/.test(host) || !URL.canParse(`http://${host}`)) return undefined
  return new URL(`http://${host}`).hostname
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(name)
}

/** The scheme is left open: a proxy that a person puts in front may speak https. */
function judgeOrigin({ req }: Context): string | undefined {
  const origin = req.header('Origin')
  if (origin === undefined) return undefined
  if (URL.canParse(origin) && new URL(origin).host === req.header('Host')?.toLowerCase()) return undefined
  return 'This back end answers to its own page alone, not to one from another origin.'
}

function judgeSite({ req }: Context): string | undefined {
  const site = req.header('Sec-Fetch-Site')
  if (site === undefined || site === 'same-origin' || site === 'none') return undefined
  return 'This page opens by its own address alone: type it into the browser instead of following a link.'
}

function judgeContent({ req }: Context): string | undefined {
  if (req.method === 'GET' || req.method === 'HEAD') return undefined
  const mediaType = req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase()
  return mediaType === 'application/json' ? undefined : 'Send JSON, with the content type application/json.'
}
