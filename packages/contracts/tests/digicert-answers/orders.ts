import { dayMs, type Row, row } from './call.ts'

const list = '/order/certificate'
const changes = `${list}/status-changes`

export const orderRows: readonly Row[] = [
  row('an order that waits', 200, [{ path: `${list}/123456` }]),
  row('an order of a later generation', 200, [{ path: `${list}/100003` }], { profile: '2024' }),
  row('an order for a domain alone', 200, [{ path: `${list}/100015` }]),
  row('an order that has expired', 200, [{ path: `${list}/100007` }]),
  row('an order with its CAA status', 200, [{ path: `${list}/100005?include_caa_status=true` }]),
  row('an order with a flag that cannot be read', 400, [{ path: `${list}/100005?include_caa_status=perhaps` }]),
  row('an unknown order', 404, [{ path: `${list}/4711` }]),
  row('an order of another account', 404, [{ path: `${list}/200001` }]),
  row('an order by a serial number that nobody has', 404, [{ path: `${list}/0123456789ABCDEF` }]),
  row('a page of orders', 200, [{ path: `${list}?limit=2&offset=1&sort=-valid_till&filters[status]=issued` }]),
  row('orders of a later generation', 200, [{ path: list }], { profile: '2024' }),
  row('no orders', 200, [{ path: `${list}?filters[id]=1` }]),
  row('a page of orders that cannot be read', 400, [{ path: `${list}?limit=-1` }]),
  row('a filter of orders that cannot be read', 400, [{ path: `${list}?filters[date_created]=soon` }]),
  row('an order that expires', 200, [276 * dayMs, { path: `${changes}?minutes=10080` }]),
  row('a change of nothing', 200, [{ path: `${changes}?seconds=604800` }]),
  row('changes of no time', 400, [{ path: changes }]),
  row('changes of a time that cannot be read', 400, [{ path: `${changes}?minutes=x` }]),
  row('changes of too long a time', 400, [{ path: `${changes}?minutes=10081` }]),
]
