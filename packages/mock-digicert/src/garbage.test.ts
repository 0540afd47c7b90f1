import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Answer, sampleBody, setup } from './test-world.ts'

const paths = ['/order/certificate/112233/duplicate', '/order/certificate/100012/duplicate', '/request/199/status']
const world = () => setup({ rateLimits: false, profile: '2024' })

/** What is wrong with an answer that should be a success, or a refusal in the vendor's envelope. */
function faultOf({ status, json, text }: Answer): string | undefined {
  if (status >= 500) return `status ${status}`
  if (/\bat .*\.[jt]s:\d+|node:internal|TypeError/.test(text)) return 'a stack trace'
  if (status < 400) return undefined
  const errors = (json as { errors?: { code?: unknown; message?: unknown }[] } | undefined)?.errors ?? []
  const isEnvelope = errors.length > 0 && errors.every(({ code, message }) => typeof code === typeof message)
  return isEnvelope && typeof errors[0]?.code === 'string' ? undefined : `no envelope: ${text}`
}

test('no text in place of a body makes a fault', async () => {
  const { call } = world()
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.string({ unit: 'binary' }), async (path, body) => {
      expect(faultOf(await call(path.startsWith('/r') ? 'PUT' : 'POST', path, body))).toBeUndefined()
    }),
    { numRuns: 300 },
  )
})

test('no JSON in place of a body makes a fault', async () => {
  const { call } = world()
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.json(), async (path, body) => {
      expect(faultOf(await call(path.startsWith('/r') ? 'PUT' : 'POST', path, body))).toBeUndefined()
    }),
    { numRuns: 300 },
  )
})

test('no value in place of a member makes a fault', async () => {
  const members = [
    'common_name',
    'dns_names',
    'csr',
    'server_platform',
    'signature_hash',
    'cert_validity',
    'ca_cert_id',
  ]
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(1e308, -1e308, 2 ** 53, '1e400', '__proto__', '$&', '<>', '\uD800', 'a.\uD800'),
    fc.record({ id: fc.jsonValue(), years: fc.jsonValue(), days: fc.integer(), custom_expiration_date: fc.string() }),
  )
  const { duplicate } = world()
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...members),
      value,
      fc.constantFrom(112233, 100002, 100012),
      async (name, each, order) => {
        expect(faultOf(await duplicate({ [name]: each }, order))).toBeUndefined()
      },
    ),
    { numRuns: 500 },
  )
})

test('no path or method makes a fault', async () => {
  const { mock } = world()
  const part = fc.oneof(
    fc.constantFrom(
      'order',
      'certificate',
      'duplicate',
      'request',
      'status',
      'download',
      'format',
      '112233',
      '..',
      '%',
      '%00',
      '%ff',
      '%2e%2e',
      '',
    ),
    fc.string(),
  )
  const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS')
  await fc.assert(
    fc.asyncProperty(method, fc.array(part, { maxLength: 6 }), async (verb, parts) => {
      const url = `https://www.digicert.com/services/v2/${parts.join('/').replaceAll(/[?#]/g, '')}`
      const response = await mock.fetch(new Request(url, { method: verb, headers: { 'X-DC-DEVKEY': 'MOCKKEYADMIN' } }))
      expect(response.status).toBeLessThan(500)
    }),
    { numRuns: 500 },
  )
})

test('a body that is nested deeper than the stack is refused like any other', async () => {
  const { call } = world()
  for (const [open, close] of [
    ['{"certificate":', '}'],
    ['[', ']'],
    ['{"certificate":{"server_platform":{"id":', '}}}'],
  ] as const) {
    const body = `${open.repeat(20_000)}1${close.repeat(20_000)}`
    expect(faultOf(await call('POST', paths[0]!, body))).toBeUndefined()
  }
})

test('a CSR of a megabyte is refused in good time', async () => {
  const { duplicate } = world()
  const csrs = ['A', '-----BEGIN ', '-----BEGIN CERTIFICATE REQUEST-----', 'MIICdzCCAV8CAQAw', '\u0000']
  for (const csr of csrs) {
    const answer = await duplicate({ csr: csr.repeat(150_000 / csr.length) })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('csr_invalid_cannot_parse')
  }
})

test('names that look like patterns come back as they are', async () => {
  const { call } = world()
  const answer = await call('POST', paths[0]!, sampleBody({ dns_names: ['$&', '<>'] }))
  expect(answer.json).toEqual({
    errors: ['$&', '<>'].map((name) => ({
      code: `invalid_dns_name|${name}`,
      message: `${name} is not a valid domain name.`,
    })),
  })
})
