import { beginLife, type Clock, type Random } from '@certtwin/mock-kit'
import type { CreateDeploymentTask } from '../api.generated.ts'
import type { Edition } from '../edition.ts'
import type { Environment, StoredTask, TaskAction, User } from '../entities.ts'
import type { State } from '../state.ts'
import { findCertificate } from './certificates.ts'
import * as errors from './deployment-errors.ts'
import { findProperty } from './properties.ts'
import { requireHostnamesKept, requireUnused, requireUsableCertificates } from './property-checks.ts'
import { openActions, type Submission } from './submission.ts'
import { concernsCertificate, isDeployment, readAction, readVersionNumber, toldVersion } from './task-action.ts'

interface TaskOptions {
  readonly clock: Clock
  readonly random: Random
  readonly edition: Edition
  /** Whether properties with an expired or unfitting certificate are refused. */
  readonly checksCertificate: boolean
  /** The id of the call. */
  readonly apiRequestId: string
}

/**
 * A task of the customer.
 *
 * @throws Refusal `InvalidDeploymentTaskId`, or `AccessDenied` when it is another customer's
 */
export function getTask(state: State, user: User, id: string): StoredTask {
  const task = state.tasks.get(id)
  if (task === undefined) throw errors.unknownTask()
  if (task.customerId !== user.customerId) throw errors.foreignTask()
  return task
}

/**
 * Checks a task in the vendor's order (assumed) and stores it: target, actions, ids, versions, duplicates, use, and then
 * whether the properties in it have a certificate that serves them. An invalid task is refused as a whole.
 */
export function createTask(
  state: State,
  user: User,
  input: Partial<CreateDeploymentTask>,
  { clock, random, edition, checksCertificate, apiRequestId }: TaskOptions,
): StoredTask {
  const nowMs = clock.now()
  const target = readTarget(input.target)
  const actions = (input.actions ?? []).map(readAction)
  if (actions.length === 0) throw errors.invalidAction()
  for (const action of actions) requireKnownId(state, user, action, edition)
  for (const action of actions) requireKnownVersion(state, action)
  requireNoDuplicate(state, target, actions)
  requireFit(state, { customerId: user.customerId, target, actions, edition, checksCertificate, nowMs })
  const task: StoredTask = {
    id: random.uuid(),
    customerId: user.customerId,
    name: input.name,
    webhook: input.webhook,
    target,
    actions,
    submittedAtMs: nowMs,
    apiRequestId,
    life: beginLife('waiting', nowMs),
    failure: takePlannedFailure(state),
  }
  state.tasks.set(task.id, task)
  return task
}

/** Whether certificates and properties go together when the task is done. */
function requireFit(state: State, submission: Submission): void {
  requireUnused(state, submission)
  requireHostnamesKept(state, submission)
  requireUsableCertificates(state, submission)
}

/** Why this task is going to fail, if the control plane wants that of the next ones. */
function takePlannedFailure({ taskPlans }: State): string | undefined {
  const plan = taskPlans.get('next')
  if (plan === undefined || plan.failures === 0) return undefined
  taskPlans.set('next', { ...plan, failures: plan.failures - 1 })
  return plan.reason
}

function readTarget(target: string | undefined): Environment {
  if (target !== 'staging' && target !== 'production') throw errors.invalidTarget()
  return target
}

function requireKnownId(state: State, user: User, action: TaskAction, edition: Edition): void {
  const { id } = action
  if (concernsCertificate(action)) {
    if (findCertificate(state, user, id, edition) === undefined) throw errors.invalidCertificateId(id, edition)
  } else if (findProperty(state, user, id) === undefined) throw errors.invalidPropertyId(id, edition)
}

/** A version is asked for where something is deployed, and ignored where something is taken away. */
function requireKnownVersion(state: State, action: TaskAction): void {
  if (!isDeployment(action)) return
  const number = readVersionNumber(action.version) ?? 0
  const given = toldVersion(action.version)
  if (concernsCertificate(action)) {
    const { versions } = state.certificates.get(action.id)!
    if (versions[number - 1] === undefined) throw errors.invalidCertificateVersion(action.id, given)
  } else if (state.properties.get(action.id)!.versions[number - 1] === undefined)
    throw errors.invalidPropertyVersion(action.id, given)
}

/** One open action for a certificate and a target, be it in another task or in the same one. */
function requireNoDuplicate(state: State, target: Environment, actions: readonly TaskAction[]): void {
  const taken = new Set(
    openActions(state, target)
      .filter(concernsCertificate)
      .map(({ id }) => id),
  )
  for (const { id } of actions.filter(concernsCertificate)) {
    if (taken.has(id)) throw errors.duplicateDeployment(id, target)
    taken.add(id)
  }
}
