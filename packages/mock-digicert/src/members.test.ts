import { describe, expect, test } from 'vitest'
import { errorsOf, sampleBody, setup } from './test-world.ts'

const missing = (path: string): string => `required_param:${path} ~ ${path} is a required parameter.`
const invalid = (path: string): string => `invalid_param:${path} ~ ${path} is an invalid parameter.`
const badFormat = 'bad_request_format ~ The request body could not be parsed.'

describe('a body that is no JSON object', () => {
  test.each(['', ' ', 'null', '[]', '"text"', '1', '{', '{"certificate":}', '<xml/>'])('%j', async (body) => {
    const { call, diagnosis } = setup()
    const answer = await call('POST', '/order/certificate/112233/duplicate', body)
    expect(answer.status).toBe(400)
    expect(errorsOf(answer)).toEqual([badFormat])
    expect(diagnosis()).toBe('body-unparsable')
  })
})

describe('members that are missing or cannot be read', () => {
  test.each([
    ['no certificate', {}, [missing('certificate')]],
    ['certificate null', { certificate: null }, [missing('certificate')]],
    ['certificate a list', { certificate: [] }, [invalid('certificate')]],
    ['certificate a text', { certificate: 'x' }, [invalid('certificate')]],
    [
      'an empty certificate',
      { certificate: {} },
      [missing('certificate.common_name'), missing('certificate.csr'), missing('certificate.signature_hash')],
    ],
    [
      'csr null, hash empty',
      sampleBody({ csr: null, signature_hash: '' }),
      [missing('certificate.csr'), missing('certificate.signature_hash')],
    ],
    ['csr an object', sampleBody({ csr: {} }), [invalid('certificate.csr')]],
    [
      'a mixture, in the order of the table',
      { ...sampleBody({ common_name: [], dns_names: 'a', csr: undefined, server_platform: {} }), skip_approval: 'x' },
      [
        invalid('certificate.common_name'),
        invalid('certificate.dns_names'),
        missing('certificate.csr'),
        missing('certificate.server_platform.id'),
        invalid('skip_approval'),
      ],
    ],
    ['a platform that is a number', sampleBody({ server_platform: 45 }), [invalid('certificate.server_platform')]],
    ['a platform without id', sampleBody({ server_platform: {} }), [missing('certificate.server_platform.id')]],
    [
      'a platform with id null',
      sampleBody({ server_platform: { id: null } }),
      [missing('certificate.server_platform.id')],
    ],
    [
      'a platform with a word',
      sampleBody({ server_platform: { id: 'x' } }),
      [invalid('certificate.server_platform.id')],
    ],
    [
      'a platform with a fraction',
      sampleBody({ server_platform: { id: 1.5 } }),
      [invalid('certificate.server_platform.id')],
    ],
    [
      'a name that is an object',
      sampleBody({ dns_names: ['sub.example.com', {}] }),
      [invalid('certificate.dns_names.1')],
    ],
    [
      'too many names',
      sampleBody({ dns_names: Array.from({ length: 251 }, () => 'sub.example.com') }),
      [invalid('certificate.dns_names')],
    ],
    [
      'far too many names of no kind',
      sampleBody({ dns_names: Array.from({ length: 1000 }, () => 'x y') }),
      [invalid('certificate.dns_names')],
    ],
    ...[true, '0x2d', '1e2', '45.0', ' 45', 1e300, '9'.repeat(17)].map((id): [string, object, string[]] => [
      `a platform with id ${JSON.stringify(id)}`,
      sampleBody({ server_platform: { id } }),
      [invalid('certificate.server_platform.id')],
    ]),
    ...[2, 'yes', 'TRUE', []].map((flag): [string, object, string[]] => [
      `skip_approval ${JSON.stringify(flag)}`,
      { ...sampleBody(), skip_approval: flag },
      [invalid('skip_approval')],
    ]),
    ['comments that are a list', { ...sampleBody(), comments: [] }, [invalid('comments')]],
  ])('%s', async (_, body, expected) => {
    const { call, diagnosis } = setup()
    const answer = await call('POST', '/order/certificate/112233/duplicate', body)
    expect(answer.status).toBe(400)
    expect(errorsOf(answer)).toEqual(expected)
    expect(diagnosis()).toBe(expected[0]!.startsWith('required') ? 'param-missing' : 'param-invalid')
  })

  test('a code signing order needs a platform', async () => {
    const { duplicate } = setup()
    const changes = { common_name: 'Example Org LLC', server_platform: undefined, signature_hash: undefined }
    const answer = await duplicate(changes, 100012)
    expect(errorsOf(answer)).toEqual([missing('certificate.server_platform'), missing('certificate.signature_hash')])
  })
})

describe('values are read kindly', () => {
  test.each([
    ['digits for an integer', { server_platform: { id: '45' } }],
    ['platform -1', { server_platform: { id: -1 } }],
    ['a platform that nobody knows', { server_platform: { id: 999 } }],
    ['no platform', { server_platform: undefined }],
    ['platform null', { server_platform: null }],
    ['names null', { dns_names: null }],
    ['names empty', { dns_names: '' }],
    ['capitals, blanks and a dot', { common_name: ' EXAMPLE.com. ', dns_names: ['Sub.Example.COM'] }],
    ['a hash in capitals with an underscore', { signature_hash: 'SHA_256' }],
    ['later members of any kind', { cert_validity: 'never', ca_cert_id: { no: 1 } }],
    ['unknown members', { organization_units: ['x'], __proto__: null, constructor: 1, toString: 'x' }],
  ])('%s', async (_, changes) => {
    const { duplicate } = setup()
    expect(await duplicate(changes)).toMatchObject({ status: 201, text: '{"id":112233,"requests":[{"id":332211}]}' })
  })

  test.each([true, 'true', 1, '1'])('skip_approval %j is true', async (value) => {
    const { duplicate } = setup()
    expect((await duplicate({}, 112233, { top: { skip_approval: value } })).text).toContain('certificate_chain')
  })

  test.each([false, 'false', 0, '0', null, ''])('skip_approval %j is false', async (value) => {
    const { duplicate } = setup()
    expect((await duplicate({}, 112233, { top: { skip_approval: value } })).text).not.toContain('certificate_chain')
  })

  test('a whole order body is taken, another order id in it ignored', async () => {
    const { duplicate } = setup()
    const top = { order_id: 100001, organization: { id: 1 }, payment_method: 'balance', locale: 7, comments: 'x' }
    expect((await duplicate({}, 112233, { top })).text).toBe('{"id":112233,"requests":[{"id":332211}]}')
  })

  test('an international name is read as its A-label', async () => {
    const { duplicate } = setup()
    const answer = await duplicate({ dns_names: ['bücher.example'] })
    expect(errorsOf(answer)).toEqual([
      'dns_name_not_on_order|xn--bcher-kva.example ~ The domain xn--bcher-kva.example is not on the original order.',
    ])
  })
})
