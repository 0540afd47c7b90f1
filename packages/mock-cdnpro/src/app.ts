import { Hono, type MiddlewareHandler } from 'hono'
import { authenticate, requirePermission } from './auth.ts'
import { advanceTasks } from './domain/task-life.ts'
import { answerError, bodyTooLarge, tooManyCalls, unknownRoute, wrongMethod } from './errors.ts'
import { note } from './journal-notes.ts'
import { certificates } from './routes/certificates.ts'
import { deploymentTasks } from './routes/deployment-tasks.ts'
import { type CdnProEnv, taskLifecycleOf } from './world.ts'

/** The format of the gateway's request id is unknown; 32 hex digits are assumed. */
const nameRequest: MiddlewareHandler<CdnProEnv> = async (context, next) => {
  context.env.exchange.headers['x-cnc-request-id'] = context.env.world.random.hex(16)
  await next()
}

const refuseLargeBody: MiddlewareHandler<CdnProEnv> = async (context, next) => {
  if (context.env.exchange.body.tooLarge) throw bodyTooLarge()
  await next()
}

const limitRate: MiddlewareHandler<CdnProEnv> = async (context, next) => {
  const { world, exchange } = context.env
  const caller = `${exchange.operation} ${context.var.account.username}`
  const isLimited = exchange.operation !== undefined
  if (isLimited && !world.limiter.admit(caller, world.clock.now())) throw tooManyCalls()
  await next()
}

const requireOperation: MiddlewareHandler<CdnProEnv> = async (context, next) => {
  const { exchange, operations } = context.env
  if (exchange.operation === undefined) {
    const methods = operations.methodsOf(context.req.path)
    throw methods.length === 0 ? unknownRoute() : wrongMethod(methods)
  }
  const parameters = Object.keys(context.req.query())
  if (parameters.length > 0) note(exchange, 'unknown-query', parameters)
  await next()
}

/** The deployment tasks catch up with the clock, so that a route sees what has taken effect by now. */
const catchUp: MiddlewareHandler<CdnProEnv> = async (context, next) => {
  const { world } = context.env
  advanceTasks(world.state, taskLifecycleOf(world), world.clock.now())
  await next()
}

/** The application: the pipeline in the vendor's order (assumed), then the routes. */
export const app: Hono<CdnProEnv> = new Hono()
app.use(nameRequest, refuseLargeBody, authenticate, limitRate, requireOperation, requirePermission, catchUp)
app.route('/cdn/certificates', certificates)
app.route('/cdn/deploymentTasks', deploymentTasks)
app.onError(answerError)
