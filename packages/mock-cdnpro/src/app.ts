import { type Check, type TwinApplication, withChecks } from '@certtwin/mock-kit'
import { Hono } from 'hono'
import { authenticate, requirePermission } from './auth.ts'
import { advanceTasks } from './domain/task-life.ts'
import { advanceValidations } from './domain/validations.ts'
import { doorOf } from './doors.ts'
import { answerError } from './errors.ts'
import { note } from './journal-notes.ts'
import { unknownParameters } from './query-parameters.ts'
import { certificates } from './routes/certificates.ts'
import { deploymentTasks } from './routes/deployment-tasks.ts'
import { hostnames } from './routes/hostnames.ts'
import { properties } from './routes/properties.ts'
import { validations } from './routes/validations.ts'
import type { CdnProBindings, CdnProEnv, CdnProWorld } from './world.ts'

type DoorCheck = Check<CdnProBindings>

const nameRequest: DoorCheck = ({ exchange, world }) => {
  const { header, bytes } = doorOf(world).requestId
  exchange.headers[header] = world.random.hex(bytes)
}

const refuseLargeBody: DoorCheck = (env) => {
  if (!env.exchange.body.tooLarge) return
  const { limits, refusals } = doorOf(env.world)
  limits.ofStranger(env)
  throw refusals.bodyTooLarge()
}

const limitRate: DoorCheck = (env) => doorOf(env.world).limits.ofUser(env)

const requireOperation: DoorCheck = ({ exchange, operations, world }, { url }) => {
  if (exchange.operation === undefined) {
    const methods = operations.methodsOf(exchange.path)
    const { refusals } = doorOf(world)
    throw methods.length === 0 ? refusals.unknownRoute() : refusals.wrongMethod(methods)
  }
  if (!url.includes('?')) return
  const unknown = unknownParameters(exchange.operation, new URL(url).searchParams, world.settings.generation)
  if (unknown.length > 0) note(exchange, 'unknown-query', unknown)
}

/** What happens by itself catches up with the clock, so that a route sees what has taken effect by now. */
const catchUp: DoorCheck = ({ world: { state, settings, clock } }) => {
  advanceTasks(state, settings.lifecycle, clock.now())
  advanceValidations(state, settings.lifecycle, clock.now())
}

/** In the vendor's order (assumed). */
const checks = [nameRequest, refuseLargeBody, authenticate, limitRate, requireOperation, requirePermission, catchUp]

const routes: Hono<CdnProEnv> = new Hono()
routes.route('/cdn/certificates', certificates)
routes.route('/cdn/deploymentTasks', deploymentTasks)
routes.route('/cdn/hostnames', hostnames)
routes.route('/cdn/properties', properties)
routes.route('/cdn/validations', validations)
routes.onError(answerError)

/** The application: the checks of the door, then the routes. */
export const app: TwinApplication<CdnProWorld> = withChecks(routes, checks, answerError)
