import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CerttwinError, type Outcome } from '../errors.ts'
import type { Fetch } from '../fetch.ts'
import { type RetryOptions, withRetry } from './retry.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

type Answer = { status: number; headers?: Record<string, string> } | CerttwinError

function lost(outcome: Outcome): CerttwinError {
  return new CerttwinError({ code: 'network', message: 'No answer came.', outcome })
}

/** A service that answers as given, and then with 200; the last answer stands for all that follow when `always`. */
function setup(answers: readonly Answer[], options: RetryOptions = {}) {
  const bodies: string[] = []
  const service: Fetch = async (request) => {
    const answer = answers[bodies.length] ?? { status: 200 }
    bodies.push(await request.text())
    if (answer instanceof CerttwinError) throw answer
    return new Response('', answer)
  }
  // Random numbers of 1 make each pause as long as it may be.
  const fetch = withRetry(service, options, () => 1)
  const send = async (method: string, signal?: AbortSignal): Promise<unknown> => {
    const init = { method, ...(signal === undefined ? {} : { signal }), ...(method === 'GET' ? {} : { body: 'body' }) }
    const result = fetch(new Request('https://service.example/', init)).then(
      (response) => response.status,
      (error: unknown) => error,
    )
    await vi.runAllTimersAsync()
    return result
  }
  return { bodies, send, fetch }
}

describe('what had no effect', () => {
  it.each(['GET', 'POST', 'PUT', 'PATCH'])('is repeated for %s after a 429, with its body', async (method) => {
    const { bodies, send } = setup([{ status: 429 }, { status: 429 }])
    expect(await send(method)).toBe(200)
    expect(bodies).toEqual(Array(3).fill(method === 'GET' ? '' : 'body'))
  })

  it('is repeated for POST when the connection never came about', async () => {
    const { bodies, send } = setup([lost('none')])
    expect(await send('POST')).toBe(200)
    expect(bodies).toHaveLength(2)
  })

  it('is given up after the last attempt', async () => {
    const { bodies, send } = setup(
      Array.from({ length: 9 }, () => ({ status: 429 })),
      { attempts: 4 },
    )
    expect(await send('GET')).toBe(429)
    expect(bodies).toHaveLength(4)
  })
})

describe('what may have had an effect', () => {
  it.each([{ status: 500 }, { status: 503 }, { status: 408 }, lost('unknown')])(
    'is repeated for GET: %j',
    async (answer) => {
      const { bodies, send } = setup([answer])
      expect(await send('GET')).toBe(200)
      expect(bodies).toHaveLength(2)
    },
  )

  it.each(['POST', 'PUT', 'PATCH'])('is never repeated for %s', async (method) => {
    for (const answer of [{ status: 500 }, { status: 503 }, lost('unknown')]) {
      const { bodies, send } = setup([answer])
      await send(method)
      expect(bodies).toHaveLength(1)
    }
  })
})

describe('the pause', () => {
  /** The milliseconds until the second attempt. */
  async function pauseAfter(answer: Answer, options: RetryOptions = {}): Promise<number> {
    const startMs = Date.now()
    const { send } = setup([answer], options)
    await send('GET')
    return Date.now() - startMs
  }

  it.each([
    ['the base', { status: 429 }, 250],
    ['Retry-After in seconds', { status: 429, headers: { 'Retry-After': '7' } }, 7000],
    ['Retry-After of no time', { status: 503, headers: { 'Retry-After': '0' } }, 0],
    [
      'Retry-After as a date',
      {
        status: 429,
        headers: { 'Retry-After': 'Tue, 04 Apr 2023 12:53:29 GMT', Date: 'Tue, 04 Apr 2023 12:53:25 GMT' },
      },
      4000,
    ],
    ['the cap', { status: 429, headers: { 'Retry-After': '86400' } }, 20_000],
    ['the base where Retry-After is nonsense', { status: 429, headers: { 'Retry-After': 'soon' } }, 250],
  ] as const)('is %s', async (_name, answer, expectedMs) => {
    expect(await pauseAfter(answer)).toBe(expectedMs)
  })

  it('doubles from one to the next', async () => {
    const startMs = Date.now()
    const { send } = setup(
      Array.from({ length: 3 }, () => ({ status: 429 })),
      { attempts: 4, baseMs: 100 },
    )
    await send('GET')
    expect(Date.now() - startMs).toBe(100 + 200 + 400)
  })

  it('ends at once when the caller gives up', async () => {
    const { bodies, fetch } = setup([{ status: 429, headers: { 'Retry-After': '10' } }])
    const controller = new AbortController()
    const result = fetch(new Request('https://service.example/', { signal: controller.signal })).catch(
      (error: unknown) => error,
    )
    await vi.advanceTimersByTimeAsync(10)
    controller.abort()
    expect(await result).toMatchObject({ code: 'aborted', message: 'The call was aborted while it waited.' })
    expect(bodies).toHaveLength(1)
  })
})
