import { type Call, type Row, row } from './call.ts'

/** A call without a key. */
export const beside = (path: string): Call => ({ path, key: '', isBeside: true })

const strangers = ['/crl/nobody.crl', '/crl/default/4711.crl', '/ocsp/nobody/MAA=']

export const revocationStatusRows: readonly Row[] = [
  ...['/crl/default.pem', '/crl/default/1005.pem'].map((path) => row(`a list in PEM: ${path}`, 200, [beside(path)])),
  ...strangers.map((path) => row(`what is not there: ${path}`, 404, [beside(path)])),
  row('a responder that is not there', 404, [{ ...beside('/ocsp/nobody'), method: 'POST', body: 'x' }]),
]
