import { expect, test } from 'vitest'
import { errorsOf, sampleBody, setup, type TestWorld } from './test-world.ts'

async function listed({ call }: TestWorld, path: string): Promise<unknown[]> {
  const { json } = await call('GET', `/order/certificate/${path}`)
  const { certificates = [] } = json as { certificates?: { id: number; archived: unknown }[] }
  return certificates.map(({ id, archived }) => [id, archived])
}

test('an archived duplicate is listed only for who asks for it, with a text', async () => {
  const world = setup()
  const answer = await world.call('PUT', '/certificate/100203/archive')
  expect([answer.status, answer.text]).toEqual([204, ''])
  expect(await listed(world, '100003/duplicate')).toEqual([[100303, '0']])
  expect(await listed(world, '100003/duplicate?show_archived=true')).toEqual([
    [100303, '0'],
    [100203, '1'],
  ])
})

test('an archived reissue is listed only for who asks for it, with a number', async () => {
  const world = setup()
  const body = sampleBody({ common_name: 'single.example.net', dns_names: [] })
  for (let count = 0; count < 2; count++) await world.call('POST', '/order/certificate/100001/reissue', body)
  await world.call('PUT', '/certificate/987654322/archive')
  expect(await listed(world, '100001/reissue?show_archived=0')).toEqual([[987654323, 0]])
  expect(await listed(world, '100001/reissue?show_archived=1')).toEqual([
    [987654323, 0],
    [987654322, 1],
  ])
})

test('a list of which all is archived has no entries', async () => {
  const world = setup()
  for (const id of [100203, 100303]) await world.call('PUT', `/certificate/${id}/archive`)
  expect((await world.call('GET', '/order/certificate/100003/duplicate')).text).toBe('{}')
})

test('archiving again changes nothing', async () => {
  const { call } = setup()
  await call('PUT', '/certificate/100203/archive', '{}')
  expect((await call('PUT', '/certificate/100203/archive')).status).toBe(204)
})

test('the primary certificate cannot be archived', async () => {
  const { call, diagnosis } = setup()
  const answer = await call('PUT', '/certificate/100103/archive')
  expect(answer.status).toBe(400)
  expect(errorsOf(answer)).toEqual(['cannot_archive_primary_certificate ~ Primary certificate cannot be archived'])
  expect(diagnosis()).toBe('primary-not-archivable')
})

test.each(['1', 'x', '200101'])('certificate %s is unknown', async (id) => {
  expect(errorsOf(await setup().call('PUT', `/certificate/${id}/archive`))).toEqual([
    'not_found|certificate ~ The specified certificate was not found.',
  ])
})

test('a reissue that is archived while it waits is listed again when it becomes the primary certificate', async () => {
  const world = setup()
  expect((await world.call('PUT', '/certificate/100210/archive')).status).toBe(204)
  expect(await listed(world, '100010/reissue')).toEqual([])
  await world.call('PUT', '/request/200/status', { status: 'approved' })
  expect(await listed(world, '100010/reissue')).toEqual([[100210, 0]])
})
