import { type Call, current, ids, native, otherCustomer, row, type Row } from './call.ts'

const shopSite = '642c1dc50000000000000b01'

export const hostname = (name: string): Call => ({ path: `/cdn/hostnames/${name}` })
export const createPropertyVersion = (body: unknown, id = shopSite): Call => ({
  method: 'POST',
  path: `/cdn/properties/${id}/versions`,
  body,
})
export const propertyVersion = (id = shopSite, version: number | string = 1): Call => ({
  path: `/cdn/properties/${id}/versions/${version}`,
})
export const createValidation = (changes: object = {}): Call => ({
  method: 'POST',
  path: '/cdn/validations',
  body: { propertyId: shopSite, version: 2, ...changes },
})
export const validation = (id = '3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4f01'): Call => ({ path: `/cdn/validations/${id}` })

export const propertyRows: readonly Row[] = [
  row('a host name at the native door', 200, [hostname('shop.example.com')], native),
  row('a host name that nobody serves', 200, [hostname('unknown.example.com')]),
  row('a version of a property in a member', 201, [createPropertyVersion({ configs: { tlsCertificateId: ids.lab } })]),
  row('a version of nothing', 404, [createPropertyVersion({}, ids.unknown)]),
  row('a version of a property of another customer', 404, [{ ...propertyVersion(), ...otherCustomer }]),
  row('a version that the property does not have', 404, [propertyVersion(shopSite, 9)]),
  row('a version of a property that is no number', 400, [propertyVersion(shopSite, 'latest')]),
  row('a validation of nothing', 400, [createValidation({ propertyId: ids.unknown })]),
  row('a validation of nothing today', 400, [createValidation({ propertyId: ids.unknown })], current),
  row('a validation of no version', 400, [createValidation({ version: '9' })]),
  row('a validation of a wrong type', 400, [createValidation({ propertyId: 1 })]),
  row('a validation that nobody knows', 404, [validation('x')]),
]
