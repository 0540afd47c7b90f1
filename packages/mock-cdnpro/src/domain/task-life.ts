import { advanceLife, beginLife, type Due, type Life, type Lifecycle, readLife } from '@certtwin/mock-kit'
import type { Environment, LiveVersions, StoredTask, TaskAction, TaskStatus } from '../entities.ts'
import type { State } from '../state.ts'
import { concernsCertificate, isDeployment } from './task-action.ts'

/**
 * How fast deployment tasks go: 5 s of waiting and 15 s of work (`default`), 30 s and 210 s as the vendor's samples
 * suggest (`realistic`), at once, or done after so many reads of the task, the first of which still sees it waiting.
 */
export type DeploymentPace = 'default' | 'realistic' | 'at-once' | { readonly reads: number }

/** The way of a task, or of a validation, to the end that it is going to have. */
export function createTaskLifecycle(pace: DeploymentPace, end: 'succeeded' | 'failed'): Lifecycle<TaskStatus> {
  const [waiting, working] = duesOf(pace)
  return [
    { from: 'waiting', to: 'in-progress', due: waiting },
    { from: 'in-progress', to: end, due: working },
  ]
}

function lifecycleOf({ failure }: StoredTask, pace: DeploymentPace): Lifecycle<TaskStatus> {
  return createTaskLifecycle(pace, failure === undefined ? 'succeeded' : 'failed')
}

function duesOf(pace: DeploymentPace): [Due, Due] {
  if (pace === 'default') return [{ ms: 5_000 }, { ms: 15_000 }]
  if (pace === 'realistic') return [{ ms: 30_000 }, { ms: 210_000 }]
  if (pace === 'at-once' || pace.reads < 1) return ['at-once', 'at-once']
  return [{ reads: 1 }, { reads: pace.reads - 1 }]
}

export function isFinal(status: TaskStatus): status is 'succeeded' | 'failed' {
  return status === 'succeeded' || status === 'failed'
}

/** Brings all open tasks up to date, with the effects of those that succeeded meanwhile. */
export function advanceTasks(state: State, pace: DeploymentPace, nowMs: number): void {
  for (const task of state.tasks.group('open')) {
    const life = advanceLife(lifecycleOf(task, pace), task.life, nowMs)
    if (life !== task.life) store(state, task, life)
  }
}

/** Counts a read of a task, which some paces wait for. */
export function countRead(state: State, pace: DeploymentPace, task: StoredTask, nowMs: number): void {
  if (!isFinal(task.life.state)) store(state, task, readLife(lifecycleOf(task, pace), task.life, nowMs))
}

/** Lets a task succeed, with all that it was to bring about, even one that was going to fail. */
export function finishTask(state: State, task: StoredTask, nowMs: number): void {
  store(state, { ...task, failure: undefined }, beginLife('succeeded', nowMs))
}

/** Lets a task fail: it is over, and changes nothing. */
export function failTask({ tasks }: State, task: StoredTask, nowMs: number, failure: string): void {
  tasks.set(task.id, { ...task, life: beginLife('failed', nowMs), failure })
}

function store(state: State, task: StoredTask, life: Life<TaskStatus>): void {
  state.tasks.set(task.id, { ...task, life })
  if (life.state === 'succeeded') for (const action of task.actions) takeEffect(state, action, task.target)
}

function takeEffect({ certificates, properties }: State, action: TaskAction, target: Environment): void {
  const version = isDeployment(action) ? Number(action.version) : undefined
  if (concernsCertificate(action)) {
    const certificate = certificates.get(action.id)!
    const deployedVersions = withVersion(certificate.deployedVersions, version)
    certificates.set(action.id, { ...certificate, deployedVersions, live: withLive(certificate.live, target, version) })
  } else {
    const property = properties.get(action.id)!
    properties.set(action.id, { ...property, live: withLive(property.live, target, version) })
  }
}

/** What a version replaces loses its place in the same step: an environment has one live version at most. */
function withLive(live: LiveVersions, target: Environment, version: number | undefined): LiveVersions {
  const { [target]: _former, ...others } = live
  return version === undefined ? others : { ...others, [target]: version }
}

/** A history with one more version that was live. */
export function withVersion(history: readonly number[], version: number | undefined): readonly number[] {
  if (version === undefined || history.includes(version)) return history
  return [...history, version].toSorted((one, other) => one - other)
}
