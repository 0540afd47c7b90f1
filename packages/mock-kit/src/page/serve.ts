import type { Context } from 'hono'
import { script, style } from './assets.generated.ts'
import { renderShell } from './shell.ts'

/** Nothing from elsewhere, nothing inline; and the browser itself refuses a text that would be taken for markup. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

export async function servePage(context: Context): Promise<Response> {
  context.header('Content-Security-Policy', policy)
  context.header('Referrer-Policy', 'no-referrer')
  return context.html(renderShell())
}

export function serveScript(context: Context): Response {
  return context.body(script, 200, { 'Content-Type': 'text/javascript; charset=UTF-8' })
}

export function serveStyle(context: Context): Response {
  return context.body(style, 200, { 'Content-Type': 'text/css; charset=UTF-8' })
}
