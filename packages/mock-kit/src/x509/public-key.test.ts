import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { describePublicKey } from './public-key.ts'

test.each([
  ['P-256', { algorithm: 'EC', bits: 256, curve: 'P-256' }],
  ['P-384', { algorithm: 'EC', bits: 384, curve: 'P-384' }],
  ['P-521', { algorithm: 'EC', bits: 521, curve: 'P-521' }],
  ['secp256k1', { algorithm: 'EC', bits: 256, curve: 'other' }],
  ['brainpoolP320r1', { algorithm: 'EC', bits: 320, curve: 'other' }],
])('describes a key on %s, private half and public half', (namedCurve, info) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
  expect(describePublicKey(privateKey)).toEqual(info)
  expect(describePublicKey(publicKey)).toEqual(info)
})

test('describes an RSA key by its modulus', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  expect(describePublicKey(publicKey)).toEqual({ algorithm: 'RSA', bits: 1024 })
})

test('counts a key that is bound to PSS as RSA', () => {
  const { publicKey } = generateKeyPairSync('rsa-pss', { modulusLength: 1024 })
  expect(describePublicKey(publicKey)).toEqual({ algorithm: 'RSA', bits: 1024 })
})

test('describes an Ed25519 key as other, without a length', () => {
  const { publicKey } = generateKeyPairSync('ed25519')
  expect(describePublicKey(publicKey)).toEqual({ algorithm: 'other', bits: 0 })
})
