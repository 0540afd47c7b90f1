import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSeededEcKey } from './seeded-ec-key.ts'

const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()

test('a key from a seed is the same each time, and another one for another seed', () => {
  expect(pem(createSeededEcKey('one'))).toBe(pem(createSeededEcKey('one')))
  expect(pem(createSeededEcKey('one'))).not.toBe(pem(createSeededEcKey('two')))
})

test('it stays what it was when it was first made, so that certificates do too', () => {
  expect(createSeededEcKey('one').export({ format: 'jwk' }).x).toBe('ErvKquMlv2fLhkb-lQof1_f1Dzs0mG2u06bgq16cmmQ')
})

test('it is a P-256 key whose halves belong together', () => {
  const key = createSeededEcKey('three')
  const data = Buffer.from('data')
  expect(key.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' })
  expect(verify('sha256', data, createPublicKey(key), sign('sha256', data, key))).toBe(true)
  expect(verify('sha256', data, createPublicKey(createSeededEcKey('two')), sign('sha256', data, key))).toBe(false)
})
