import type { CdnProMockOptions } from '@certtwin/mock-cdnpro'
import { sign } from '../signing.ts'
import { type Call, current, date, ids, native, row, type Row, version } from './call.ts'
import { create, csr, list, query, read, remove, removeVersion, update } from './certificates.ts'
import { deploy, listTasks, task } from './deployments.ts'
import { createPropertyVersion, createValidation, hostname, propertyVersion, validation } from './properties.ts'

/** A call of each operation that is taken, the status that it gets, and the edition that has it if not all do. */
export const goodCalls: Readonly<Record<string, readonly [status: number, call: Call, options?: CdnProMockOptions]>> = {
  getCertificateVersion: [200, query()],
  createCertificate: [201, create(version)],
  listCertificates: [200, list('')],
  getCertificate: [200, read()],
  updateCertificate: [201, update({})],
  deleteCertificate: [204, remove()],
  downloadCsr: [200, csr()],
  deleteCertificateVersion: [204, removeVersion(2), current],
  createDeploymentTask: [201, deploy({})],
  listDeploymentTasks: [200, listTasks('')],
  getDeploymentTask: [200, task()],
  getHostname: [200, hostname('shop.example.com')],
  createPropertyVersion: [201, createPropertyVersion({ tlsCertificateId: ids.lab })],
  getPropertyVersion: [200, propertyVersion()],
  createValidation: [201, createValidation()],
  getValidation: [200, validation()],
}

const encode = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`

/** Ways to sign that are refused. */
const refusals: Readonly<Record<string, Record<string, string>>> = {
  'without credentials': { Date: date },
  'with credentials that are none': { Authorization: 'Basic !', Date: date },
  'of an unknown user': sign('nobody', 'example_apiKey', date),
  'without a date': { Authorization: encode('example_username:x') },
  'with a date that is none': { Authorization: encode('example_username:x'), Date: 'today' },
  'with an old date': sign('example_username', 'example_apiKey', 'Tue, 04 Apr 2023 12:00:00 GMT'),
  'with a wrong key': sign('example_username', 'another', date),
}
const stranger = { user: 'unprovisioned_username', key: 'unprovisioned_apiKey' }
const reader = { user: 'readonly_username', key: 'readonly_apiKey' }
const large = `{"x":"${'x'.repeat(1024 * 1024)}"}`

/** Of an access key that nobody has. */
const unknownKey = {
  Authorization: 'CNC-HMAC-SHA256 Credential=x, SignedHeaders=content-type;host, Signature=00',
  'x-cnc-auth-method': 'AKSK',
  'x-cnc-accessKey': 'x',
  'x-cnc-timestamp': '1680612805',
}
const withQuery = (call: Call): Call => ({ ...call, path: `${call.path}${call.path.includes('?') ? '&' : '?'}odd=1` })
const noCalls = { rateLimits: [{ limit: 0, windowMs: 1000 }] }

/** What any operation can refuse, and for each a call that it takes. */
export const everyOperationRows: readonly Row[] = Object.entries(goodCalls).flatMap(
  ([id, [status, call, options = {}]]) => {
    const isWrite = call.method !== undefined
    const hasBody = call.body !== undefined
    return [
      row(id, status, [call], options),
      ...Object.entries(refusals).map(([how, signed]) => row(`${id} ${how}`, 401, [{ ...call, signed }], options)),
      row(`${id} with an unknown access key`, 462, [{ ...call, signed: unknownKey }], options),
      ...Object.entries({ ...refusals, 'with an access key': unknownKey }).map(([how, signed]) =>
        row(`${id} ${how} at the native door`, 403, [{ ...call, signed }], { ...options, ...native }),
      ),
      row(`${id} with a parameter that nobody knows, before a strict twin`, 400, [withQuery(call)], {
        ...options,
        strict: true,
      }),
      row(`${id} for another customer`, 400, [{ ...call, headers: { 'On-Behalf-Of': '1' } }], {
        ...options,
        ...native,
      }),
      row(`${id} for oneself`, status, [{ ...call, headers: { 'On-Behalf-Of': '20001001' } }], {
        ...options,
        ...native,
      }),
      ...(id.startsWith('list')
        ? [row(`${id} of nobody`, 400, [{ ...call, headers: { 'Report-Range': 'all' } }], { ...options, ...native })]
        : []),
      row(`${id} of an account without the service`, 403, [{ ...call, ...stranger }], options),
      row(`${id} once too often`, 429, [call], { ...options, ...noCalls }),
      row(`${id} once too often at the native door`, 429, [call], { ...options, ...native, ...noCalls }),
      ...(isWrite ? [row(`${id} of a user who only reads`, 403, [{ ...call, ...reader }], options)] : []),
      ...(isWrite
        ? [
            row(`${id} with too large a body`, 413, [{ ...call, body: large }], options),
            row(`${id} with too large a body at the native door`, 413, [{ ...call, body: large }], {
              ...options,
              ...native,
            }),
          ]
        : []),
      ...(hasBody
        ? [
            row(`${id} as XML`, 415, [{ ...call, headers: { 'Content-Type': 'application/xml' } }], options),
            row(`${id} with a body that is no JSON`, 400, [{ ...call, body: '{' }], options),
          ]
        : []),
    ]
  },
)
