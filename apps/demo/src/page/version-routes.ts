import { Hono } from 'hono'
import type { Runs } from './runs.ts'
import { createTracedClients, type Services } from './services.ts'
import type { Exchange } from './trace.ts'
import { listVersions } from './versions.ts'

interface VersionSources {
  readonly services: Services
  readonly runs: Runs
  /** Certificates that are there before any run. */
  readonly certificateIds: readonly string[]
}

/** The certificate versions at CDN Pro, with the requests that it took to learn of them. */
export function createVersionRoutes({ services, runs, certificateIds }: VersionSources): Hono {
  const routes = new Hono()
  routes.get('/', async (context) => {
    const exchanges: Exchange[] = []
    const { cdnpro } = createTracedClients(services, (exchange) => exchanges.push(exchange))
    const uploaded = runs.list().flatMap(({ view }) => view.receipt.uploaded?.certificateId ?? [])
    const versions = await listVersions(cdnpro, [...uploaded.toReversed(), ...certificateIds], Date.now())
    return context.json({ versions, exchanges })
  })
  return routes
}
