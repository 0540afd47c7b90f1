import { type Context, Hono } from 'hono'
import { ControlError } from '../definition.ts'
import { FaultError } from '../faults/fault.ts'
import { SnapshotError } from '../state/snapshot.ts'
import type { ControlEnv } from './env.ts'
import { MediaTypeError, refuseOtherTypes, TooLargeError } from './inputs.ts'
import { controlPath } from './path.ts'
import { clock } from './routes/clock.ts'
import { faults } from './routes/faults.ts'
import { journal } from './routes/journal.ts'
import { page } from './routes/page.ts'
import { twin } from './routes/twin.ts'
import { world } from './routes/world.ts'

/** The control plane of whichever twin is in the context. Not strict: that is how a path with a slash at its end, the page's, is found. */
export const controlApp: Hono<ControlEnv> = new Hono<ControlEnv>({ strict: false }).basePath(controlPath)

controlApp.use(async (context, next) => {
  context.header('Cache-Control', 'no-store')
  context.header('X-Content-Type-Options', 'nosniff') // a journal may hold anything
  await next()
})
controlApp.use(refuseOtherTypes)
for (const routes of [twin, world, clock, faults, journal, page]) controlApp.route('/', routes)

controlApp.notFound((context) =>
  problem(context, 404, `There is no ${context.req.method} ${context.req.path} in the control plane.`),
)

controlApp.onError((error, context) => {
  if (error instanceof MediaTypeError) return problem(context, 415, error.message)
  if (error instanceof TooLargeError) return problem(context, 413, error.message)
  if (isRefusal(error)) return problem(context, 400, error.message)
  context.env.onError?.(error)
  return problem(context, 500, 'The control plane failed; this is a mistake of the twin.')
})

/** An operation of the control plane, with its path below it. */
export interface ControlRoute {
  readonly method: string
  readonly path: string
}

/** The operations of the control plane, with their paths below it. */
export const controlRoutes: readonly ControlRoute[] = controlApp.routes
  .filter(({ method }) => method !== 'ALL')
  .map(({ method, path }) => ({ method, path: path.slice(controlPath.length).replace(/:(\w+)/, '{$1}') || '/' }))

function isRefusal(error: Error): boolean {
  return [ControlError, FaultError, SnapshotError].some((kind) => error instanceof kind)
}

function problem(context: Context, status: 400 | 404 | 413 | 415 | 500, error: string): Response {
  return context.json({ error }, status)
}
