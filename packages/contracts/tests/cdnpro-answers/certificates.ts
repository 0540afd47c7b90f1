import { createCertificateMaterial, createKeyMaterial } from '../material.ts'
import {
  type Call,
  current,
  generated,
  ids,
  info,
  native,
  row,
  type Row,
  sealed,
  secondMs,
  shop,
  version,
} from './call.ts'

export const query = (id: string = ids.example, number: number | string = 1): Call => ({
  path: `/cdn/certificates/${id}/versions/${number}`,
})
export const create = (newVersion: unknown, further: object = {}): Call => ({
  method: 'POST',
  path: '/cdn/certificates',
  body: { name: 'x', newVersion, ...further },
})
export const update = (body: unknown, id: string = ids.lab): Call => ({
  method: 'PATCH',
  path: `/cdn/certificates/${id}`,
  body,
})
export const read = (id: string = ids.shop): Call => ({ path: `/cdn/certificates/${id}` })

export const list = (search: string): Call => ({ path: `/cdn/certificates${search}` })
export const remove = (id: string = ids.lab): Call => ({ method: 'DELETE', path: `/cdn/certificates/${id}` })
export const csr = (id: string = ids.shop, search = ''): Call => ({ path: `/cdn/certificates/${id}/csr${search}` })
export const removeVersion = (number: number | string, id: string = ids.lab): Call => ({
  method: 'DELETE',
  path: `/cdn/certificates/${id}/versions/${number}`,
})

const otherKey = createKeyMaterial().privateKey
const expired = createCertificateMaterial(['old.example.net'], new Date('2023-02-01T00:00:00Z')).certificate
const rsa = createCertificateMaterial(['rsa.example.net'], undefined, { type: 'rsa', bits: 2048 })

/** The rules for a new version hold for both ways to add one. */
const wrongVersions: readonly (readonly [string, object])[] = [
  ['a key that is not encrypted', { ...version, privateKey: shop.privateKey }],
  ['a key of another certificate', { ...version, privateKey: sealed(otherKey) }],
  ['a certificate that is none', { ...version, certificate: 'x' }],
  ['a chain that is none', { ...version, chainCert: 'x' }],
  ['an expired chain', { ...version, chainCert: expired }],
  ['a wrong country', { ...generated, identificationInfo: { ...info, country: 'DEU' } }],
]

const oneLine = (pem: string): string => pem.replaceAll(/(?<=[\w+/=])\n(?=[\w+/=])/g, '')
const withReturns = (pem: string): string => pem.replaceAll('\n', '\r')

/** Those that came after 2023. */
const wrongVersionsNow: readonly (readonly [string, object])[] = [
  ['a key that is not encrypted', { ...version, privateKey: shop.privateKey }],
  ['a carriage return in the certificate', { ...version, certificate: withReturns(shop.certificate) }],
  ['a certificate in one line', { ...version, certificate: oneLine(shop.certificate) }],
  ['a chain in one line', { ...version, chainCert: oneLine(shop.chainCert) }],
  ['a key in one line', { ...version, privateKey: sealed(oneLine(shop.privateKey)) }],
]

const authorities = { chainCert: shop.chainCert }
const nativeNow = { ...native, ...current }

/** What cannot be asked of a certificate that holds authorities alone, in the version and beside it. */
const wrongAuthorities: readonly (readonly [string, object, object?])[] = [
  ['a renewal', authorities, { autoRenew: 'LE' }],
  ['a renewal at once', authorities, { forceRenew: true }],
  ['a key', { ...authorities, privateKey: version.privateKey }],
  ['a certificate', { ...authorities, certificate: version.certificate }],
  ['nothing', {}],
]

const authorityRows: readonly Row[] = wrongAuthorities.flatMap(([name, newVersion, further = {}]) => [
  row(`authorities created with ${name}`, 400, [create(newVersion, { caOnly: true, ...further })], current),
  row(`authorities changed with ${name}`, 400, [update({ newVersion, ...further }, ids.clientCa)], current),
])

const listRows: readonly Row[] = [
  row('a list by everything', 200, [
    list('?search=s&offset=1&limit=2&target=all&autoRenew=Off&sortBy=productionExpirationTime&sortOrder=asc'),
  ]),
  row('a list of the native door', 200, [list('')], native),
  row('a list of authorities', 200, [list('?caOnly=true')], current),
  row('an offset that is no number', 400, [list('?offset=-1')]),
  row('a limit that is no number', 400, [list('?limit=x')]),
  row('a limit that is too large', 400, [list('?limit=201')]),
  row('a list of nowhere', 400, [list('?target=moon')]),
  row('a list of nowhere now', 400, [list('?target=moon')], current),
  row('a list by an unknown renewal', 400, [list('?autoRenew=le')]),
  row('a list in an unknown order', 400, [list('?sortBy=name')]),
  row('a list of authorities by their expiry', 400, [list('?caOnly=true&sortBy=expirationTime')], current),
  row('a list in no direction', 400, [list('?sortOrder=up')]),
  row('a list of perhaps authorities', 400, [list('?caOnly=maybe')], current),
]

const deletionRows: readonly Row[] = [
  row('the deletion of what is live', 409, [remove(ids.shop)]),
  row('the deletion of nothing', 404, [remove(ids.unknown)]),
  row('the deletion of a version that is no number', 400, [removeVersion('latest')], current),
  row('the deletion of a version of nothing', 404, [removeVersion(1, ids.unknown)], current),
  row('the deletion of an unknown version', 404, [removeVersion(3)], current),
  row('the deletion of an old version', 400, [removeVersion(1)], current),
  row('the deletion of the only version', 400, [removeVersion(1, ids.api)], current),
  row('the deletion of a version that was live', 409, [removeVersion(3, ids.shop)], current),
]

const csrRows: readonly Row[] = [
  row('a signing request with a file', 200, [csr(ids.lab, '?dcv=sectigo')], native),
  row('a signing request with a file for nobody', 400, [csr(ids.lab, '?dcv=nobody')]),
  row('a signing request of nothing', 404, [csr(ids.unknown)]),
  row('a signing request of authorities', 400, [csr(ids.clientCa)], current),
  // Planted without its key.
  row('a signing request without a key', 400, [csr(ids.planted)], {
    beginWith: [
      {
        certificates: [
          {
            id: ids.planted,
            customerId: 20_001_001,
            name: 'planted',
            versions: [{ certificate: shop.certificate }],
          },
        ],
      },
    ],
  }),
]

export const certificateRows: readonly Row[] = [
  ...wrongVersionsNow.flatMap(([name, newVersion]) => [
    row(`a creation now with ${name}`, 400, [create(newVersion)], current),
    row(`an update now with ${name}`, 400, [update({ newVersion })], current),
  ]),
  ...authorityRows,
  ...listRows,
  ...deletionRows,
  ...csrRows,
  row('the latest version now', 200, [query(ids.shop, 'latest')], current),
  row('a version of authorities', 200, [query(ids.clientCa)], current),
  row('authorities', 200, [read(ids.clientCa)], current),
  row('new authorities', 201, [create(authorities, { caOnly: true })], current),
  row('a version that is no number now', 400, [query(ids.shop, 'x')], current),
  row('a certificate that becomes one of authorities', 400, [update({ caOnly: true })], current),
  row('a certificate shared with some', 201, [create(version, { sharingMethod: 'some', shareWith: ['7', 8] })], native),
  row(
    'a certificate at the native door',
    200,
    [update({ sharingMethod: 'some', shareWith: [7] }), read(ids.lab)],
    native,
  ),
  row('a certificate shared somehow', 400, [create(version, { sharingMethod: 'somehow' })], native),
  row('an update shared somehow', 400, [update({ sharingMethod: 'somehow' })], native),
  row('a certificate shared with nobody', 400, [create(version, { sharingMethod: 'some' })], nativeNow),
  row('an update shared with nobody', 400, [update({ sharingMethod: 'some' })], nativeNow),
  ...wrongVersions.flatMap(([name, newVersion]) => [
    row(`a creation with ${name}`, 400, [create(newVersion)]),
    row(`an update with ${name}`, 400, [update({ newVersion })]),
  ]),
  row('a version with a chain', 200, [query(ids.shop, 2)]),
  row('a version that is no number', 400, [query(ids.shop, 'x')]),
  row('the latest version in 2023', 400, [query(ids.shop, 'latest')]),
  row('an unknown certificate', 404, [query(ids.unknown)]),
  row('an unknown version', 404, [query(undefined, 999)]),
  row('an unknown certificate to read', 404, [read('0')]),
  row('a certificate of another customer', 404, [read(ids.otherTenant)]),
  row('a version of another customer', 404, [query(ids.otherTenant)]),
  row('a self-signed certificate', 201, [create({ ...generated, identificationInfo: info })]),
  row('a self-signed certificate without names', 400, [create(generated)]),
  row('a self-signed version without names', 400, [update({ newVersion: generated }, ids.api)]),
  row('a certificate without a name', 400, [create(version, { name: '' })]),
  row('a wrong automatic renewal', 400, [create(version, { autoRenew: 'maybe' })]),
  row('a member of a wrong type', 400, [create(version, { description: 1 })]),
  row('a certificate without a version', 400, [create(undefined)]),
  row('a certificate whose name is taken', 409, [create(version, { name: 'shop-rsa' })]),
  row(
    'a certificate too many',
    403,
    Array.from({ length: 100 }, (_, n) => create(version, { name: `n${n}` })),
  ),
  row('new settings', 201, [update({ description: 'new' })]),
  row('a new version', 201, [update({ newVersion: version })]),
  row('an empty name', 400, [update({ name: '' })]),
  row('another wrong automatic renewal', 400, [update({ autoRenew: 'maybe' })]),
  row('another member of a wrong type', 400, [update({ description: 1 })]),
  row('a version with nothing in it', 400, [update({ newVersion: {} })]),
  row('a version with another kind of key', 400, [
    update({ newVersion: { ...rsa, privateKey: sealed(rsa.privateKey) } }),
  ]),
  row('an update of nothing', 404, [update({}, '0')]),
  row('a name of another certificate', 409, [update({ name: 'shop-rsa' })]),
  row('a version too many', 403, [
    { ...update({ newVersion: version }), times: 300 },
    300 * secondMs,
    { ...update({ newVersion: { ...generated, identificationInfo: info } }), times: 200 },
  ]),
]
