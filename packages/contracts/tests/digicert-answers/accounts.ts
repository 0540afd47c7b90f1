import { type Row, row } from './call.ts'

const paged = ['/user', '/organization', '/domain', '/container']

export const accountRows: readonly Row[] = [
  ...paged.flatMap((path) => [
    row(`a page of ${path}`, 200, [{ path: `${path}?limit=1&offset=1` }]),
    row(`a limit of ${path} that is no number`, 400, [{ path: `${path}?limit=x` }]),
    row(`an offset of ${path} below zero`, 400, [{ path: `${path}?offset=-1` }]),
  ]),
  row('no custom fields', 200, [{ path: '/account/metadata', key: 'MOCKKEYAPPROVAL' }]),
  row('a user of another account', 404, [{ path: '/user/125042' }]),
  row('an unknown user', 404, [{ path: '/user/1' }]),
  row('an unknown organization', 404, [{ path: '/organization/1' }]),
  row('an unknown product', 404, [{ path: '/product/ssl_unknown' }]),
  row('a product of a later generation', 200, [{ path: '/product/ssl_basic' }], { profile: '2024' }),
]
