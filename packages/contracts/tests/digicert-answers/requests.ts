import { type Call, dayMs, type Row, row } from './call.ts'
import { duplicate, good } from './duplicates.ts'

export const decide = (requestId: number, body: unknown, key = 'MOCKKEYADMIN'): Call => ({
  method: 'PUT',
  path: `/request/${requestId}/status`,
  key,
  body,
})

export const requestRows: readonly Row[] = [
  row('a page of requests', 200, [{ path: '/request?limit=2&offset=1&sort=-id&filters[status]=approved' }]),
  row('no requests', 200, [{ path: '/request?filters[status]=submitted' }]),
  row('a page of requests that cannot be read', 400, [{ path: '/request?offset=-1' }]),
  row('a filter of requests that cannot be read', 400, [{ path: '/request?filters[container_id]=x' }]),
  row('a request that was decided with a remark', 200, [
    decide(199, { status: 'rejected', processor_comment: 'No.' }),
    { path: '/request/199' },
  ]),
  row('a request for an order', 200, [{ path: '/request/198' }]),
  row('a request for a domain alone', 200, [{ path: '/request/115' }]),
  row('a request to revoke', 200, [{ path: '/request/204' }]),
  row('an unknown request', 404, [{ path: '/request/4711' }]),
  row('an approval', 204, [
    duplicate(112233, { ...good, common_name: 'example.com' }),
    decide(332211, { status: 'approved' }),
  ]),
  row('a decision that is no JSON', 400, [decide(332211, '[]')]),
  row('a decision without a status', 400, [decide(199, {})]),
  row('a decision with an unknown status', 400, [decide(199, { status: 'perhaps' })]),
  row('a second decision', 400, [decide(199, { status: 'rejected' }), decide(199, { status: 'approved' })]),
  row('a decision after the end of the order', 400, [
    duplicate(112233, { ...good, common_name: 'example.com' }),
    276 * dayMs,
    decide(332211, { status: 'approved' }),
  ]),
  row(
    'a decision whose validity would outlive the order by now',
    400,
    [
      duplicate(112233, { ...good, common_name: 'example.com', cert_validity: { days: 270 } }),
      10 * dayMs,
      decide(332211, { status: 'approved' }),
    ],
    { profile: '2024' },
  ),
  row('a decision of a user who may not', 403, [decide(199, { status: 'approved' }, 'MOCKKEYSTANDARD')]),
  row('a decision on an unknown request', 404, [decide(4711, { status: 'approved' })]),
]
