import type { Call } from '../transport/call.ts'
import type { ListOptions, PageQuery } from '../transport/pages.ts'
import type { WaitOptions } from '../transport/poll.ts'
import type { CallOptions } from '../transport/options.ts'
import type { CreateDeploymentTask, DeploymentTask, DeploymentTaskEntry, operations } from './api.generated.ts'
import { type Deployed, deployAndWait, type Deployment } from './deploy-and-wait.ts'
import { createList } from './lists.ts'
import { idInLocation } from './location.ts'
import { namingTask } from './naming-task.ts'
import type { Versions } from './versions.ts'
import { waitForEnd } from './wait-for-end.ts'
import type { Routes } from './routes.generated.ts'

type Query = NonNullable<operations['listDeploymentTasks']['parameters']['query']>

/** What a list of tasks is narrowed down to, and sorted by. */
export interface DeploymentQuery extends ListOptions {
  /** Only tasks that fit all of them. */
  readonly filters?: Omit<Query, keyof PageQuery | 'sortBy' | 'sortOrder'>
  /** `finishTime` unless told; a task that is not over counts as the newest. */
  readonly sortBy?: 'submissionTime' | 'finishTime'
  /** `desc` unless told. */
  readonly sortOrder?: 'asc' | 'desc'
}

/** One page of tasks, and how many there are in all. */
export interface DeploymentPage {
  /** Those of the page, in the order that was asked for. */
  readonly tasks: readonly DeploymentTaskEntry[]
  /** How many the whole list has. */
  readonly count: number
}

/** Tasks that make versions of certificates live in an environment, or take them away. */
export interface Deployments {
  /**
   * Submits a task. Its actions take effect together, when it succeeds. Never repeated after a lost answer: then the error's
   * `outcome` is `unknown`, and `list()` tells.
   *
   * @example
   * ```ts
   * const actions = [{ action: 'deploy_cert', certificateId, version: 2 }]
   * const taskId = await cdnpro.deployments.create({ target: 'staging', actions })
   * ```
   * @returns the id of the task
   * @throws CerttwinError `invalid_request`, `not_found` or `conflict` when the vendor refuses it
   */
  create(task: CreateDeploymentTask, options?: CallOptions): Promise<string>
  /** The tasks of the customer, the newest first, page after page. A task that is submitted meanwhile moves the others. */
  list(query?: DeploymentQuery): AsyncIterable<DeploymentTaskEntry>
  /** One page of that list. */
  page(query?: DeploymentQuery & { readonly offset?: number }): Promise<DeploymentPage>
  /** A task as it stands now. Its running status is spelled `in progress` or `inprogress`. @throws CerttwinError `not_found` */
  get(taskId: string, options?: CallOptions): Promise<DeploymentTask>
  /**
   * Waits for the end of a task.
   *
   * @throws CerttwinError `deployment_failed` when it ends without success, `timeout` when the deadline passes; `taskId` on it
   *   names the task
   */
  waitForSuccess(taskId: string, options?: WaitOptions): Promise<DeploymentTask>
  /**
   * Makes a version of a certificate live in an environment, waits for the end of the task, and reads the version for proof: a task
   * that says it succeeded is not enough.
   *
   * @example
   * ```ts
   * const { task } = await cdnpro.deployments.deployAndWait({ certificateId, version: 2, target: 'staging' })
   * ```
   * @throws CerttwinError `deployment_failed` when the task fails, or when another certificate than the one meant is live then;
   *   `timeout` when the deadline passes; `taskId` on it names the task, which `waitForSuccess()` can go on with
   */
  deployAndWait(deployment: Deployment, options?: WaitOptions): Promise<Deployed>
}

export function createDeployments(call: Call<Routes>, versions: Versions): Deployments {
  const list = createList(call, 'listDeploymentTasks GET /cdn/deploymentTasks', 'deploy')
  const create: Deployments['create'] = (body, options) =>
    call('createDeploymentTask POST /cdn/deploymentTasks', { body }, options, idInLocation('deploymentTasks'))
  const get: Deployments['get'] = (id, options) =>
    call('getDeploymentTask GET /cdn/deploymentTasks/{id}', { path: { id } }, options)
  const waitForSuccess: Deployments['waitForSuccess'] = (id, options) => {
    const look = (limits: CallOptions): Promise<DeploymentTask> => get(id, limits)
    return namingTask(id, () => waitForEnd(call.settings, `deployment task ${id}`, 'deployment_failed', look, options))
  }
  return {
    create,
    list: list.each,
    async page(query) {
      const { entries, total } = await list.page(query)
      return { tasks: entries, count: total }
    },
    get,
    waitForSuccess,
    deployAndWait: (deployment, options = {}) =>
      deployAndWait({ create, waitForSuccess, versions }, deployment, options),
  }
}
