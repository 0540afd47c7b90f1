import type { Edition } from '../edition.ts'
import type { Environment, StoredTask, TaskAction, User } from '../entities.ts'
import { generations } from '../generations.ts'
import { readSortOrder } from '../lists/order.ts'
import { givenParameter, type Page, pageOf } from '../lists/paging.ts'
import type { State } from '../state.ts'
import * as errors from './deployment-errors.ts'
import { concernsCertificate, concernsProperty, readVersionNumber } from './task-action.ts'
import { isFinal } from './task-life.ts'

type Passes = (task: StoredTask) => boolean

/**
 * The tasks of the customer that pass all filters of a query.
 *
 * @throws Refusal the first that the vendor's table of errors names (assumed)
 */
export function listTasks(state: State, user: User, query: URLSearchParams, edition: Edition): Page<StoredTask> {
  const target = readTarget(givenParameter(query, 'target'))
  const status = readStatus(givenParameter(query, 'status'), edition)
  const page = pageOf<StoredTask>(query)
  const compare = readOrder(query)
  const filters: readonly Passes[] = [
    ({ customerId }) => customerId === user.customerId,
    byAction(query, 'certificateId', concernsCertificate),
    byAction(query, 'propertyId', concernsProperty),
    (task) => target === undefined || task.target === target,
    ({ life }) => status === undefined || life.state === status,
    byId(givenParameter(query, 'taskIds')),
    bySubmission(query),
    bySearch(state, givenParameter(query, 'search')),
  ]
  const tasks = [...state.tasks.values()].filter((task) => filters.every((passes) => passes(task)))
  return page(tasks.toSorted(compare))
}

function readTarget(target: string | undefined): Environment | undefined {
  if (target === undefined || target === 'staging' || target === 'production') return target
  throw errors.invalidListTarget()
}

/** Read in today's generation alone; the state of the task that a word stands for. */
function readStatus(word: string | undefined, { generation }: Edition): StoredTask['life']['state'] | undefined {
  const { taskInProgress, listsByStatus } = generations[generation]
  if (word === undefined || !listsByStatus) return undefined
  if (word === taskInProgress) return 'in-progress'
  if (word === 'waiting' || word === 'succeeded' || word === 'failed') return word
  throw errors.invalidStatus()
}

function byAction(query: URLSearchParams, parameter: string, concerns: (action: TaskAction) => boolean): Passes {
  const wanted = givenParameter(query, parameter)
  if (wanted === undefined) return () => true
  return ({ actions }) => actions.some((action) => concerns(action) && action.id === wanted)
}

function byId(list: string | undefined): Passes {
  if (list === undefined) return () => true
  const ids = new Set(list.split(',').map((id) => id.trim()))
  return ({ id }) => ids.has(id)
}

/** Both bounds are whole seconds, as the times that answers show are. */
function bySubmission(query: URLSearchParams): Passes {
  const fromMs = readTime(query, 'startdate', 'InvalidStartDate') ?? Number.NEGATIVE_INFINITY
  const toMs = (readTime(query, 'enddate', 'InvalidEndDate') ?? Number.POSITIVE_INFINITY) + 1000
  return ({ submittedAtMs }) => submittedAtMs >= fromMs && submittedAtMs < toMs
}

function readTime(query: URLSearchParams, parameter: string, code: string): number | undefined {
  const text = givenParameter(query, parameter)
  if (text === undefined) return undefined
  const timeMs = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : Number.NaN
  // A day that its month does not have is read as one of the next month.
  const isReal = !Number.isNaN(timeMs) && new Date(timeMs).toISOString().slice(0, 19) === text.slice(0, 19)
  if (!isReal) throw errors.invalidTime(code, parameter, text)
  return timeMs
}

/** A text in the name of a task, or in a host name of a property in it; letter case does not count (assumed). */
function bySearch({ properties }: State, search: string | undefined): Passes {
  if (search === undefined) return () => true
  const wanted = search.toLowerCase()
  const hostnamesOf = ({ id, version }: TaskAction): readonly string[] => {
    const versions = properties.get(id)?.versions ?? []
    const number = readVersionNumber(version)
    return number === undefined
      ? versions.flatMap(({ hostnames }) => hostnames)
      : (versions[number - 1]?.hostnames ?? [])
  }
  return ({ name = '', actions }) =>
    [name, ...actions.filter(concernsProperty).flatMap(hostnamesOf)].some((text) => text.toLowerCase().includes(wanted))
}

/** A task that is not over counts as newer than all that are; of the same moment, the one that was submitted later is newer. */
function readOrder(query: URLSearchParams): (one: StoredTask, other: StoredTask) => number {
  const sign = readSortOrder(query) === 'asc' ? 1 : -1
  const sortBy = givenParameter(query, 'sortBy') ?? 'finishTime'
  if (sortBy !== 'finishTime' && sortBy !== 'submissionTime') throw errors.invalidSortBy()
  const timeOf = ({ life, submittedAtMs }: StoredTask): number => {
    if (sortBy === 'submissionTime') return submittedAtMs
    return isFinal(life.state) ? life.sinceMs : Number.MAX_SAFE_INTEGER
  }
  return (one, other) =>
    sign * (timeOf(one) - timeOf(other) || one.submittedAtMs - other.submittedAtMs) || (one.id < other.id ? -1 : 1)
}
