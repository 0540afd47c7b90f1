import type { DeploymentAction, DeploymentTask, DeploymentTaskEntry, DeploymentTaskList } from '../api.generated.ts'
import type { Page } from '../lists/paging.ts'
import { concernsCertificate } from '../domain/task-action.ts'
import { isFinal } from '../domain/task-life.ts'
import type { Edition } from '../edition.ts'
import type { StoredTask, TaskAction } from '../entities.ts'
import { generations } from '../generations.ts'
import { formatTime, nativeOnly, type View } from './wire.ts'

export function toTaskView(task: StoredTask, edition: Edition): View<DeploymentTask> {
  return {
    name: task.name,
    submissionTime: formatTime(task.submittedAtMs),
    actions: task.actions.map(toActionView) as DeploymentAction[],
    target: task.target,
    finishTime: finishTime(task),
    status: toTaskStatus(task, edition),
    apiRequestId: task.apiRequestId,
    customerId: nativeOnly(task.customerId, edition),
    statusDetails: statusDetails(task),
    webhook: task.webhook,
  }
}

export function toTaskListView({ items, count }: Page<StoredTask>, edition: Edition): View<DeploymentTaskList> {
  return { deploy: items.map((task) => toEntryView(task, edition) as DeploymentTaskEntry), count }
}

function toEntryView(task: StoredTask, edition: Edition): View<DeploymentTaskEntry> {
  return {
    id: task.id,
    name: task.name,
    submissionTime: formatTime(task.submittedAtMs),
    finishTime: finishTime(task),
    status: toTaskStatus(task, edition),
    target: task.target,
    apiRequestId: task.apiRequestId,
    customerId: nativeOnly(task.customerId, edition),
  }
}

/** How a task's state is spelled. */
export function toTaskStatus({ life: { state } }: StoredTask, { generation }: Edition): DeploymentTask['status'] {
  return state === 'in-progress' ? generations[generation].taskInProgress : state
}

function finishTime({ life: { state, sinceMs } }: StoredTask): string | undefined {
  return isFinal(state) ? formatTime(sinceMs) : undefined
}

function statusDetails({ life, failure }: StoredTask): string | undefined {
  if (life.state === 'succeeded') return 'Task has successfully finished'
  return life.state === 'failed' ? `Deployment failed: ${failure}` : undefined
}

function toActionView(action: TaskAction): View<DeploymentAction> {
  const { action: name, id, version } = action
  return concernsCertificate(action)
    ? { action: name, certificateId: id, version }
    : { action: name, propertyId: id, version }
}
