import { type Check, type TwinApplication, withChecks } from '@certtwin/mock-kit'
import { Hono } from 'hono'
import { authenticate, requirePermission } from './auth.ts'
import { renewDue } from './domain/renewals.ts'
import { advanceTasks } from './domain/task-life.ts'
import { advanceValidations } from './domain/validations.ts'
import { doorOf } from './doors.ts'
import { answerError, invalidField } from './errors.ts'
import { readDelegation } from './delegation.ts'
import { note } from './journal-notes.ts'
import { hasOperation, methodsOf } from './known-operations.ts'
import { unknownParameters } from './query-parameters.ts'
import { certificates } from './routes/certificates.ts'
import { deploymentTasks } from './routes/deployment-tasks.ts'
import { hostnames } from './routes/hostnames.ts'
import { properties } from './routes/properties.ts'
import { validations } from './routes/validations.ts'
import type { CdnProBindings, CdnProEnv, CdnProWorld } from './world.ts'

type DoorCheck = Check<CdnProBindings>

const refuseLargeBody: DoorCheck = (env) => {
  if (!env.exchange.body.tooLarge) return
  const { limits, refusals } = doorOf(env.world)
  limits.ofStranger(env)
  throw refusals.bodyTooLarge()
}

const limitRate: DoorCheck = (env) => doorOf(env.world).limits.ofUser(env)

const requireOperation: DoorCheck = ({ world, exchange, operations }) => {
  const { operation, path } = exchange
  const { generation } = world.settings
  if (operation !== undefined && hasOperation(generation, operation)) return
  const methods = methodsOf(operations, path, generation)
  const { refusals } = doorOf(world)
  throw methods.length === 0 ? refusals.unknownRoute() : refusals.wrongMethod(methods)
}

const readParameters: DoorCheck = ({ world, exchange }, { url }) => {
  if (!url.includes('?')) return
  const { generation, strict } = world.settings
  const unknown = unknownParameters(exchange.operation!, new URL(url).searchParams, generation)
  if (unknown.length === 0) return
  if (strict) throw invalidField(unknown[0]!, 'unknown-query')
  note(exchange, 'unknown-query', unknown)
}

/** What happens by itself catches up with the clock, so that a route sees what has taken effect by now. */
const catchUp: DoorCheck = ({ world }) => {
  const { state, settings, clock } = world
  if (settings.autoRenewal === 'clock') renewDue(world)
  advanceTasks(state, settings.lifecycle, clock.now())
  advanceValidations(state, settings.lifecycle, clock.now())
}

/** In the vendor's order (assumed). */
const checks = [
  refuseLargeBody,
  authenticate,
  limitRate,
  requireOperation,
  requirePermission,
  readDelegation,
  readParameters,
  catchUp,
]

const routes: Hono<CdnProEnv> = new Hono()
routes.route('/cdn/certificates', certificates)
routes.route('/cdn/deploymentTasks', deploymentTasks)
routes.route('/cdn/hostnames', hostnames)
routes.route('/cdn/properties', properties)
routes.route('/cdn/validations', validations)
routes.onError(answerError)

/** The application: the checks of the door, then the routes. */
export const app: TwinApplication<CdnProWorld> = withChecks(routes, checks, answerError)
