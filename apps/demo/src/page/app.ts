import { isCerttwinError } from '@certtwin/core'
import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { assets } from './assets.ts'
import { renderDocument } from './document.ts'
import { guardAccess } from './guards.ts'
import type { OrderChoice } from './choices.ts'
import { createOrderRoutes } from './order-routes.ts'
import { type PageEnv, readBody } from './request-body.ts'
import { createRunRoutes } from './run-routes.ts'
import type { RunSettings } from './run.ts'
import { createRuns } from './runs.ts'
import { createTaskRoutes } from './task-routes.ts'
import { createVersionRoutes } from './version-routes.ts'

export interface PageOptions extends RunSettings {
  /** Names in `Host` that are allowed besides loopback. */
  readonly hostNames: readonly string[]
  /** Orders that are offered to choose from. */
  readonly orders: readonly OrderChoice[]
}

/** The page and its back end. */
export interface Page {
  readonly fetch: (request: Request) => Response | Promise<Response>
  /** Ends all runs. */
  close(): void
}

const none = ["'none'"]
const self = ["'self'"]

const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: none,
    scriptSrc: self,
    styleSrc: self,
    connectSrc: self,
    imgSrc: self,
    baseUri: none,
    formAction: none,
    frameAncestors: none,
    // The script builds the page from nodes; text that is taken for markup is refused by the browser itself.
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: none,
  },
  strictTransportSecurity: false, // loopback speaks http
})

export function createPage(options: PageOptions): Page {
  const runs = createRuns(options)
  const app = new Hono<PageEnv>()
  app.use(headers, readBody, guardAccess(options.hostNames))
  app.get('/', (context) => context.html(renderDocument(options.orders)))
  app.route('/', assets)
  app.route('/api/runs', createRunRoutes(runs))
  app.route('/api/orders', createOrderRoutes(options.services))
  app.route('/api/versions', createVersionRoutes(options.services))
  app.route('/api/tasks', createTaskRoutes(options.services))
  app.notFound((context) => context.json({ error: 'There is nothing at this address.' }, 404))
  app.onError(answerError)
  return { fetch: (request) => app.fetch(request), close: () => runs.close() }
}

/** One clear sentence. An error that nobody expected is not told, since it may hold anything. */
function answerError(error: Error, context: Context): Response {
  if (error instanceof HTTPException) return context.json({ error: error.message }, error.status)
  if (isCerttwinError(error)) return context.json({ error: error.message }, 502)
  process.stderr.write(`${error.stack}\n`)
  return context.json({ error: 'The back end of the page has failed; its terminal says more.' }, 500)
}
