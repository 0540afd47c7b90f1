import { type Context, Hono } from 'hono'
import { ControlError } from '../definition.ts'
import { SnapshotError } from '../state/snapshot.ts'
import { FaultError } from '../faults/fault.ts'
import type { ControlEnv } from './env.ts'
import { MediaTypeError } from './inputs.ts'
import { clock } from './routes/clock.ts'
import { faults } from './routes/faults.ts'
import { journal } from './routes/journal.ts'
import { twin } from './routes/twin.ts'
import { world } from './routes/world.ts'

/** The path under which every twin has its control plane. */
export const controlPath = '/__mock'

/** The control plane of whichever twin is in the context. */
export const controlApp: Hono<ControlEnv> = new Hono<ControlEnv>().basePath(controlPath)

controlApp.use(async (context, next) => {
  context.set('world', context.env.twin.world(context.req.query('world')))
  context.header('Cache-Control', 'no-store')
  await next()
})
for (const routes of [twin, world, clock, faults, journal]) controlApp.route('/', routes)

controlApp.notFound((context) =>
  problem(context, 404, `There is no ${context.req.method} ${context.req.path} in the control plane.`),
)

controlApp.onError((error, context) => {
  if (error instanceof MediaTypeError) return problem(context, 415, error.message)
  if (
    error instanceof ControlError ||
    error instanceof FaultError ||
    error instanceof SnapshotError ||
    error instanceof RangeError
  )
    return problem(context, 400, error.message)
  context.env.onError?.(error)
  return problem(context, 500, 'The control plane failed; this is a mistake of the twin.')
})

function problem(context: Context, status: 400 | 404 | 415 | 500, error: string): Response {
  return context.json({ error }, status)
}
