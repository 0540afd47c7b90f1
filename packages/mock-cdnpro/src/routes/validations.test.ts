import { describe, expect, test } from 'vitest'
import { type Answer, setup, type TestClient } from '../test-client.ts'

const site = '642c1dc50000000000000b01'
const path = '/cdn/validations'
const begin = ({ call }: TestClient, body: unknown): Promise<Answer> => call(path, { method: 'POST', body })

async function begun(client: TestClient, version: unknown = 2): Promise<string> {
  const { headers, text } = await begin(client, { propertyId: site, version })
  const location = headers.get('location')
  if (location === null) throw new Error(`Nothing was begun: ${text}`)
  return new URL(location).pathname
}

test('a validation is there in the seed data', async () => {
  const { call } = setup()
  const id = '3f0c1d2e-5a6b-4c7d-8e9f-0a1b2c3d4f01'
  expect((await call(`${path}/${id}`)).text).toBe(
    `{"id":"${id}","propertyId":"${site}","version":2,"status":"succeeded","statusDetails":"Validation has successfully finished"}`,
  )
})

test('a new one answers 201 with its address and nothing else', async () => {
  const client = setup()
  const answer = await begin(client, { propertyId: site, version: 2 })
  expect(answer).toMatchObject({ status: 201, text: '', diagnosis: undefined })
  expect(answer.headers.get('location')).toMatch(
    /^https:\/\/open\.chinanetcenter\.com\/cdn\/validations\/[0-9a-f-]{36}$/,
  )
})

describe('the life of a validation', () => {
  test.each(['2023', 'current'] as const)(
    'takes 5 s of waiting and 15 s of work in generation %s',
    async (generation) => {
      const client = setup({ generation })
      const address = await begun(client, '2')
      const seen: unknown[] = []
      for (const ms of [0, 4999, 1, 14_999, 1, 60_000]) {
        client.clock.advance(ms)
        const { json } = await client.call(address)
        seen.push((json as { status: string }).status)
        expect(json).toMatchObject({ id: address.split('/').at(-1), propertyId: site, version: 2 })
      }
      expect(seen).toEqual(['waiting', 'waiting', 'in progress', 'in progress', 'succeeded', 'succeeded'])
    },
  )

  test('has details at its end alone', async () => {
    const client = setup()
    const address = await begun(client)
    client.clock.advance(19_999)
    expect((await client.call(address)).json).not.toHaveProperty('statusDetails')
    client.clock.advance(1)
    expect((await client.call(address)).json).toMatchObject({ statusDetails: 'Validation has successfully finished' })
  })

  test('goes by reads where tasks do', async () => {
    const client = setup({ lifecycle: { reads: 2 } })
    const address = await begun(client)
    const seen: unknown[] = []
    for (let read = 0; read < 4; read++) seen.push(((await client.call(address)).json as { status: string }).status)
    expect(seen).toEqual(['waiting', 'in progress', 'succeeded', 'succeeded'])
  })

  test.each([
    ['000000000000000000000000', '000000000000000000000000'],
    ['642c1dc50000000000000c01', '642c1dc50000000000000c01'],
    [7, '7'],
  ])('ends in failure when the version names certificate %j, which the customer does not have', async (id, told) => {
    const client = setup()
    await client.call(`/cdn/properties/${site}/versions`, { method: 'POST', body: { tlsCertificateId: id } })
    const address = await begun(client, 3)
    client.clock.advance(20_000)
    expect((await client.call(address)).json).toMatchObject({
      status: 'failed',
      statusDetails: `Validation failed: there is no certificate ${told}`,
    })
  })

  test.each([{}, { tlsCertificateId: null }, { tlsCertificateId: '' }])(
    'succeeds without a certificate: %j',
    async (body) => {
      const client = setup()
      await client.call(`/cdn/properties/${site}/versions`, { method: 'POST', body })
      const address = await begun(client, 3)
      client.clock.advance(20_000)
      expect((await client.call(address)).json).toMatchObject({ status: 'succeeded' })
    },
  )
})

describe('a refusal', () => {
  const noVersion = (version: string): string => `The specified version ${version} or property ${site} does not exist.`

  test.each([
    ['2023', { propertyId: 'x', version: 1 }, 'InvalidPropertyId', 'An invalid property ID was specified.'],
    ['current', { propertyId: 'x', version: 1 }, 'InvalidPropertyId', "An invalid property ID was specified: 'x'."],
    ['2023', { version: 1 }, 'InvalidInput', "Invalid field 'propertyId'."],
    ['2023', { propertyId: 7, version: 1 }, 'InvalidInput', "Invalid field 'propertyId'."],
    ['2023', { propertyId: site, version: true }, 'InvalidInput', "Invalid field 'version'."],
    ['2023', { propertyId: site, version: 3 }, 'InvalidPropertyVersion', noVersion('3')],
    ['2023', { propertyId: site, version: 'x' }, 'InvalidPropertyVersion', noVersion('x')],
    ['2023', { propertyId: site }, 'InvalidPropertyVersion', noVersion('null')],
  ] as const)('in generation %s of %j is %s: %s', async (generation, body, code, message) => {
    const client = setup({ generation })
    const before = client.mock.snapshot()
    expect(await begin(client, body)).toMatchObject({ status: 400, text: JSON.stringify({ code, message }) })
    expect(client.mock.snapshot()).toEqual(before)
  })

  test('meets whoever asks for a validation of another customer, or one that there is not', async () => {
    const client = setup()
    const address = await begun(client)
    const refused = {
      status: 404,
      text: '{"code":"InvalidValidationId","message":"The specified validation ID does not exist."}',
      diagnosis: 'unknown-validation',
    }
    expect(await client.call(address, { username: 'other_username', apiKey: 'other_apiKey' })).toMatchObject(refused)
    expect(await client.call(`${path}/x`)).toMatchObject(refused)
  })
})
