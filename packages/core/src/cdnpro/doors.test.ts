import { describe, expect, it, vi } from 'vitest'
import { isCerttwinError } from '../errors.ts'
import type { Fetch } from '../fetch.ts'
import { createCdnProClient } from './client.ts'

const at = Date.parse('2023-04-04T12:53:25Z')
const unknown = '{"code":"AccessDenied","message":"Please enter valid credentials."}'
const forbidden = '{"code":"AccessDenied","message":"This user is not allowed to perform this request."}'

interface Sent {
  readonly status: number
  readonly body: string
  readonly headers?: Record<string, string>
}

function setup(door: 'gateway' | 'native', ...answers: readonly Sent[]) {
  const seen: Request[] = []
  const fetch: Fetch = async (request) => {
    const { status, body, headers = {} } = answers[Math.min(seen.length, answers.length - 1)]!
    seen.push(new Request(request))
    return new Response(body, { status, headers: { 'Content-Type': 'application/json', ...headers } })
  }
  const retry = { baseMs: 0, retryAfterCapMs: 0 }
  const client = createCdnProClient({ username: 'u', apiKey: 'key-of-the-tests', door, fetch, retry, now: () => at })
  const failure = async () => client.versions.get('x', 1).catch((error: unknown) => error)
  return { seen, failure }
}

describe('the native door', () => {
  it('is where the client calls, and names its calls in a header of its own', async () => {
    const { seen, failure } = setup('native', {
      status: 404,
      body: '{}',
      headers: { 'Qtl-Request-Id': '0123456789abcdef' },
    })
    expect(await failure()).toMatchObject({ code: 'not_found', requestId: '0123456789abcdef' })
    expect(seen[0]!.url).toMatch(/^https:\/\/ngapi\.cdnetworks\.com\//)
  })

  it.each([
    ['native', unknown, 'unauthorized'],
    ['native', forbidden, 'forbidden'],
    ['gateway', unknown, 'forbidden'],
  ] as const)('at the door %s %s is %s', async (door, body, code) => {
    const { failure } = setup(door, { status: 403, body })
    expect(await failure()).toMatchObject({ code, status: 403 })
  })

  it('lets the client set its clock by a refusal', async () => {
    const late = { status: 403, body: unknown, headers: { Date: 'Tue, 04 Apr 2023 13:53:25 GMT' } }
    const { seen, failure } = setup('native', late, { status: 200, body: '{"version":1}' })
    expect(await failure()).toEqual({ version: 1 })
    expect(seen[1]!.headers.get('date')).toBe('Tue, 04 Apr 2023 13:53:25 GMT')
  })

  it('says in a header of its own when to come again', async () => {
    const full = { status: 429, body: '{}', headers: { 'x-rate-limit-retry-after-seconds': '2' } }
    const { seen, failure } = setup('native', full, { status: 200, body: '{"version":1}' })
    expect(await failure()).toEqual({ version: 1 })
    expect(seen).toHaveLength(2)
  })

  it('cannot be used where a program has no say in Date', async () => {
    const { set } = Headers.prototype
    const spy = vi.spyOn(Headers.prototype, 'set').mockImplementation(function (this: Headers, name, value) {
      if (name !== 'Date') set.call(this, name, value)
    })
    const { seen, failure } = setup('native', { status: 200, body: '{}' })
    const error = await failure()
    spy.mockRestore()
    expect(isCerttwinError(error)).toBe(true)
    expect(error).toMatchObject({ code: 'unsupported_runtime', outcome: 'not_sent' })
    expect(seen).toEqual([])
  })
})

describe('the gateway', () => {
  it('refuses access keys with a status of its own', async () => {
    const body = '{"status":0,"result":"authorization is error! please check signature, accessKey!"}'
    const { failure } = setup('gateway', { status: 462, body })
    expect(await failure()).toMatchObject({
      code: 'unauthorized',
      status: 462,
      vendorErrors: [{ code: '', message: 'authorization is error! please check signature, accessKey!' }],
    })
  })
})

it('any other door is none', () => {
  expect(() => createCdnProClient({ username: 'u', apiKey: 'k', door: 'back' as 'native' })).toThrow(
    "door must be 'gateway' or 'native'.",
  )
})
