import { Hono } from 'hono'
import type { ControlEnv } from '../env.ts'

/** The page for people. It is loaded when somebody opens it, since a twin that starts has no use for it. */
export const page: Hono<ControlEnv> = new Hono<ControlEnv>()
