import { describe, expect, test } from 'vitest'
import { createManualClock, createRandom } from '@certtwin/mock-kit'
import { requireIssued } from './domain/orders.ts'
import { Refusal } from './errors.ts'
import { profiles } from './profiles.ts'
import { createSeededState } from './seed-state.ts'
import { mustGet } from './state.ts'
import { csrOf, errorsOf, setup, start } from './test-world.ts'

const notParsed = 'csr_invalid_cannot_parse ~ The CSR could not be parsed.'
const noHash = 'invalid_signature_hash ~ The specified signature hash is not allowed.'
const noPlatform = 'invalid_server_platform ~ The specified server platform was not found.'
const notOnOrder = (name: string): string =>
  `dns_name_not_on_order|${name} ~ The domain ${name} is not on the original order.`

/** The last character of the signature's base64 decides over bits that are signed for. */
function withBrokenSignature(pem: string): string {
  const lines = pem.trimEnd().split('\n')
  const last = lines.at(-2)!
  const broken = `${last[0] === 'A' ? 'B' : 'A'}${last.slice(1)}`
  return [...lines.slice(0, -2), broken, lines.at(-1), ''].join('\n')
}

describe('the state of the order', () => {
  test.each([
    [100005, 'order_not_issued ~ The order has not been issued.', 'order-not-issued'],
    [100010, 'order_not_issued ~ The order has not been issued.', 'order-not-issued'],
    [100013, 'order_not_issued ~ The order has not been issued.', 'order-not-issued'],
    [100014, 'order_not_issued ~ The order has not been issued.', 'order-not-issued'],
    [123456, 'order_not_issued ~ The order has not been issued.', 'order-not-issued'],
    [100006, 'order_is_revoked ~ The order is revoked.', 'order-revoked'],
    [100007, 'order_is_expired ~ The order is expired.', 'order-expired'],
    [100008, 'duplicates_not_allowed ~ Duplicates are not allowed for this product.', 'duplicates-not-allowed'],
  ])('order %i: %s', async (order, expected, reason) => {
    const { duplicate, diagnosis } = setup()
    // The values are wrong, too, but the state is looked at first.
    const answer = await duplicate({ csr: 'x', common_name: 'foreign.example' }, order)
    expect(answer.status).toBe(400)
    expect(errorsOf(answer)).toEqual([expected])
    expect(diagnosis()).toBe(reason)
  })

  test('a primary certificate that alone is revoked forbids a duplicate', () => {
    const clock = createManualClock(start)
    const state = createSeededState({ nowMs: clock.now(), random: createRandom('tests'), profile: profiles['2019'] })
    const order = mustGet(state.orders, 112233)
    const primary = mustGet(state.certificates, order.primaryId)
    state.certificates.set(primary.id, { ...primary, status: 'revoked' })
    expect(() => requireIssued({ clock, state }, order)).toThrow(new Refusal([{ reason: 'certificate-revoked' }]))
  })

  test('an order expires on the day after its last', async () => {
    const { duplicate, clock } = setup()
    clock.set(Date.parse('2020-04-01T23:59:59Z'))
    expect((await duplicate()).status).toBe(201)
    clock.advance(1000)
    expect(errorsOf(await duplicate())).toEqual(['order_is_expired ~ The order is expired.'])
  })
})

describe('values', () => {
  const pem = csrOf('P-256')
  const notValid = (name: string): string => `invalid_dns_name|${name} ~ ${name} is not a valid domain name.`
  const long = `${'a'.repeat(60)}.example.com`
  test.each([
    [
      'a foreign common name',
      112233,
      { common_name: 'evil.com' },
      ['common_name_not_on_order|evil.com ~ The common name evil.com is not on the original order.'],
    ],
    [
      'a moved common name',
      1234567,
      { common_name: 'digicert.com', dns_names: [] },
      ['common_name_change_not_allowed ~ The common name cannot be changed for this product.'],
    ],
    [
      'foreign names',
      112233,
      { dns_names: ['A.evil.com', 'example.com', 'b.evil.com'] },
      [notOnOrder('a.evil.com'), notOnOrder('b.evil.com')],
    ],
    [
      'a foreign name on a wildcard order',
      100003,
      { common_name: '*.wild.example.net', dns_names: ['wild.example.com'] },
      [
        'dns_name_not_subdomain|wild.example.com ~ The domain wild.example.com is not a subdomain of the wildcard on the order.',
      ],
    ],
    ['a common name of 65 characters and more', 112233, { common_name: long }, [notValid(long)]],
    [
      'names that are none',
      112233,
      { common_name: 'a b', dns_names: ['localhost', '-a.example.com', 'a..b', 'x.*.example.com', '10.0.0.1'] },
      ['a b', 'localhost', '-a.example.com', 'a..b', 'x.*.example.com', '10.0.0.1'].map(notValid),
    ],
    [
      'another organization for code signing',
      100012,
      { common_name: 'Other LLC', dns_names: [], csr: csrOf('rsa-3072') },
      ['common_name_not_on_order|Other LLC ~ The common name Other LLC is not on the original order.'],
    ],
    ['a text that is no CSR', 112233, { csr: 'garbage' }, [notParsed]],
    ['the placeholder with a blank', 112233, { csr: ' <csr>' }, [notParsed]],
    [
      'a CSR that was changed',
      112233,
      { csr: withBrokenSignature(pem) },
      ['csr_invalid_signature ~ The CSR signature could not be verified.'],
    ],
    [
      'an RSA key of 1024 bits',
      112233,
      { csr: csrOf('rsa-1024') },
      ['csr_invalid_key_size ~ The CSR key size is not allowed.'],
    ],
    [
      'an RSA key of 2048 bits for code signing',
      100012,
      { common_name: 'Example Org LLC', dns_names: [] },
      ['csr_invalid_key_size ~ The CSR key size is not allowed.'],
    ],
    ['a key on P-521', 112233, { csr: csrOf('P-521') }, ['csr_invalid_key_type ~ The CSR key type is not allowed.']],
    [
      'a key on secp256k1',
      112233,
      { csr: csrOf('secp256k1') },
      ['csr_invalid_key_type ~ The CSR key type is not allowed.'],
    ],
    ['hash md5', 112233, { signature_hash: 'md5' }, [noHash]],
    ['hash sha1', 112233, { signature_hash: 'sha1' }, [noHash]],
    [
      'hash sha384 for code signing',
      100012,
      { common_name: 'Example Org LLC', dns_names: [], csr: csrOf('rsa-3072'), signature_hash: 'sha384' },
      [noHash],
    ],
    ['platform 0', 112233, { server_platform: { id: 0 } }, [noPlatform]],
    ['platform -2', 112233, { server_platform: { id: -2 } }, [noPlatform]],
    [
      'two foreign names and a bad CSR',
      112233,
      { dns_names: ['x.evil.com', 'y.evil.com'], csr: 'x' },
      [notOnOrder('x.evil.com'), notOnOrder('y.evil.com'), notParsed],
    ],
    [
      'everything at once, in the order of the table',
      112233,
      { common_name: 'evil.com', dns_names: ['x.evil.com'], csr: 'x', server_platform: { id: 0 }, signature_hash: 'x' },
      [
        'common_name_not_on_order|evil.com ~ The common name evil.com is not on the original order.',
        notOnOrder('x.evil.com'),
        notParsed,
        noPlatform,
        noHash,
      ],
    ],
  ])('%s', async (_, order, changes, expected) => {
    const { duplicate } = setup()
    const answer = await duplicate(changes, order)
    expect(answer.status).toBe(400)
    expect(errorsOf(answer)).toEqual(expected)
  })
})

test('a refused request leaves no trace', async () => {
  const [disturbed, quiet] = [setup({ rateLimits: false }), setup({ rateLimits: false })]
  await disturbed.duplicate({ csr: 'x' })
  await disturbed.duplicate({}, 1)
  await disturbed.duplicate({}, 100006)
  await disturbed.duplicate({ signature_hash: undefined })
  await disturbed.duplicate({}, 112233, { apiKey: 'MOCKKEYVIEWONLY' })
  await disturbed.call('PUT', '/request/199/status', { status: 'maybe' })
  await disturbed.call('PUT', '/request/201/status', { status: 'rejected' })
  await disturbed.call('PUT', '/request/199/status', { status: 'approved' }, { apiKey: 'MOCKKEYSTANDARD' })
  const calls = async ({ duplicate, call }: typeof quiet): Promise<string[]> => [
    (await duplicate()).text,
    (await duplicate({ common_name: 'www.digicert.com', dns_names: [] }, 1234567)).text,
    (await call('GET', '/order/certificate/112233/duplicate')).text,
    (await call('GET', '/order/certificate/100004/duplicate')).text,
  ]
  expect(await calls(disturbed)).toEqual(await calls(quiet))
})
