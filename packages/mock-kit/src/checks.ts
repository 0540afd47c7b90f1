import type { Hono } from 'hono'
import type { TwinApplication, TwinBindings } from './definition.ts'

/** One step before the routes: it lets a request pass, leaving what it found out in the environment, or throws a refusal. */
export type Check<Bindings> = (env: Bindings, request: Request) => void

/**
 * An application whose requests pass the checks, in their order, before its routes see them.
 *
 * They are no middleware, because with middleware Hono answers asynchronously, which costs more than all checks together.
 *
 * @param answerError - answers for a refusal
 */
export function withChecks<W, Bindings extends TwinBindings<W>>(
  app: Hono<{ Bindings: Bindings }>,
  checks: readonly Check<Bindings>[],
  answerError: (error: unknown, context: { readonly env: Bindings }) => Response,
): TwinApplication<W> {
  return {
    routes: app.routes,
    fetch(request, bindings) {
      const env = bindings as Bindings // the checks add the rest
      try {
        for (const check of checks) check(env, request)
      } catch (error) {
        const refused = answerError(error, { env })
        // Hono does this for the answers of routes.
        return request.method === 'HEAD' ? new Response(null, refused) : refused
      }
      return app.fetch(request, env)
    },
  }
}
