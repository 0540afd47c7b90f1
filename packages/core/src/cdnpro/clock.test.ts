import { describe, expect, it } from 'vitest'
import type { Fetch } from '../fetch.ts'
import type { Hooks } from '../transport/hooks.ts'
import { createCdnProClient, type CdnProClientOptions } from './client.ts'

// The second sending that follows a refusal for the clock is an attempt as any other, except that it costs none of `retry.attempts`.

const at = Date.parse('2023-04-04T12:53:25Z')
const late = { status: 401, date: 'Tue, 04 Apr 2023 13:53:25 GMT' }

/** A service that answers as given, then with success, and all that the client tells. */
function setup(answers: readonly { status: number; date?: string }[], options: Partial<CdnProClientOptions> = {}) {
  const dates: (string | null)[] = []
  const told: unknown[] = []
  const note = (name: string) => (event: unknown) => void told.push([name, event])
  const fetch: Fetch = async (request) => {
    const { status, date } = answers[dates.length] ?? { status: 200 }
    dates.push(request.headers.get('Date'))
    return new Response('{}', { status, ...(date !== undefined && { headers: { Date: date } }) })
  }
  const hooks: Hooks = {
    onRequest: note('request'),
    onResponse: note('response'),
    onRetry: note('retry'),
    onError: note('error'),
  }
  const retry = { baseMs: 0 }
  const client = createCdnProClient({ username: 'u', apiKey: 'k', now: () => at, fetch, hooks, retry, ...options })
  return { client, dates, told }
}

describe('a second sending with another time', () => {
  it('is told to the hooks like any other', async () => {
    const { client, told } = setup([late, { status: 404 }])
    await client.certificates.get('x').catch(() => undefined)
    const event = (more: object): unknown =>
      expect.objectContaining({ operation: 'getCertificate', ...more }) as unknown
    expect(told).toEqual([
      ['request', event({ attempt: 1 })],
      ['response', event({ attempt: 1, status: 401 })],
      ['retry', event({ attempt: 1, code: 'unauthorized', outcome: 'none', pauseMs: 0 })],
      ['request', event({ attempt: 2 })],
      ['response', event({ attempt: 2, status: 404 })],
      ['error', event({ error: expect.objectContaining({ code: 'not_found', attempts: 2 }) as unknown })],
    ])
  })

  it('takes a place within the limits', async () => {
    const rateLimit = { windows: [{ limit: 1, windowMs: 60_000 }] }
    const { client, dates } = setup([late], { rateLimit, deadlineMs: 1000 })
    await expect(client.certificates.get('x')).rejects.toMatchObject({ code: 'rate_limited', attempts: 1 })
    expect(dates).toHaveLength(1)
  })

  it.each([
    [1, [late]],
    [2, [late, { status: 500 }]],
    [2, [{ status: 500 }, late]],
    [3, [{ status: 500 }, late, { status: 503 }]],
  ])('is none of the %i attempts that are allowed', async (attempts, answers) => {
    const { client, dates } = setup(answers, { retry: { attempts, baseMs: 0 } })
    expect(await client.certificates.get('x')).toEqual({})
    expect(dates).toHaveLength(attempts + 1)
  })

  it('does not add another attempt to those that are allowed', async () => {
    const { client, dates } = setup([late, { status: 500 }, { status: 503 }], { retry: { attempts: 2, baseMs: 0 } })
    await expect(client.certificates.get('x')).rejects.toMatchObject({ status: 503, attempts: 3 })
    expect(dates).toHaveLength(3)
  })

  it('happens once a call, also where other failures lie between', async () => {
    const later = { status: 401, date: 'Tue, 04 Apr 2023 15:00:00 GMT' }
    const { client, dates } = setup([late, { status: 500 }, later], { retry: { attempts: 9, baseMs: 0 } })
    await expect(client.certificates.get('x')).rejects.toMatchObject({ code: 'unauthorized', attempts: 3 })
    expect(dates).toHaveLength(3)
  })
})
