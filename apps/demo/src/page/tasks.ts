import type { CdnProClient } from '@certtwin/core'
import type { DeploymentAction, DeploymentTask } from '@certtwin/core/cdnpro'

/** A deployment task as a person sees it. */
export interface TaskView {
  readonly id: string
  readonly name: string | undefined
  readonly target: string
  readonly status: string
  /** What it does, each as a phrase. */
  readonly actions: readonly string[]
  readonly submittedAt: string
  /** Undefined, like the details, while it is not over. */
  readonly finishedAt: string | undefined
  readonly details: string | undefined
}

export interface TaskList {
  readonly tasks: readonly TaskView[]
  /** How many there are in all. */
  readonly count: number
}

/** Every task costs a request for its actions, of which the vendor gives 300 in five minutes. */
const mostTasks = 10

/** The tasks that finished last, and before them those that have not. */
export async function listTasks(cdnpro: CdnProClient): Promise<TaskList> {
  const { tasks: entries, count } = await cdnpro.deployments.page({ pageSize: mostTasks })
  const tasks = await Promise.all(entries.map(async ({ id }) => describeTask(id, await cdnpro.deployments.get(id))))
  return { tasks, count }
}

function describeTask(id: string, task: DeploymentTask): TaskView {
  const { name, target, status, actions, submissionTime, finishTime, statusDetails } = task
  return {
    id,
    name,
    target,
    // Two spellings of one word, by the generation of the service.
    status: status === 'inprogress' ? 'in progress' : status,
    actions: actions.map(describeAction),
    submittedAt: submissionTime,
    // Some services send an empty text while a task goes on.
    finishedAt: finishTime || undefined,
    details: statusDetails,
  }
}

function describeAction({ action, certificateId, propertyId, version }: DeploymentAction): string {
  const verb = action.startsWith('remove') ? 'Remove' : 'Deploy'
  const what = certificateId === undefined ? `property ${propertyId}` : `certificate ${certificateId}`
  return `${verb} ${what}${version === undefined ? '' : `, version ${version}`}`
}
