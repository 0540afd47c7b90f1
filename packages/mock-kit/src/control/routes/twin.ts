import { Hono } from 'hono'
import type { ControlEnv } from '../env.ts'

/** What concerns the whole twin. */
export const twin: Hono<ControlEnv> = new Hono<ControlEnv>()

twin.get('/health', (context) => context.json(context.env.twin.health()))

twin.get('/evidence', async (context) => context.json(await context.env.twin.evidence()))

twin.get('/actions', (context) => context.json({ actions: context.env.twin.actions() }))

twin.get('/worlds', (context) => context.json({ worlds: context.env.twin.worlds() }))
