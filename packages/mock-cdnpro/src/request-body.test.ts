import { describe, expect, test } from 'vitest'
import { basic, origin, setup } from './test-client.ts'

const json = { 'content-type': 'application/json' }

describe('the media type of a body', () => {
  const body = '{"name":""}'
  const path = '/cdn/certificates'

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])('%s is read', async (type) => {
    const { call } = setup()
    const answer = await call(path, { method: 'POST', body, headers: { 'content-type': type } })
    expect(answer).toMatchObject({ status: 400, diagnosis: 'invalid-name' })
  })

  test.each(['application/x-www-form-urlencoded', 'text/plain;charset=UTF-8'])(
    '%s is read when the body is JSON, and the journal tells',
    async (type) => {
      const { call } = setup()
      const patch = { method: 'PATCH', body: '{}', headers: { 'content-type': type } }
      const answer = await call('/cdn/certificates/642c1dc50000000000000a02', patch)
      expect(answer).toMatchObject({ status: 201, diagnosis: `content-type-tolerated: ${type.split(';')[0]}` })
    },
  )

  test.each([
    ['application/xml', body],
    ['multipart/form-data', body],
    ['text/plain', 'name=x'],
  ])('%s with %s is refused', async (type, text) => {
    const { call } = setup()
    const answer = await call(path, { method: 'POST', body: text, headers: { 'content-type': type } })
    expect(answer).toMatchObject({
      status: 415,
      text: '{"code":"UnsupportedMediaType","message":"Content-Type must be application/json."}',
      diagnosis: 'content-type-not-json',
    })
  })

  test('missing is read as JSON', async () => {
    const { mock, date, call } = setup()
    const { headers } = new Request(origin, { headers: { date: date() } })
    headers.set('authorization', basic('example_username', 'aOZa78kE6+BqorzvsLeRBadcDYU='))
    const request = new Request(`${origin}${path}`, { method: 'POST', headers, body: Buffer.from(body) })
    expect(request.headers.has('content-type')).toBe(false)
    const response = await mock.fetch(request)
    expect(response.status).toBe(400)
    expect(mock.requests.at(-1)?.diagnosis).toBe('invalid-name')
    expect((await call(path, { method: 'POST' })).diagnosis).toBe('body-not-json-object')
  })
})

describe('a body', () => {
  test.each(['', '{', 'null', '[]', '"text"', '5', '{"name":}', '\u0000'])('%j is no object of JSON', async (body) => {
    const { call } = setup()
    for (const path of ['/cdn/certificates', '/cdn/deploymentTasks']) {
      const answer = await call(path, { method: 'POST', body, headers: json })
      expect(answer).toMatchObject({
        status: 400,
        text: '{"code":"InvalidInput","message":"We could not fulfill your request. Please check your input."}',
        diagnosis: 'body-not-json-object',
      })
    }
  })

  test.each([
    [{ name: 5 }, 'name'],
    [{ name: 'x', description: ['y'] }, 'description'],
    [{ name: 'x', autoRenew: true }, 'autoRenew'],
    [{ name: 'x', forceRenew: 'true' }, 'forceRenew'],
    [{ name: 'x', newVersion: 'v' }, 'newVersion'],
    [{ name: 'x', newVersion: [] }, 'newVersion'],
    [{ name: 'x', newVersion: { certificate: 1 } }, 'certificate'],
    [{ name: 'x', newVersion: { privateKey: {} } }, 'privateKey'],
    [{ name: 'x', newVersion: { identificationInfo: { country: 1 } } }, 'country'],
    [{ name: 'x', newVersion: { identificationInfo: { subjectAlternativeNames: 'a' } } }, 'subjectAlternativeNames'],
    [
      { name: 'x', newVersion: { identificationInfo: { subjectAlternativeNames: ['a', 1] } } },
      'subjectAlternativeNames',
    ],
  ])('with a member of a wrong type, %j, is refused by the name of %s', async (body, field) => {
    const { call } = setup()
    const answer = await call('/cdn/certificates', { method: 'POST', body })
    expect(answer).toMatchObject({
      status: 400,
      text: `{"code":"InvalidInput","message":"Invalid field '${field}'."}`,
      diagnosis: `wrong-type: ${field}`,
    })
  })

  test.each([
    [{ target: 1 }, 'target'],
    [{ target: 'staging', actions: {} }, 'actions'],
    [{ target: 'staging', actions: ['deploy_cert'] }, 'actions'],
    [{ target: 'staging', actions: [null] }, 'actions'],
    [{ target: 'staging', actions: [{ action: 'deploy_cert', version: 1.5 }] }, 'version'],
    [{ target: 'staging', actions: [{ action: 'deploy_cert', version: true }] }, 'version'],
  ])('of a task with a member of a wrong type, %j, is refused by the name of %s', async (body, field) => {
    const { call } = setup()
    const answer = await call('/cdn/deploymentTasks', { method: 'POST', body })
    expect(answer).toMatchObject({ status: 400, json: { code: 'InvalidInput', message: `Invalid field '${field}'.` } })
  })

  test('with unknown members is taken, and the journal names them', async () => {
    const { call } = setup()
    const body = { caOnly: true, sharingMethod: 'all', description: 'd', newVersion: null }
    const answer = await call('/cdn/certificates/642c1dc50000000000000a02', { method: 'PATCH', body })
    expect(answer).toMatchObject({ status: 201, diagnosis: 'unknown-members: caOnly, sharingMethod' })
  })

  test('with many or long unknown members leaves a short line in the journal', async () => {
    const { call } = setup()
    const body = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`${index}`.padStart(200, 'k'), 1]))
    const { diagnosis } = await call('/cdn/certificates/642c1dc50000000000000a02', { method: 'PATCH', body })
    expect(diagnosis).toMatch(/^unknown-members: (k{100}, ){10}…$/)
  })

  test('that is refused keeps what was noted before, which may explain it', async () => {
    const { call } = setup()
    const body = { name: '', privatekey: 'x' }
    const answer = await call('/cdn/certificates', { method: 'POST', body })
    expect(answer).toMatchObject({ status: 400, diagnosis: 'invalid-name; unknown-members: privatekey' })
  })

  test('with null members is taken as if they were absent', async () => {
    const { call } = setup()
    const body = { name: null, description: null, autoRenew: null, forceRenew: null, newVersion: null }
    const answer = await call('/cdn/certificates/642c1dc50000000000000a02', { method: 'PATCH', body })
    expect(answer).toMatchObject({ status: 201, diagnosis: undefined })
    expect(answer.headers.has('location')).toBe(false)
  })

  test('may be nested as deep as its size allows', async () => {
    const { call } = setup()
    const deep = `{"x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
    expect(
      (await call('/cdn/certificates/642c1dc50000000000000a02', { method: 'PATCH', body: deep })).status,
    ).toBeLessThan(500)
  })
})
