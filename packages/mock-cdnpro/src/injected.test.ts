import { expect, test } from 'vitest'
import { setup } from './test-client.ts'

// Errors that somebody asked for are those of the door, and carry what every answer there carries.

const version = '/cdn/certificates/9fddeb2fea3ed5b52d89d81d/versions/1'

test.each([
  ['gateway', 'x-cnc-request-id', '{"status":0,"result":"The number of API requests exceeds the limit."}'],
  ['native', 'qtl-request-id', '{"code":"TooManyRequests","message":"The API call quota has been exceeded."}'],
] as const)('an injected 429 at the door %s has its words and an id in %s', async (door, header, text) => {
  const { call, mock } = setup({ door })
  mock.faults.add({ kind: 'error', status: 429 })
  const answer = await call(version)
  expect(answer).toMatchObject({ status: 429, text })
  expect(answer.headers.get(header)).toMatch(/^[0-9a-f]{16,32}$/)
})

test('an error that only another door has is injected all the same', async () => {
  const { call, mock } = setup({ door: 'native' })
  mock.faults.add({ kind: 'error', status: 462 })
  expect((await call(version)).status).toBe(462)
})
