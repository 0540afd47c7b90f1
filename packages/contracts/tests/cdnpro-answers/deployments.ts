import { type Call, current, ids, native, otherCustomer, row, type Row, version } from './call.ts'
import { update } from './certificates.ts'

export const deploy = (action: object, target = 'staging'): Call => ({
  method: 'POST',
  path: '/cdn/deploymentTasks',
  body: { target, actions: [{ action: 'deploy_cert', certificateId: ids.lab, version: 2, ...action }] },
})
const deployProperty = (last: string, number: number): Call =>
  deploy({ action: 'deploy_property', propertyId: `642c1dc50000000000000b0${last}`, version: number }, 'production')
export const task = (id: string = ids.task): Call => ({ path: `/cdn/deploymentTasks/${id}` })
export const listTasks = (query: string): Call => ({ path: `/cdn/deploymentTasks?${query}` })

export const deploymentRows: readonly Row[] = [
  row('a deployment to nowhere', 400, [deploy({}, 'moon')]),
  row('a deployment of no kind', 400, [deploy({ action: 'launch' })]),
  row('a deployment of no certificate', 400, [deploy({ certificateId: undefined })]),
  row('a deployment of no property', 400, [deploy({ action: 'deploy_property' })]),
  row('a deployment of an unknown property', 400, [deploy({ action: 'deploy_property', propertyId: '0' })]),
  row('a deployment of an unknown certificate', 400, [deploy({ certificateId: '0' })]),
  row('a deployment of an unknown version', 400, [deploy({ version: 9 })]),
  row('a deployment with a wrong type', 400, [deploy({ certificateId: 1 })]),
  row('a deployment of an unknown version of a property', 400, [deployProperty('4', 9)]),
  row('a property whose certificate is expired', 400, [deployProperty('4', 2)]),
  row('a property whose certificate is not deployed', 409, [deployProperty('5', 1)]),
  row('a property whose certificate does not fit', 400, [deployProperty('6', 1)]),
  row('a second deployment', 400, [deploy({}), deploy({})]),
  row('the removal of what is used', 400, [deploy({ action: 'remove_cert', certificateId: ids.shop }, 'production')]),
  row('a failed task', 200, [task(ids.failedTask)]),
  row('an unknown task', 404, [task('0')]),
  row('a task of another customer', 403, [{ ...task(), ...otherCustomer }]),
  row('a task at the native door', 200, [task()], native),
  row('an open task', 200, [deploy({}), 6000, listTasks('')]),
  row('an open task of today', 200, [deploy({}), 6000, listTasks('status=inprogress')], current),
  row('tasks at the native door', 200, [listTasks('limit=2')], native),
  row('tasks of nowhere', 400, [listTasks('target=moon')]),
  row('tasks of an unknown status', 400, [listTasks('status=lost')], current),
  row('tasks, too many', 400, [listTasks('limit=201')]),
  row('tasks, as many as a word', 400, [listTasks('limit=all')]),
  row('tasks from before the first', 400, [listTasks('offset=-1')]),
  row('tasks in no order', 400, [listTasks('sortOrder=up')]),
  row('tasks in order of nothing', 400, [listTasks('sortBy=name')]),
  row('tasks since some day', 400, [listTasks('startdate=2023-04-04')]),
  row('tasks until some day', 400, [listTasks('enddate=yesterday')]),
  row(
    'a deployment of an unknown property today',
    400,
    [deploy({ action: 'deploy_property', propertyId: '0' })],
    current,
  ),
  row('a deployment of an unknown certificate today', 400, [deploy({ certificateId: '0' })], current),
  row(
    'a version without a host name that is live',
    409,
    [update({ newVersion: version }, ids.api), deploy({ certificateId: ids.api, version: 2 })],
    current,
  ),
  row('a property whose certificate is expired today', 409, [deployProperty('4', 2)], current),
  row('a property whose certificate does not fit today', 409, [deployProperty('6', 1)], current),
]
