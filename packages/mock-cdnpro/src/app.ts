import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { authenticate, requirePermission } from './auth.ts'
import { advanceTasks } from './domain/task-life.ts'
import { answerError, bodyTooLarge, tooManyCalls, unknownRoute, wrongMethod } from './errors.ts'
import { note } from './journal-notes.ts'
import { certificates } from './routes/certificates.ts'
import { deploymentTasks } from './routes/deployment-tasks.ts'
import { type CdnProEnv, taskLifecycleOf } from './world.ts'

/** One step before the routes: it lets a request pass or throws a refusal. */
type Check = (context: Context<CdnProEnv>) => void

/** The format of the gateway's request id is unknown; 32 hex digits are assumed. */
const nameRequest: Check = ({ env: { exchange, world } }) => {
  exchange.headers['x-cnc-request-id'] = world.random.hex(16)
}

const refuseLargeBody: Check = ({ env: { exchange } }) => {
  if (exchange.body.tooLarge) throw bodyTooLarge()
}

const limitRate: Check = (context) => {
  const { world, exchange } = context.env
  if (exchange.operation === undefined) return
  const caller = `${exchange.operation} ${context.get('account').username}`
  if (!world.limiter.admit(caller, world.clock.now())) throw tooManyCalls()
}

const requireOperation: Check = ({ env: { exchange, operations }, req }) => {
  if (exchange.operation === undefined) {
    const methods = operations.methodsOf(req.path)
    throw methods.length === 0 ? unknownRoute() : wrongMethod(methods)
  }
  const parameters = req.url.includes('?') ? Object.keys(req.query()) : []
  if (parameters.length > 0) note(exchange, 'unknown-query', parameters)
}

/** The deployment tasks catch up with the clock, so that a route sees what has taken effect by now. */
const catchUp: Check = ({ env: { world } }) => {
  advanceTasks(world.state, taskLifecycleOf(world), world.clock.now())
}

/** In the vendor's order (assumed). */
const checks = [nameRequest, refuseLargeBody, authenticate, limitRate, requireOperation, requirePermission, catchUp]

/** One middleware for all checks: each one of its own would cost as much as the check itself. */
const gateway: MiddlewareHandler<CdnProEnv> = (context, next) => {
  for (const check of checks) check(context)
  return next()
}

/** The application: the checks, then the routes. */
export const app: Hono<CdnProEnv> = new Hono()
app.use(gateway)
app.route('/cdn/certificates', certificates)
app.route('/cdn/deploymentTasks', deploymentTasks)
app.onError(answerError)
