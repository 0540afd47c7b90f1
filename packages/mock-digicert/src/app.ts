import { type TwinApplication, withChecks } from '@certtwin/mock-kit'
import { Hono } from 'hono'
import { apiKeyAuth, permission, prefix } from './auth.ts'
import type { DigicertBindings, DigicertEnv, DigicertWorld } from './env.ts'
import { answerError, refuse } from './errors.ts'
import { acceptance, jsonBody, knownRoute, rateLimit } from './negotiation.ts'
import { accounts } from './routes/accounts.ts'
import { certificateChanges } from './routes/certificate-changes.ts'
import { certificates } from './routes/certificates.ts'
import { orderChanges } from './routes/order-changes.ts'
import { orders } from './routes/orders.ts'
import { products } from './routes/products.ts'
import { requests } from './routes/requests.ts'
import { publicWorldOf, revocationStatus } from './routes/revocation-status.ts'

/** @throws Refusal `not_found`: beside the API there is nothing */
function knownPrefix({ exchange: { path } }: DigicertBindings): void {
  if (path !== prefix && !path.startsWith(`${prefix}/`)) throw refuse('prefix-unknown')
}

/** Their order is assumed; that the key comes first was observed. */
const checks = [knownPrefix, apiKeyAuth, rateLimit, knownRoute, acceptance, permission, jsonBody]

const routes = new Hono<DigicertEnv>()
for (const part of [orders, orderChanges, requests, certificates, certificateChanges, accounts, products])
  routes.route(prefix, part)
routes.onError(answerError)

const api: TwinApplication<DigicertWorld> = withChecks(routes, checks, answerError)

/** The application: the checks, then the routes; and beside them what takes no key. */
export const app: TwinApplication<DigicertWorld> = {
  routes: [...api.routes, ...revocationStatus.routes],
  fetch(request, bindings) {
    const isPublic = publicWorldOf(bindings.exchange.path) !== undefined
    // Those routes look at nothing that the checks would have found out.
    return isPublic ? revocationStatus.fetch(request, bindings) : api.fetch(request, bindings)
  },
}
