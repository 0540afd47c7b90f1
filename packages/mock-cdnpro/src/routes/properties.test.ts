import { describe, expect, test } from 'vitest'
import { type Answer, setup, type TestClient } from '../test-client.ts'

const site = '642c1dc50000000000000b01'
const lab = '642c1dc50000000000000a04'
const path = `/cdn/properties/${site}/versions`
const add = ({ call }: TestClient, body: unknown, at = path): Promise<Answer> => call(at, { method: 'POST', body })

describe('a version of a property', () => {
  test('shows its configuration', async () => {
    const { call } = setup()
    expect(await call(`${path}/2`)).toMatchObject({
      status: 200,
      text: `{"propertyId":"${site}","version":2,"configs":{"hostnames":["shop.example.com"],"tlsCertificateId":"642c1dc50000000000000a02"}}`,
    })
  })

  test.each(['0', '-1', '01', '1.0', 'latest', '99999999999'])('%s has not the form of a number', async (version) => {
    for (const generation of ['2023', 'current'] as const) {
      const { call } = setup({ generation })
      expect(await call(`/cdn/properties/x/versions/${version}`)).toMatchObject({
        status: 400,
        text: '{"code":"InvalidVersion","message":"The version number must be a positive integer."}',
      })
    }
  })

  test('that there is not is a 404', async () => {
    const { call } = setup()
    expect(await call(`${path}/3`)).toMatchObject({
      status: 404,
      text: `{"code":"InvalidPropertyVersion","message":"The specified version 3 of property ${site} does not exist."}`,
      diagnosis: 'unknown-property-version',
    })
  })

  test.each([
    ['nobody has', 'x', {}],
    ['another customer has', site, { username: 'other_username', apiKey: 'other_apiKey' }],
  ])('of a property that %s is a 404', async (_, id, user) => {
    const { call } = setup()
    const refused = {
      status: 404,
      text: '{"code":"InvalidPropertyId","message":"The specified property ID does not exist."}',
      diagnosis: 'unknown-property',
    }
    expect(await call(`/cdn/properties/${id}/versions/1`, user)).toMatchObject(refused)
    expect(await call(`/cdn/properties/${id}/versions`, { method: 'POST', body: {}, ...user })).toMatchObject(refused)
  })
})

describe('a new version', () => {
  test('answers 201 with its address and nothing else', async () => {
    const client = setup()
    const answer = await add(client, { tlsCertificateId: lab })
    expect(answer).toMatchObject({ status: 201, text: '', diagnosis: undefined })
    expect(answer.headers.get('location')).toBe(`https://open.chinanetcenter.com${path}/3`)
    expect((await add(client, {})).headers.get('location')).toMatch(/\/versions\/4$/)
  })

  test.each([
    ['as it is', { tlsCertificateId: lab, origins: [{ name: 'o', nothing: null }], strange: 1 }, undefined],
    ['in a member', { tlsCertificateId: lab, nothing: null }, { comments: 'beside it' }],
  ])('is stored %s, null and unknown members too', async (_, configs, wrapping) => {
    const client = setup({ strict: true })
    await add(client, wrapping === undefined ? configs : { configs, ...wrapping })
    expect((await client.call(`${path}/3`)).json).toEqual({ propertyId: site, version: 3, configs })
  })

  test('has the host names of the latest version unless it lists its own', async () => {
    const client = setup()
    const hosts = async (): Promise<unknown> => {
      const { versions } = client.mock.snapshot().tables['properties']!.find(([id]) => id === site)![1] as {
        versions: { hostnames: string[] }[]
      }
      return versions.at(-1)!.hostnames
    }
    await add(client, { tlsCertificateId: lab })
    expect(await hosts()).toEqual(['shop.example.com'])
    await add(client, { hostnames: ['a.example.com', 'b.example.com'] })
    await add(client, { hostnames: 'no list' })
    await add(client, { hostnames: [1] })
    expect(await hosts()).toEqual(['a.example.com', 'b.example.com'])
  })

  test('is a draft: nothing that is deployed changes', async () => {
    const client = setup()
    const before = (await client.call('/cdn/hostnames/shop.example.com')).text
    await add(client, { tlsCertificateId: lab, hostnames: ['shop.example.com'] })
    expect((await client.call('/cdn/hostnames/shop.example.com')).text).toBe(before)
  })

  test.each([
    [31, 201],
    [32, 400],
    [200_000, 400],
  ])('may have %d lists in one another within: %d', async (depth, status) => {
    const client = setup()
    const answer = await add(client, `{"configs":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`)
    expect(answer).toMatchObject({ status, diagnosis: status === 400 ? 'configs-too-deep' : undefined })
    expect((await client.call(`${path}/3`)).status).toBe(status === 400 ? 404 : 200)
    const state = JSON.stringify(client.mock.snapshot())
    const headers = { 'content-type': 'application/json' }
    expect((await client.call('/__mock/state', { method: 'PUT', body: state, headers })).status).toBe(204)
  })

  test.each(['[]', '{', '"x"', ''])('that is %j is refused', async (body) => {
    const client = setup()
    expect(await add(client, body)).toMatchObject({ status: 400, json: { code: 'InvalidInput' } })
    expect((await client.call(`${path}/3`)).status).toBe(404)
  })
})
