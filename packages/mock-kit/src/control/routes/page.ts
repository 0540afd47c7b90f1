import { Hono } from 'hono'
import type * as Serve from '../../page/serve.ts'
import type { ControlEnv } from '../env.ts'

/** The page for people. It is loaded when somebody opens it, since a twin that starts has no use for it. */
export const page: Hono<ControlEnv> = new Hono<ControlEnv>()

const load = (): Promise<typeof Serve> => import('../../page/serve.ts')

page.get('/', async (context) => {
  const { pathname, search } = new URL(context.req.url)
  // Its own links are relative to the folder.
  if (!pathname.endsWith('/')) return context.redirect(`${pathname}/${search}`)
  return (await load()).servePage(context)
})

page.get('/page.js', async (context) => (await load()).serveScript(context))

page.get('/page.css', async (context) => (await load()).serveStyle(context))
