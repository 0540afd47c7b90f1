import type { DeploymentAction, DeploymentTask } from '../api.generated.ts'
import { concernsCertificate } from '../domain/task-action.ts'
import { isFinal } from '../domain/task-life.ts'
import type { Edition } from '../edition.ts'
import type { StoredTask, TaskAction } from '../entities.ts'
import { generations } from '../generations.ts'
import { formatTime, type View } from './wire.ts'

export function toTaskView(task: StoredTask, { generation }: Edition): View<DeploymentTask> {
  const { state, sinceMs } = task.life
  return {
    name: task.name,
    submissionTime: formatTime(task.submittedAtMs),
    actions: task.actions.map(toActionView) as DeploymentAction[],
    target: task.target,
    finishTime: isFinal(state) ? formatTime(sinceMs) : undefined,
    status: state === 'in-progress' ? generations[generation].taskInProgress : state,
    apiRequestId: task.apiRequestId,
    statusDetails: statusDetails(task),
    webhook: task.webhook,
  }
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
