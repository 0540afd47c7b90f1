import type { Client } from 'openapi-fetch'
import { CerttwinError } from '../errors.ts'
import { type Call, expectData } from '../transport/call.ts'
import { poll, type WaitOptions } from '../transport/poll.ts'
import type { CallOptions } from '../transport/transport.ts'
import type { CreateDeploymentTask, DeploymentTask, paths } from './api.generated.ts'
import { idInLocation } from './location.ts'

export interface Deployments {
  /**
   * Submits a task. Its actions take effect together, when it succeeds.
   *
   * @returns the id of the task
   */
  create(task: CreateDeploymentTask, options?: CallOptions): Promise<string>
  /** A task as it stands now. Its running status is spelled `in progress` or `inprogress`. */
  get(taskId: string, options?: CallOptions): Promise<DeploymentTask>
  /**
   * Waits for the end of a task.
   *
   * @throws CerttwinError `deployment_failed` when it ends without success, `timeout` when the deadline passes
   */
  waitForSuccess(taskId: string, options?: WaitOptions): Promise<DeploymentTask>
}

export function createDeployments(api: Client<paths>, call: Call): Deployments {
  const get: Deployments['get'] = async (id, options = {}) => {
    const answer = await call('getDeploymentTask', () =>
      api.GET('/cdn/deploymentTasks/{id}', { params: { path: { id } }, ...options }),
    )
    return expectData('getDeploymentTask', answer)
  }
  return {
    async create(body, options = {}) {
      const answer = await call('createDeploymentTask', () => api.POST('/cdn/deploymentTasks', { body, ...options }))
      return idInLocation('createDeploymentTask', 'deploymentTasks', answer)
    },
    get,
    waitForSuccess(taskId, options = {}) {
      const look = async (): Promise<DeploymentTask | undefined> => finishedOnly(taskId, await get(taskId, options))
      return poll(`The end of deployment task ${taskId}`, look, options)
    },
  }
}

function finishedOnly(taskId: string, task: DeploymentTask): DeploymentTask | undefined {
  if (task.status === 'succeeded') return task
  if (task.status !== 'failed' && (task.finishTime ?? '') === '') return undefined
  const message = `Deployment task ${taskId} ended as ${task.status}: ${task.statusDetails ?? 'no details'}.`
  throw new CerttwinError({ code: 'deployment_failed', message })
}
