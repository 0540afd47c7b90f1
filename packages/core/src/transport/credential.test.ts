import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createCdnProClient } from '../cdnpro/client.ts'
import { createDigicertClient } from '../digicert/client.ts'
import type { Fetch } from '../fetch.ts'
import type { Hooks } from './hooks.ts'
import type { CallOptions } from './options.ts'

const text = 'a non-empty string of printable ASCII characters without blanks'

describe('a credential that is asked for', () => {
  it('is asked for before each attempt', async () => {
    const sent: (string | null)[] = []
    const fetch: Fetch = async ({ headers }) => {
      sent.push(headers.get('X-DC-DEVKEY'))
      return new Response('{}', { status: sent.length === 1 ? 500 : 200 })
    }
    const keys = ['first', 'second', 'third'].values()
    const client = createDigicertClient({ apiKey: async () => keys.next().value!, fetch, retry: { baseMs: 0 } })
    await client.duplicates.list(1)
    await client.duplicates.list(1)
    expect(sent).toEqual(['first', 'second', 'third'])
  })

  it('signs anew within the same second', async () => {
    const sent: (string | null)[] = []
    const fetch: Fetch = async ({ headers }) => {
      sent.push(headers.get('Authorization'))
      return new Response('{}')
    }
    const keys = ['first', 'first', 'second'].values()
    const now = (): number => 1_680_612_805_000
    const client = createCdnProClient({ username: 'u', apiKey: () => keys.next().value!, fetch, now })
    for (const id of ['a', 'b', 'c']) await client.certificates.get(id)
    expect(sent[1]).toBe(sent[0])
    expect(sent[2]).not.toBe(sent[0])
  })

  it('signs anew for another user', async () => {
    const sent: (string | null)[] = []
    const fetch: Fetch = async ({ headers }) => {
      sent.push(headers.get('Authorization'))
      return new Response('{}')
    }
    const names = ['first', 'second'].values()
    const now = (): number => 1_680_612_805_000
    const client = createCdnProClient({ username: () => names.next().value!, apiKey: 'key', fetch, now })
    for (const id of ['a', 'b']) await client.certificates.get(id)
    expect(sent.map((header) => atob(header!.slice(6)).split(':')[0])).toEqual(['first', 'second'])
  })

  it('stays out of the errors of CDN Pro', async () => {
    const fetch: Fetch = async () => Response.json({ code: 'A', message: 'Unknown: a-key, a-secret' }, { status: 400 })
    const options = { username: 'u', apiKey: () => 'a-key', fetch }
    const pair = { accessKey: () => 'id', secretKey: () => 'a-secret' }
    for (const [more, said] of [
      [{}, '***, a-secret'],
      [pair, '***, ***'],
    ] as const)
      await expect(createCdnProClient({ ...options, ...more }).certificates.get('x')).rejects.toMatchObject({
        message: `getCertificate failed: status 400, A (Unknown: ${said}).`,
      })
  })

  it('stays out of the errors of CDN Pro after many signatures, too', async () => {
    let seconds = 0
    const fetch: Fetch = async () => Response.json({ code: 'A', message: 'Unknown: a-key' }, { status: 400 })
    const now = (): number => Date.parse('2023-04-04T12:53:25Z') + ++seconds * 1000
    const client = createCdnProClient({ username: 'u', apiKey: () => 'a-key', now, fetch })
    for (let call = 0; call < 30; call++)
      await expect(client.certificates.get('x')).rejects.toMatchObject({
        message: 'getCertificate failed: status 400, A (Unknown: ***).',
      })
  })

  it('stays out of the errors of calls side by side', async () => {
    const keys = Array.from({ length: 10 }, (_, index) => `rotating-key-${index}`)
    const rest = keys.values()
    const fetch: Fetch = async ({ headers }) => {
      const message = `Unknown key ${headers.get('X-DC-DEVKEY')}`
      await new Promise(setImmediate)
      return Response.json({ errors: [{ code: 'a', message }] }, { status: 400 })
    }
    const client = createDigicertClient({ apiKey: () => rest.next().value!, fetch })
    const ends = await Promise.allSettled(keys.map((_, id) => client.duplicates.list(id + 1)))
    const told = JSON.stringify(ends)
    expect(told).toContain('Unknown key ***')
    expect(told).not.toContain('rotating-key')
  })

  it.each([
    ['fails', () => Promise.reject(new Error('the vault says: hunter2')), 'the function apiKey failed.'],
    ['gives nothing', () => undefined as never, `the function apiKey must give ${text}.`],
    ['gives more than fits a header', () => 'hunter2\n', `the function apiKey must give ${text}.`],
  ])('and %s ends the call in words of our own', async (_name, apiKey, message) => {
    const never: Fetch = () => Promise.reject(new Error('Nothing should have been sent.'))
    const client = createDigicertClient({ apiKey, fetch: never })
    await expect(client.duplicates.list(1)).rejects.toMatchObject({
      code: 'invalid_options',
      outcome: 'not_sent',
      message: `listDuplicates failed: ${message}`,
    })
  })
})

describe('names that are asked for', () => {
  it.each([
    ['username', { username: () => 'us:er', apiKey: 'k' }],
    ['accessKey', { username: 'u', apiKey: 'k', accessKey: () => 'a,b', secretKey: 's' }],
  ])('must fit where they are written: %s', async (name, credentials) => {
    const never: Fetch = () => Promise.reject(new Error('Nothing should have been sent.'))
    const client = createCdnProClient({ ...credentials, fetch: never })
    await expect(client.certificates.get('x')).rejects.toMatchObject({
      code: 'invalid_options',
      message: expect.stringContaining(`the function ${name} must give`),
    })
  })
})

describe('a credential that keeps an attempt waiting', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  const good = { status: 200 }

  /** A client whose key comes at once, or when the test says so, attempt by attempt; the last one for ever. */
  function setup(first: { status: number }, ...keys: readonly (string | Promise<string>)[]) {
    const told: unknown[] = []
    let asked = 0
    let sent = 0
    const fetch: Fetch = async () => {
      return Response.json({ id: 1, requests: [{ id: 2 }] }, sent++ === 0 ? first : good)
    }
    const hooks: Hooks = {
      onRequest: ({ attempt }) => void told.push(['request', attempt]),
      onRetry: ({ code, outcome }) => void told.push(['retry', code, outcome]),
    }
    const apiKey = async (): Promise<string> => keys[Math.min(asked++, keys.length - 1)]!
    const client = createDigicertClient({ apiKey, fetch, hooks, timeoutMs: 1000, retry: { baseMs: 0 } })
    const certificate = { common_name: 'example.com', csr: 'x', signature_hash: 'sha256' }
    const post = async (options: CallOptions = {}): Promise<unknown> => {
      const end = client.duplicates.create(1, { certificate }, options).catch((error: unknown) => error)
      await vi.runAllTimersAsync()
      return end
    }
    return { post, told, sent: () => sent }
  }
  const never = new Promise<string>(() => {})

  it('has sent nothing, so that another attempt follows, whatever is asked for', async () => {
    const { post, told, sent } = setup(good, never, never, 'key')
    expect(await post()).toMatchObject({ state: 'pending' })
    expect(told).toEqual([
      ['retry', 'timeout', 'not_sent'],
      ['retry', 'timeout', 'not_sent'],
      ['request', 1],
    ])
    expect(sent()).toBe(1)
  })

  it('has sent nothing in that attempt, also where an earlier one was sent', async () => {
    const { post, told } = setup({ status: 429 }, 'key', never, 'key')
    expect(await post()).toMatchObject({ state: 'pending' })
    expect(told).toEqual([
      ['request', 1],
      ['retry', 'rate_limited', 'none'],
      ['retry', 'timeout', 'not_sent'],
      ['request', 2],
    ])
  })

  it('ends the call after its attempts, and at its deadline', async () => {
    const end = { code: 'timeout', outcome: 'not_sent', operation: 'requestDuplicate', attempts: 0 }
    expect(await setup(good, never).post()).toMatchObject({ ...end, elapsedMs: 3000 })
    expect(await setup(good, never).post({ deadlineMs: 1700 })).toMatchObject({ ...end, elapsedMs: 1700 })
    expect(await setup(good, never).post({ deadlineMs: 300 })).toMatchObject({ ...end, elapsedMs: 300 })
  })

  it('has nothing sent, and no hook told, when it comes later', async () => {
    const { promise: key, resolve } = Promise.withResolvers<string>()
    const { post, told, sent } = setup(good, key)
    expect(await post({ retry: { attempts: 1 } })).toMatchObject({ code: 'timeout' })
    resolve('key')
    await vi.runAllTimersAsync()
    expect(told).toEqual([])
    expect(sent()).toBe(0)
  })
})
