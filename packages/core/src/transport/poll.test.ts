import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDigicertClient } from '../digicert/client.ts'
import type { Fetch } from '../fetch.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const csr = 'MAkwBwIBADAAMAA=' // the smallest that has a place for a key

/** A service with one answer for each look: a status of the service, the status of the duplicate, or none at all. */
function setup(...answers: (number | string | TypeError)[]) {
  let looks = 0
  const fetch: Fetch = async () => {
    const answer = answers[Math.min(looks++, answers.length - 1)]!
    if (answer instanceof TypeError) throw answer
    if (typeof answer === 'number') return new Response('{}', { status: answer })
    return Response.json({ certificates: [{ id: 1, csr, status: answer }] })
  }
  const client = createDigicertClient({ apiKey: 'key', fetch, retry: { attempts: 1 } })
  const wait = async (options: object = {}): Promise<unknown> => {
    const end = client.duplicates.waitForIssued(1, csr, { pollMs: 1000, ...options }).catch((error: unknown) => error)
    await vi.runAllTimersAsync()
    return end
  }
  return { wait, looks: () => looks }
}

describe('a wait', () => {
  it('goes on while the service fails, and sees the end', async () => {
    const { wait, looks } = setup('pending', 500, new TypeError('terminated'), 429, 'approved')
    expect(await wait()).toMatchObject({ id: 1, status: 'approved' })
    expect(looks()).toBe(5)
  })

  it.each([
    [404, 'not_found'],
    [401, 'unauthorized'],
    [400, 'invalid_request'],
  ])('ends with what will not pass: %i', async (status, code) => {
    const { wait, looks } = setup('pending', status)
    expect(await wait()).toMatchObject({ code })
    expect(looks()).toBe(2)
  })

  it('ends at its deadline when the service stays away', async () => {
    const { wait, looks } = setup(503)
    expect(await wait({ deadlineMs: 5000 })).toMatchObject({ code: 'timeout', outcome: 'unknown' })
    expect(looks()).toBe(6)
  })

  it.each([
    ['pollMs', { pollMs: NaN }],
    ['deadlineMs', { deadlineMs: -1 }],
  ])('refuses what is no time: %s', async (name, options) => {
    expect(await setup('pending').wait(options)).toMatchObject({
      code: 'invalid_options',
      message: expect.stringContaining(`${name} must be a number of milliseconds`),
    })
  })
})
