import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDigicertClient, type DigicertClient, type DigicertClientOptions } from '../digicert/client.ts'
import { type CerttwinError, isCerttwinError } from '../errors.ts'
import type { Fetch } from '../fetch.ts'
import type { CallOptions } from './options.ts'

// When a call is repeated, how long it pauses, and what it says when it is given up.

beforeEach(() => {
  vi.useFakeTimers()
  // Random numbers of almost 1 make each pause as long as it may be.
  vi.spyOn(Math, 'random').mockReturnValue(1)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

type Answer = { status: number; headers?: Record<string, string>; body?: unknown } | Error

const refusedConnection = new TypeError('fetch failed', {
  cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED', syscall: 'connect' }),
})
const lostConnection = new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) })

const operations: Readonly<Record<string, (client: DigicertClient, options?: CallOptions) => Promise<unknown>>> = {
  GET: (client, options) => client.duplicates.list(1, options),
  POST: (client, options) =>
    client.duplicates.create(1, { certificate: { common_name: 'a', csr: 'b', signature_hash: 'sha256' } }, options),
  PUT: (client, options) => client.requests.approve(1, options),
  revocation: (client, options) => client.orders.revoke(1, options),
  'revocation of a certificate': (client, options) => client.certificates.revoke(1, options),
}

const good: Answer = { status: 200, body: { id: 1, requests: [{ id: 2 }] } }

/** A service that answers as given, and then with success. */
function setup(answers: readonly Answer[], options: Partial<DigicertClientOptions> = {}) {
  const sentMs: number[] = []
  const bodies: string[] = []
  const fetch: Fetch = async (request) => {
    const answer = answers[sentMs.length] ?? good
    sentMs.push(Date.now())
    bodies.push(await request.text())
    if (answer instanceof Error) throw answer
    return new Response(JSON.stringify(answer.body ?? {}), answer)
  }
  const client = createDigicertClient({ apiKey: 'key', fetch, ...options })
  const startMs = Date.now()
  const call = async (name: string, callOptions?: CallOptions): Promise<CerttwinError | 'success'> => {
    const end = operations[name]!(client, callOptions).then(
      () => 'success' as const,
      (error: unknown) => (isCerttwinError(error) ? error : Promise.reject(error as Error)),
    )
    await vi.runAllTimersAsync()
    return end
  }
  return { call, client, bodies, pauses: () => sentMs.map((ms, index) => ms - (sentMs[index - 1] ?? startMs)).slice(1) }
}

describe('what had no effect', () => {
  it.each(Object.keys(operations))('is repeated for %s after a 429 and a refused connection', async (name) => {
    const { call, bodies } = setup([{ status: 429 }, refusedConnection])
    expect(await call(name)).toBe('success')
    expect(bodies).toEqual(Array(3).fill(bodies[0]))
  })

  it('is repeated as it was asked for, whatever becomes of the input meanwhile', async () => {
    const { client, bodies } = setup([{ status: 429 }])
    const order = { certificate: { common_name: 'a', csr: 'b', signature_hash: 'sha256' } }
    const end = client.duplicates.create(1, order)
    order.certificate.common_name = 'another'
    await vi.runAllTimersAsync()
    await end
    expect(bodies).toHaveLength(2)
    for (const body of bodies) expect(JSON.parse(body)).toMatchObject({ certificate: { common_name: 'a' } })
  })

  it('is given up after the last attempt', async () => {
    const { call, bodies } = setup(Array.from({ length: 9 }, () => ({ status: 429, headers: { 'Retry-After': '1' } })))
    expect(await call('POST', { retry: { attempts: 4 } })).toMatchObject({
      code: 'rate_limited',
      outcome: 'none',
      attempts: 4,
      elapsedMs: 3000,
    })
    expect(bodies).toHaveLength(4)
  })
})

describe('what may have had an effect', () => {
  const open: readonly Answer[] = [{ status: 500 }, { status: 503 }, { status: 408 }, lostConnection]

  it.each(['GET', 'PUT'])('is repeated for %s', async (name) => {
    for (const answer of open) {
      const { call, bodies } = setup([answer])
      expect(await call(name)).toBe('success')
      expect(bodies).toHaveLength(2)
    }
  })

  it.each(['POST', 'revocation', 'revocation of a certificate'])(
    'is never repeated for a %s, and its outcome is unknown',
    async (name) => {
      for (const answer of open) {
        const { call, bodies } = setup([answer])
        expect(await call(name)).toMatchObject({ outcome: 'unknown', attempts: 1 })
        expect(bodies).toHaveLength(1)
      }
    },
  )

  it.each(['POST', 'revocation'])('is repeated for a %s where the caller says so', async (name) => {
    const { call, bodies } = setup([lostConnection])
    expect(await call(name, { retry: { unsafe: true } })).toBe('success')
    expect(bodies).toHaveLength(2)
  })

  it('stays open when a repeat is refused', async () => {
    const { call } = setup([lostConnection, { status: 400 }])
    expect(await call('PUT')).toMatchObject({ code: 'invalid_request', outcome: 'unknown', attempts: 2 })
    const read = setup([lostConnection, { status: 404 }])
    expect(await read.call('GET')).toMatchObject({ code: 'not_found', outcome: 'none', attempts: 2 })
  })

  it.each([
    ['revocation', 'order_already_revoked'],
    ['revocation of a certificate', 'certificate_already_revoked'],
  ])('is done when the repeat of a %s is told %s', async (name, code) => {
    const body = { errors: [{ code, message: '' }] }
    const { call } = setup([lostConnection, { status: 400, body }])
    expect(await call(name, { retry: { unsafe: true } })).toBe('success')
    const first = setup([{ status: 400, body }])
    expect(await first.call(name)).toMatchObject({ code: 'invalid_request', outcome: 'none' })
  })

  it.each(['order_is_processing', 'reorder_already_revoked'])(
    'is not done when the repeat of a revocation is told something else: %s',
    async (code) => {
      const { call } = setup([lostConnection, { status: 400, body: { errors: [{ code, message: '' }] } }])
      const error = { code: 'invalid_request', outcome: 'unknown' }
      expect(await call('revocation', { retry: { unsafe: true } })).toMatchObject(error)
    },
  )

  it('is not repeated where the answer is not what the contract knows', async () => {
    const fetch: Fetch = async () => new Response('<html>')
    const client = createDigicertClient({ apiKey: 'key', fetch })
    await expect(client.duplicates.list(1)).rejects.toMatchObject({ code: 'unexpected_response', attempts: 1 })
  })
})

describe('the pause', () => {
  it.each<[string, Answer, number]>([
    ['the base', { status: 500 }, 250],
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
    ['the cap', { status: 429, headers: { 'Retry-After': '86400' } }, 60_000],
    ['until the shorter window has passed after a 429 that names none', { status: 429 }, 10_000],
    ['the same where Retry-After is nonsense', { status: 429, headers: { 'Retry-After': 'soon' } }, 10_000],
  ])('is %s', async (_name, answer, expectedMs) => {
    const { call, pauses } = setup([answer])
    await call('GET')
    expect(pauses()).toEqual([expectedMs])
  })

  it('is until a date by our own clock where the service does not tell its time', async () => {
    vi.setSystemTime('2023-04-04T12:53:25Z')
    const headers = { 'Retry-After': 'Tue, 04 Apr 2023 12:53:29 GMT' }
    const { call, pauses } = setup([{ status: 503, headers }])
    await call('GET')
    expect(pauses()).toEqual([4000])
  })

  it('doubles from one to the next, up to its cap, and is as random as can be', async () => {
    const retry = { attempts: 5, baseMs: 100, capMs: 300 }
    const { call, pauses } = setup(
      Array.from({ length: 4 }, () => ({ status: 500 })),
      { retry },
    )
    await call('GET')
    expect(pauses()).toEqual([100, 200, 300, 300])
    vi.mocked(Math.random).mockReturnValue(0.25)
    const again = setup([{ status: 500 }], { retry })
    await again.call('GET')
    expect(again.pauses()).toEqual([25])
  })

  it('that would pass the deadline is not made', async () => {
    const { call, bodies } = setup([{ status: 429, headers: { 'Retry-After': '5' } }])
    expect(await call('GET', { deadlineMs: 4000 })).toMatchObject({ code: 'rate_limited', elapsedMs: 0 })
    expect(bodies).toHaveLength(1)
  })

  it('ends at once when the caller gives up', async () => {
    const { client, bodies } = setup([{ status: 429 }])
    const controller = new AbortController()
    const end = client.duplicates.list(1, { signal: controller.signal }).catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(10)
    controller.abort()
    expect(await end).toMatchObject({
      code: 'aborted',
      outcome: 'none',
      message: 'listDuplicates failed: The call was aborted.',
    })
    expect(bodies).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('time', () => {
  const deaf: Fetch = () => new Promise(() => {})

  it('of an attempt and of all attempts is limited', async () => {
    const client = createDigicertClient({ apiKey: 'key', fetch: deaf, timeoutMs: 1000, deadlineMs: 2600 })
    const end = client.duplicates.list(1).catch((error: unknown) => error)
    await vi.runAllTimersAsync()
    // Two whole attempts with pauses of 250 and 500 leave no room for a third.
    expect(await end).toMatchObject({ code: 'timeout', attempts: 2 })
    expect((await end) as CerttwinError).toHaveProperty('elapsedMs', 2250)
  })

  it('of an attempt ends with that of all attempts', async () => {
    const client = createDigicertClient({ apiKey: 'key', fetch: deaf, timeoutMs: 1000, deadlineMs: 300 })
    const end = client.duplicates.list(1).catch((error: unknown) => error)
    await vi.runAllTimersAsync()
    expect(await end).toMatchObject({ code: 'timeout', attempts: 1, elapsedMs: 300 })
  })

  it('that is over leaves no timer and no listener', async () => {
    let calls = 0
    const { signal } = new AbortController()
    const client = createDigicertClient({
      apiKey: 'key',
      fetch: async () => new Response('{}', { status: ++calls === 1 ? 500 : 200 }),
      signal,
    })
    const end = client.duplicates.list(1)
    await vi.advanceTimersByTimeAsync(250)
    await end
    expect(vi.getTimerCount()).toBe(0)
    expect(getEventListeners(signal, 'abort')).toEqual([])
    const controller = new AbortController()
    const aborted = client.duplicates.list(1, { signal: controller.signal, retry: { attempts: 1 } })
    controller.abort()
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('of one call can be another than that of its client', async () => {
    const client = createDigicertClient({ apiKey: 'key', fetch: deaf, timeoutMs: 1000, retry: { attempts: 1 } })
    const end = client.duplicates.list(1, { timeoutMs: 50 }).catch((error: unknown) => error)
    await vi.runAllTimersAsync()
    expect(await end).toMatchObject({ message: 'listDuplicates failed: No answer came within 50 ms.', elapsedMs: 50 })
  })

  it('ends for all calls of a client with its signal', async () => {
    const controller = new AbortController()
    const client = createDigicertClient({ apiKey: 'key', fetch: deaf, signal: controller.signal })
    const end = client.duplicates.list(1).catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(1)
    controller.abort()
    expect(await end).toMatchObject({ code: 'aborted', outcome: 'unknown' })
  })
})
