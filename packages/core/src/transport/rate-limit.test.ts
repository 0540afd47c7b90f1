import { array, assert, integer, property, record } from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createCdnProClient } from '../cdnpro/client.ts'
import { createDigicertClient } from '../digicert/client.ts'
import type { Fetch } from '../fetch.ts'
import type { CallOptions } from './options.ts'
import { createRateLimit } from './rate-limit.ts'

describe('places within windows', () => {
  const windows = [
    { limit: 3, windowMs: 100 },
    { limit: 5, windowMs: 1000 },
  ]

  it('are never more than a window allows, and never later than it asks', () => {
    const steps = array(record({ pauseMs: integer({ min: 0, max: 400 }), patienceMs: integer({ min: 0, max: 2000 }) }))
    assert(
      property(steps, (all) => {
        let nowMs = 0
        const limit = createRateLimit(windows, () => nowMs)
        const taken: number[] = []
        /** The earliest time that leaves no window too full, found by trying each millisecond. */
        const earliest = (): number => {
          for (let at = Math.max(nowMs, taken.at(-1) ?? 0); ; at++)
            if (windows.every((each) => taken.filter((t) => t > at - each.windowMs).length < each.limit)) return at
        }
        for (const { pauseMs, patienceMs } of all) {
          nowMs += pauseMs
          const expected = earliest() - nowMs
          const place = limit.reserve(patienceMs)
          expect(place?.waitMs).toBe(expected > patienceMs ? undefined : expected)
          if (place !== undefined) taken.push(nowMs + expected)
        }
      }),
    )
  })

  it('that are free are also for who has no time left', () => {
    const limit = createRateLimit([{ limit: 1, windowMs: 100 }], () => 0)
    expect(limit.reserve(-1)?.waitMs).toBe(0)
    expect(limit.reserve(-1)).toBeUndefined()
  })

  it('that are given back can be taken by others', () => {
    const limit = createRateLimit([{ limit: 1, windowMs: 100 }], () => 0)
    limit.reserve(0)
    const place = limit.reserve(100)
    expect(limit.reserve(100)).toBeUndefined()
    place!.cancel()
    expect(limit.reserve(100)?.waitMs).toBe(100)
  })

  it('are counted right after thousands of others', () => {
    let nowMs = 0
    const limit = createRateLimit([{ limit: 2, windowMs: 10 }], () => nowMs)
    for (; nowMs < 12_000; nowMs += 5) expect(limit.reserve(0)?.waitMs).toBe(0)
    limit.reserve(0)
    expect(limit.reserve(0)).toBeUndefined()
  })

  it('are not too many after several were given back', () => {
    const limit = createRateLimit([{ limit: 2, windowMs: 10 }], () => 0)
    const take = () => limit.reserve(100)!
    const first = [take(), take(), take(), take(), take()]
    first[2]!.cancel()
    first[3]!.cancel()
    const more = [take(), take(), take()]
    more[1]!.cancel()
    const taken = [...first.slice(0, 2), first[4]!, more[0]!, more[2]!, take()].map(({ waitMs }) => waitMs)
    for (const at of taken) expect(taken.filter((each) => each >= at && each < at + 10).length).toBeLessThan(3)
  })
})

describe('a client', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  /** A service that notes when it is called. */
  function setup() {
    const sentMs: number[] = []
    const startMs = Date.now()
    const fetch: Fetch = async () => {
      sentMs.push(Date.now() - startMs)
      return new Response('{}')
    }
    return { fetch, sentMs }
  }
  const rateLimit = { windows: [{ limit: 2, windowMs: 1000 }] }

  it('sends no more than the vendor allows unless told otherwise', async () => {
    const { fetch, sentMs } = setup()
    const client = createDigicertClient({ apiKey: 'key', fetch })
    const calls = Promise.all(Array.from({ length: 91 }, () => client.duplicates.list(1)))
    await vi.advanceTimersByTimeAsync(9999)
    expect(sentMs).toHaveLength(90)
    await vi.advanceTimersByTimeAsync(1)
    await calls
    expect(sentMs.at(-1)).toBe(10_000)
  })

  it('shares the limit with another client of its key or its account, and with no other', async () => {
    const { fetch, sentMs } = setup()
    const client = (apiKey: string | (() => string), accountId?: string) =>
      createDigicertClient({
        apiKey,
        fetch,
        rateLimit: { ...rateLimit, ...(accountId !== undefined && { accountId }) },
      })
    const clients = [
      client('one'),
      client('one'),
      client('one'),
      client('two'),
      client(() => 'one'),
      client(() => 'one', 'account'),
      client(() => 'two', 'account'),
      client('three', 'account'),
    ]
    const calls = Promise.all(clients.map((each) => each.duplicates.list(1)))
    await vi.advanceTimersByTimeAsync(999)
    expect(sentMs).toHaveLength(6)
    await vi.advanceTimersByTimeAsync(1)
    expect(sentMs).toHaveLength(8)
    await calls
  })

  it('shares the limit with one that writes the address of the service in another way', async () => {
    const { fetch, sentMs } = setup()
    const addresses = [undefined, 'https://www.digicert.com/services/v2', 'https://www.digicert.com:443/services/v2/']
    const calls = Promise.all(
      addresses.map((baseUrl) =>
        createDigicertClient({
          apiKey: 'key',
          fetch,
          rateLimit,
          ...(baseUrl !== undefined && { baseUrl }),
        }).duplicates.list(1),
      ),
    )
    await vi.advanceTimersByTimeAsync(1000)
    await calls
    expect(sentMs).toEqual([0, 0, 1000])
  })

  it('shares the limit with none whose key is asked for, at another address, or with other windows', async () => {
    const { fetch, sentMs } = setup()
    const apiKey = (): string => 'key'
    const windows = [{ limit: 1, windowMs: 1000 }]
    const clients = [
      { apiKey, rateLimit },
      { apiKey, rateLimit },
      { apiKey: 'key', rateLimit },
      { apiKey: 'key', rateLimit, baseUrl: 'https://certcentral.digicert.eu/services/v2' },
      { apiKey: 'key', rateLimit: { windows } },
    ].map((options) => createDigicertClient({ fetch, ...options }))
    for (const client of clients) await client.duplicates.list(1)
    for (const client of clients.slice(0, 4)) await client.duplicates.list(1)
    expect(sentMs).toHaveLength(9)
  })

  it('has a limit for each operation at the gateway of CDN Pro, and one for all at its own hosts', async () => {
    const { fetch, sentMs } = setup()
    const options = { username: 'user', apiKey: 'key', fetch, deadlineMs: 900, rateLimit }
    for (const [door, code] of [
      ['gateway', undefined],
      ['native', 'rate_limited'],
    ] as const) {
      const client = createCdnProClient({ ...options, door })
      await client.certificates.get('x')
      await client.certificates.get('x')
      const another: unknown = await client.hostnames.get('x').catch((error: unknown) => error)
      expect((another as { code?: string }).code).toBe(code)
    }
    expect(sentMs).toHaveLength(5)
  })

  it('is not limited where it is told so', async () => {
    const { fetch, sentMs } = setup()
    const client = createDigicertClient({ apiKey: 'key', fetch, rateLimit: false })
    await Promise.all(Array.from({ length: 1001 }, () => client.duplicates.list(1)))
    expect(sentMs.at(-1)).toBe(0)
  })

  it('fails at once where the limit leaves no place before the deadline', async () => {
    const { fetch, sentMs } = setup()
    const client = createDigicertClient({ apiKey: 'key', fetch, rateLimit })
    await client.duplicates.list(1)
    await client.duplicates.list(1)
    await expect(client.duplicates.list(1, { deadlineMs: 900 })).rejects.toMatchObject({
      code: 'rate_limited',
      outcome: 'not_sent',
      attempts: 0,
      message: "listDuplicates failed: the client's own rateLimit leaves no place before the deadline.",
    })
    expect(sentMs).toHaveLength(2)
  })

  it('gives a place back that nobody waits for any more', async () => {
    const { fetch, sentMs } = setup()
    const client = createDigicertClient({ apiKey: 'key', fetch, rateLimit })
    const controller = new AbortController()
    const calls = [1, 2].map((id) => client.duplicates.list(id))
    const waiting = [1, 2].map((id) =>
      client.duplicates.list(id, { signal: controller.signal }).catch((error: unknown) => error),
    )
    controller.abort()
    expect(await Promise.all(waiting)).toMatchObject([{ code: 'aborted' }, { code: 'aborted', outcome: 'not_sent' }])
    const last = client.duplicates.list(3)
    await vi.advanceTimersByTimeAsync(1000)
    await Promise.all([...calls, last])
    expect(sentMs).toEqual([0, 0, 1000])
  })

  it('takes no place for a call that is aborted before, and says so also where there is none', async () => {
    const { fetch, sentMs } = setup()
    const client = createDigicertClient({ apiKey: 'key', fetch, rateLimit })
    const list = (options?: CallOptions): Promise<unknown> => client.duplicates.list(1, options)
    const aborted = { signal: AbortSignal.abort(), deadlineMs: 900 }
    await expect(list(aborted)).rejects.toMatchObject({ code: 'aborted', outcome: 'not_sent' })
    await Promise.all([list(), list()])
    expect(sentMs).toEqual([0, 0])
    await expect(list(aborted)).rejects.toMatchObject({ code: 'aborted', outcome: 'not_sent' })
  })

  it('takes no place, and has no wait, for what cannot be sent', async () => {
    const { fetch, sentMs } = setup()
    const client = createDigicertClient({ apiKey: 'key', fetch, rateLimit })
    const refusal = { code: 'invalid_options', outcome: 'not_sent', elapsedMs: 0 }
    await expect(client.products.get('')).rejects.toMatchObject(refusal)
    await Promise.all([client.duplicates.list(1), client.duplicates.list(1)])
    expect(sentMs).toEqual([0, 0])
    await expect(client.products.get('')).rejects.toMatchObject(refusal)
  })

  it.each([
    [[]],
    [[{ limit: 0, windowMs: 1 }]],
    [[{ limit: 1.5, windowMs: 1 }]],
    [[{ limit: 1, windowMs: 0 }]],
    [[{ limit: 1, windowMs: NaN }]],
    ['90' as never],
    [[{ limit: 1, windowMs: '1000' }] as never],
    [[null] as never],
    [[undefined] as never],
  ])('refuses windows that are none: %j', (windows) => {
    expect(() => createDigicertClient({ apiKey: 'key', rateLimit: { windows } })).toThrow(
      'rateLimit.windows must be a list of { limit, windowMs } with whole numbers from 1.',
    )
  })

  it.each([null, true, 5])('refuses %j in the place of limits', (odd) => {
    const create = () => createDigicertClient({ apiKey: 'key', rateLimit: odd as never })
    expect(create).toThrow(
      expect.objectContaining({ code: 'invalid_options', message: expect.stringMatching(/^rateLimit /) }),
    )
  })

  it('refuses an account that is no text', () => {
    expect(() => createDigicertClient({ apiKey: 'key', rateLimit: { accountId: 7 as never } })).toThrow(
      'rateLimit.accountId must be a string.',
    )
  })
})
