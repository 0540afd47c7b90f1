import { advanceLife, beginLife, type Due, type Life, type Lifecycle, readLife } from '@certtwin/mock-kit'
import type { Environment, LiveVersions, StoredTask, TaskAction, TaskStatus } from '../entities.ts'
import type { State } from '../state.ts'
import { concernsCertificate, isDeployment } from './task-action.ts'

/**
 * How fast deployment tasks go: 5 s of waiting and 15 s of work (`default`), 30 s and 210 s as the vendor's samples
 * suggest (`realistic`), at once, or done after so many reads of the task, the first of which still sees it waiting.
 */
export type DeploymentPace = 'default' | 'realistic' | 'at-once' | { readonly reads: number }

export function createTaskLifecycle(pace: DeploymentPace): Lifecycle<TaskStatus> {
  const [waiting, working] = duesOf(pace)
  return [
    { from: 'waiting', to: 'in-progress', due: waiting },
    { from: 'in-progress', to: 'succeeded', due: working },
  ]
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
export function advanceTasks(state: State, lifecycle: Lifecycle<TaskStatus>, nowMs: number): void {
  for (const task of state.tasks.group('open')) {
    const life = advanceLife(lifecycle, task.life, nowMs)
    if (life !== task.life) store(state, task, life)
  }
}

/** Counts a read of a task, which some paces wait for. */
export function countRead(state: State, lifecycle: Lifecycle<TaskStatus>, task: StoredTask, nowMs: number): void {
  if (!isFinal(task.life.state)) store(state, task, readLife(lifecycle, task.life, nowMs))
}

/** Lets a task succeed, with all that it was to bring about. */
export function finishTask(state: State, task: StoredTask, nowMs: number): void {
  store(state, task, beginLife('succeeded', nowMs))
}

/** Lets a task fail: it is over, and changes nothing. */
export function failTask({ tasks }: State, task: StoredTask, nowMs: number, failure: string): void {
  tasks.set(task.id, { ...task, life: beginLife('failed', nowMs), failure })
}

function store(state: State, task: StoredTask, life: Life<TaskStatus>): void {
  state.tasks.set(task.id, { ...task, life })
  if (life.state === 'succeeded') for (const action of task.actions) takeEffect(state, action, task.target)
}

function takeEffect(state: State, action: TaskAction, target: Environment): void {
  const version = isDeployment(action) ? Number(action.version) : undefined
  if (concernsCertificate(action)) setLive(state.certificates, action.id, target, version)
  else setLive(state.properties, action.id, target, version)
}

/** What a version replaces loses its place in the same step: an environment has one live version at most. */
function setLive<Entity extends { readonly live: LiveVersions }>(
  entities: Map<string, Entity>,
  id: string,
  target: Environment,
  version: number | undefined,
): void {
  const entity = entities.get(id)!
  const { [target]: _former, ...others } = entity.live
  entities.set(id, { ...entity, live: version === undefined ? others : { ...others, [target]: version } })
}
