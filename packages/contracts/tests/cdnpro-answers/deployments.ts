import { type Call, ids, otherCustomer, row, type Row } from './call.ts'

export const deploy = (action: object, target = 'staging'): Call => ({
  method: 'POST',
  path: '/cdn/deploymentTasks',
  body: { target, actions: [{ action: 'deploy_cert', certificateId: ids.lab, version: 2, ...action }] },
})
const deployProperty = (last: string, number: number): Call =>
  deploy({ action: 'deploy_property', propertyId: `642c1dc50000000000000b0${last}`, version: number }, 'production')
export const task = (id: string = ids.task): Call => ({ path: `/cdn/deploymentTasks/${id}` })

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
]
