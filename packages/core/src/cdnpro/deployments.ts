import type { Client } from 'openapi-fetch'
import { CerttwinError } from '../errors.ts'
import { expectData, expectList } from '../transport/answer.ts'
import type { Init } from '../transport/attempt.ts'
import type { Call } from '../transport/call.ts'
import { eachOfPages, type ListOptions, type PageQuery } from '../transport/pages.ts'
import { poll, type WaitOptions } from '../transport/poll.ts'
import type { CallOptions } from '../transport/options.ts'
import type { CreateDeploymentTask, DeploymentTask, DeploymentTaskEntry, operations, paths } from './api.generated.ts'
import { type Deployed, deployAndWait, type Deployment } from './deploy-and-wait.ts'
import { idInLocation } from './location.ts'
import { namingTask } from './naming-task.ts'
import type { Versions } from './versions.ts'

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

export function createDeployments(api: Client<paths>, call: Call, versions: Versions): Deployments {
  const reads = createReads(api, call)
  const create: Deployments['create'] = async (body, options) => {
    const answer = await call('createDeploymentTask', options, (init) =>
      api.POST('/cdn/deploymentTasks', { body, ...init }),
    )
    return idInLocation('createDeploymentTask', 'deploymentTasks', answer)
  }
  const waitForSuccess: Deployments['waitForSuccess'] = (taskId, options = {}) => {
    const look = async (limits: CallOptions): Promise<DeploymentTask | undefined> =>
      finishedOnly(taskId, await reads.get(taskId, limits))
    return namingTask(taskId, () => poll(`The end of deployment task ${taskId}`, look, options))
  }
  return {
    ...reads,
    create,
    waitForSuccess,
    deployAndWait: (deployment, options = {}) =>
      deployAndWait({ create, waitForSuccess, versions }, deployment, options),
  }
}

function createReads(api: Client<paths>, call: Call): Pick<Deployments, 'list' | 'page' | 'get'> {
  const list = ({ filters, sortBy, sortOrder }: DeploymentQuery, page: PageQuery, init: Init) => {
    const query: Query = { ...filters, ...page, ...(sortBy && { sortBy }), ...(sortOrder && { sortOrder }) }
    return api.GET('/cdn/deploymentTasks', { params: { query }, ...init })
  }
  return {
    list: (query = {}) =>
      eachOfPages(call, {
        operation: 'listDeploymentTasks',
        name: 'deploy',
        run: (page, init) => list(query, page, init),
        pageSize: query.pageSize,
        options: query,
      }),
    async page({ offset, ...options } = {}) {
      const page = {
        ...(offset !== undefined && { offset }),
        ...(options.pageSize !== undefined && { limit: options.pageSize }),
      }
      const answer = await call('listDeploymentTasks', options, (init) => list(options, page, init))
      const tasks = expectList('listDeploymentTasks', answer, 'deploy')
      return { tasks, count: expectData('listDeploymentTasks', answer).count }
    },
    async get(id, options) {
      const answer = await call('getDeploymentTask', options, (init) =>
        api.GET('/cdn/deploymentTasks/{id}', { params: { path: { id } }, ...init }),
      )
      return expectData('getDeploymentTask', answer)
    },
  }
}

function finishedOnly(taskId: string, task: DeploymentTask): DeploymentTask | undefined {
  if (task.status === 'succeeded') return task
  if (task.status !== 'failed' && (task.finishTime ?? '') === '') return undefined
  const message = `Deployment task ${taskId} ended as ${task.status}: ${task.statusDetails ?? 'no details'}.`
  throw new CerttwinError({ code: 'deployment_failed', message })
}
