import { Hono } from 'hono'
import { createTracedClients, type Services } from './services.ts'
import type { Exchange } from './trace.ts'
import { listVersions } from './versions.ts'

/** The certificate versions at CDN Pro, with the requests that it took to learn of them. */
export function createVersionRoutes(services: Services): Hono {
  const routes = new Hono()
  routes.get('/', async (context) => {
    const exchanges: Exchange[] = []
    const { cdnpro } = createTracedClients(services, (exchange) => exchanges.push(exchange))
    return context.json({ ...(await listVersions(cdnpro, Date.now())), exchanges })
  })
  return routes
}
