import { Hono } from 'hono'
import { apiKeyAuth, permission } from './auth.ts'
import type { DigicertEnv } from './env.ts'
import { answerError, refuse } from './errors.ts'
import { acceptance, jsonBody, knownRoute, rateLimit } from './negotiation.ts'
import { certificates } from './routes/certificates.ts'
import { orders } from './routes/orders.ts'
import { requests } from './routes/requests.ts'

// The order of the checks is assumed; that the key comes first was observed.
const api = new Hono<DigicertEnv>()
  .use(apiKeyAuth, rateLimit, knownRoute, acceptance, permission, jsonBody)
  .route('/', orders)
  .route('/', requests)
  .route('/', certificates)

export const app: Hono<DigicertEnv> = new Hono<DigicertEnv>().route('/services/v2', api)

app.notFound((context) => answerError(refuse('prefix-unknown'), context))
app.onError((error, context) => answerError(error, context))
