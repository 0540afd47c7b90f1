import { createCertificateMaterial, createKeyMaterial } from '../material.ts'
import { type Call, generated, ids, info, row, type Row, sealed, secondMs, shop, version } from './call.ts'

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

export const certificateRows: readonly Row[] = [
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
