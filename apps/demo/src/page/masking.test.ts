import { expect, it } from 'vitest'
import { maskBody } from './masking.ts'

const pem = '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----'

it('lays out JSON in lines', () => {
  expect(maskBody('{"a":{"b":[1]}}', [])).toBe('{\n  "a": {\n    "b": [\n      1\n    ]\n  }\n}')
})

it('leaves other text as it is', () => {
  expect(maskBody('no JSON {', [])).toBe('no JSON {')
  expect(maskBody('', [])).toBe('')
})

it.each(['privateKey', 'private_key', 'apiKey', 'api-key', 'Authorization', 'password', 'X-DC-DEVKEY'])(
  'hides the member %s at any depth',
  (name) => {
    expect(JSON.parse(maskBody(JSON.stringify({ a: [{ [name]: 'canary' }] }), []))).toEqual({
      a: [{ [name]: '(hidden)' }],
    })
  },
)

it('hides a secret member that is no string', () => {
  expect(maskBody('{"privateKey":{"d":"canary"}}', [])).not.toContain('canary')
})

it('hides secrets wherever they are, in JSON and in text', () => {
  expect(maskBody('{"message":"the key canary\\" is wrong"}', ['canary"'])).toContain('the key (hidden) is wrong')
  expect(maskBody('the key canary is wrong', ['canary'])).toBe('the key (hidden) is wrong')
})

it('hides private keys in PEM, also one that was cut off', () => {
  expect(maskBody(`before ${pem} after`, [])).toBe('before (hidden) after')
  expect(maskBody(JSON.stringify({ file: pem }), [])).toContain('"file": "(hidden)"')
  expect(maskBody(pem.slice(0, 40), [])).toBe('(hidden)')
})

it('shows certificates', () => {
  const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'
  expect(maskBody(certificate, [])).toBe(certificate)
})
