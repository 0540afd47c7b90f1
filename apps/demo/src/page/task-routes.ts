import { Hono } from 'hono'
import { createTracedClients, type Services } from './services.ts'
import { listTasks } from './tasks.ts'
import type { Exchange } from './trace.ts'

/** The deployment tasks at CDN Pro, with the requests that it took to learn of them. */
export function createTaskRoutes(services: Services): Hono {
  const routes = new Hono()
  routes.get('/', async (context) => {
    const exchanges: Exchange[] = []
    const { cdnpro } = createTracedClients(services, (exchange) => exchanges.push(exchange))
    return context.json({ ...(await listTasks(cdnpro)), exchanges })
  })
  return routes
}
