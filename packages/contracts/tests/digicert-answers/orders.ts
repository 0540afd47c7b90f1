import { type Call, csr, dayMs, type Row, row, wrongCsrs } from './call.ts'
import { decide } from './requests.ts'

const list = '/order/certificate'
const recent = `${list}/status-changes`

const certificate = { common_name: 'new.example.com', csr, signature_hash: 'sha256' }
const order = { certificate, organization: { id: 112233 }, validity_years: 1 }

/** An order that is issued at once, changed. */
export const place = (changes: object = {}, product = 'ssl_basic', key = 'MOCKKEYFAST'): Call => ({
  method: 'POST',
  path: `${list}/${product}`,
  key,
  body: { ...order, ...changes },
})
const of = (details: object): Call => place({ certificate: { ...certificate, ...details } })

const placingRows: readonly Row[] = [
  row('a new order that needs approval', 201, [place({}, 'ssl_basic', 'MOCKKEYADMIN')]),
  row('a new order that waits for validation', 201, [place({ container: { id: 15 } })]),
  row('a new order for a hint', 201, [place({ product: { type_hint: 'ov' } }, 'ssl')]),
  row('a new order of nothing in particular', 400, [place({}, 'ssl')]),
  row('a new order that is no JSON', 400, [{ ...place(), body: '{' }]),
  row('a new order without members', 400, [{ ...place(), body: {} }]),
  row('a new order of wrong types', 400, [place({ validity_years: 'x', container: { id: 'x' } })]),
  row('a new order of an unknown organization', 400, [place({ organization: { id: 1 } })]),
  row('a new order with a name that is none', 400, [of({ dns_names: ['a b'] })]),
  row('a new order with a CSR that is none', 400, [of({ csr: 'x' })]),
  row('a new order with a broken CSR', 400, [of({ csr: wrongCsrs.tampered })]),
  row('a new order with a small key', 400, [of({ csr: wrongCsrs.smallKey })]),
  row('a new order with an odd key', 400, [of({ csr: wrongCsrs.oddKey })]),
  row('a new order with an unknown platform and hash', 400, [
    of({ server_platform: { id: 0 }, signature_hash: 'md5' }),
  ]),
  row('a new order with an unknown CA', 400, [of({ ca_cert_id: 'FF' })], { profile: '2024' }),
  row('a new order with a longer certificate', 400, [of({ cert_validity: { years: 2 } })], { profile: '2024' }),
  row('a new order of an unknown product', 404, [place({}, 'ssl_unknown')]),
  row('a new order in the place of an unknown one', 404, [place({ renewal_of_order_id: 4711 })]),
  row('a new order, looked up', 200, [place(), { path: `${list}/300001` }]),
  row('an approved order whose day has passed', 400, [
    place({ validity_years: undefined, custom_expiration_date: '2023-04-05' }, 'ssl_basic', 'MOCKKEYADMIN'),
    2 * dayMs,
    decide(332212, { status: 'approved' }),
  ]),
]

export const orderRows: readonly Row[] = [
  ...placingRows,
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
  row('an order that expires', 200, [276 * dayMs, { path: `${recent}?minutes=10080` }]),
  row('a change of nothing', 200, [{ path: `${recent}?seconds=604800` }]),
  row('changes of no time', 400, [{ path: recent }]),
  row('changes of a time that cannot be read', 400, [{ path: `${recent}?minutes=x` }]),
  row('changes of too long a time', 400, [{ path: `${recent}?minutes=10081` }]),
]
