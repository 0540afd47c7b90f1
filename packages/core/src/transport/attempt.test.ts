import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createCdnProClient, type CdnProClientOptions } from '../cdnpro/client.ts'
import type { Fetch } from '../fetch.ts'
import { errorOf } from '../test-client.ts'

// Which attempt it is that an error and the hooks speak of, and what is known of its answer.

// The platform's other timers stay, since signing waits for threads.
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => vi.useRealTimers())

const answer = (body: string | ReadableStream, status: number, id: string): Response =>
  new Response(body, { status, headers: { 'x-cnc-request-id': id } })

/** A service that answers each attempt when the test says so, whatever the signal says, and all that the client tells. */
function setup(options: Partial<CdnProClientOptions> = {}) {
  const sent: PromiseWithResolvers<Response>[] = []
  const told: string[] = []
  const fetch: Fetch = () => {
    const each = Promise.withResolvers<Response>()
    sent.push(each)
    return each.promise
  }
  const hooks = {
    onRequest: ({ attempt }: { attempt: number }) => void told.push(`request ${attempt}`),
    onResponse: (event: { attempt: number; status: number; requestId: string | undefined }) =>
      void told.push(`response ${event.attempt} ${event.status} ${event.requestId}`),
    onRetry: ({ attempt, code }: { attempt: number; code: string }) => void told.push(`retry ${attempt} ${code}`),
    onError: ({ error }: { error: { code: string } }) => void told.push(`error ${error.code}`),
  }
  const client = createCdnProClient({ username: 'u', apiKey: 'k', fetch, hooks, timeoutMs: 1000, ...options })
  /** What the service gives for an attempt, once it has come. */
  const nth = async (attempt: number): Promise<PromiseWithResolvers<Response>> => {
    while (sent.length < attempt) await settled()
    return sent[attempt - 1]!
  }
  /** Until a hook has told something, and what follows that without waiting has happened. */
  const heard = async (what: string): Promise<void> => {
    while (!told.includes(what)) await settled()
    await settled()
  }
  return { told, nth, heard, get: () => client.certificates.get('x') }
}

const settled = (): Promise<void> => new Promise(setImmediate)
const once = { retry: { attempts: 1 } }
const soon = { retry: { attempts: 2, baseMs: 0 } }

/** A body that begins, and goes on as it is told. */
function beginBody(): { stream: ReadableStream; fail: () => void; finish: () => void } {
  const { promise: failed, resolve: fail } = Promise.withResolvers<void>()
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>()
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{'))
      void failed.then(() => controller.error(new TypeError('terminated')))
      void finished.then(() => {
        controller.enqueue(new TextEncoder().encode('}'))
        controller.close()
      })
    },
  })
  return { stream, fail, finish }
}

describe('an answer whose body does not come to its end', () => {
  it('is known by its head where the body breaks off', async () => {
    const { get, nth } = setup(once)
    const end = errorOf(get())
    const { stream, fail } = beginBody()
    ;(await nth(1)).resolve(answer(stream, 200, 'abc'))
    fail()
    expect(await end).toMatchObject({ code: 'network', outcome: 'unknown', status: 200, requestId: 'abc' })
  })

  it.each([200, 503])('is known by its head where the body takes too long: status %i', async (status) => {
    const { get, nth } = setup(once)
    const end = errorOf(get())
    ;(await nth(1)).resolve(answer(beginBody().stream, status, 'abc'))
    await settled()
    vi.advanceTimersByTime(1000)
    expect(await end).toMatchObject({ code: 'timeout', outcome: 'unknown', status, requestId: 'abc' })
  })

  it('is known by its head where the caller gives up before', async () => {
    const controller = new AbortController()
    const { get, nth } = setup({ ...once, signal: controller.signal })
    const end = errorOf(get())
    ;(await nth(1)).resolve(answer(beginBody().stream, 200, 'abc'))
    await settled()
    controller.abort()
    expect(await end).toMatchObject({ code: 'aborted', outcome: 'unknown', status: 200, requestId: 'abc' })
  })
})

describe('what is known of an earlier attempt', () => {
  const unknownHead = { status: undefined, requestId: undefined }

  it('is not said of the end of the pause behind it', async () => {
    const controller = new AbortController()
    const { get, nth, heard } = setup({ signal: controller.signal })
    const end = errorOf(get())
    ;(await nth(1)).resolve(answer('{}', 503, 'abc'))
    await heard('retry 1 server_error')
    controller.abort()
    expect(await end).toMatchObject({ code: 'aborted', attempts: 1, ...unknownHead })
  })

  it('is not said of the one behind it that had no answer', async () => {
    const { get, nth, heard } = setup(soon)
    const end = errorOf(get())
    ;(await nth(1)).resolve(answer('{}', 500, 'abc'))
    await heard('retry 1 server_error')
    vi.advanceTimersByTime(0)
    ;(await nth(2)).reject(new TypeError('terminated'))
    expect(await end).toMatchObject({ code: 'network', attempts: 2, ...unknownHead })
  })

  it('is not said of the place within the limits that the next one does not get', async () => {
    const { get, nth, heard } = setup({ ...soon, rateLimit: { windows: [{ limit: 1, windowMs: 600_000 }] } })
    const end = errorOf(get())
    ;(await nth(1)).resolve(answer('{}', 500, 'abc'))
    await heard('retry 1 server_error')
    vi.advanceTimersByTime(0)
    expect(await end).toMatchObject({ code: 'rate_limited', attempts: 1, ...unknownHead })
  })
})

describe('a signal', () => {
  it('that a hook gives ends the pause that the hook is told of before it begins', async () => {
    const controller = new AbortController()
    const hooks = { onRetry: () => controller.abort() }
    const fetch: Fetch = async () => answer('{}', 503, 'abc')
    const { get } = setup({ fetch, hooks, signal: controller.signal })
    expect(await errorOf(get())).toMatchObject({ code: 'aborted', attempts: 1 })
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each([0, 1, 2, 3, 4, 5])('that comes %i microtasks after a call has the call end at once', async (count) => {
    const controller = new AbortController()
    const { get } = setup({ signal: controller.signal, apiKey: () => new Promise(() => {}) })
    const end = errorOf(get())
    for (let turn = 0; turn < count; turn++) await Promise.resolve()
    controller.abort()
    expect(await end).toMatchObject({ code: 'aborted', outcome: 'not_sent', attempts: 0 })
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('an answer that comes after its time, to a fetch that does not look at its signal', () => {
  /** A call in its second attempt. */
  async function setupSecond() {
    const world = setup(soon)
    const end = world.get().catch((error: unknown) => error)
    const first = await world.nth(1)
    vi.advanceTimersByTime(1000)
    await world.heard('retry 1 timeout')
    vi.advanceTimersByTime(0)
    const second = await world.nth(2)
    const told = ['request 1', 'retry 1 timeout', 'request 2']
    expect(world.told).toEqual(told)
    return { ...world, end, first, second, before: told }
  }

  it.each([
    ['a success', () => answer('{"certificateId":"first"}', 200, 'late')],
    ['a refusal', () => answer('{"code":"A","message":"No."}', 403, 'late')],
    ['no JSON', () => answer('<html>', 200, 'late')],
  ])('is told to no hook, and changes nothing of the next attempt: %s', async (_name, late) => {
    const { told, end, first, second, before } = await setupSecond()
    first.resolve(late())
    await settled()
    expect(told).toEqual(before)
    second.resolve(answer('{"certificateId":"second"}', 200, 'abc'))
    expect(await end).toEqual({ certificateId: 'second' })
    expect(told).toEqual([...before, 'response 2 200 abc'])
  })

  it('is told to no hook where its head came in time, and its body did not', async () => {
    const world = setup(soon)
    const end = world.get()
    const { stream, finish } = beginBody()
    ;(await world.nth(1)).resolve(answer(stream, 200, 'late'))
    await settled()
    vi.advanceTimersByTime(1000)
    await world.heard('retry 1 timeout')
    vi.advanceTimersByTime(0)
    const second = await world.nth(2)
    finish()
    await settled()
    second.resolve(answer('{"certificateId":"second"}', 200, 'abc'))
    expect(await end).toEqual({ certificateId: 'second' })
    expect(world.told).toEqual(['request 1', 'retry 1 timeout', 'request 2', 'response 2 200 abc'])
  })

  it('is not said of the next attempt where that has no answer', async () => {
    const { told, end, first, second, before } = await setupSecond()
    first.resolve(answer('{}', 500, 'late'))
    await settled()
    second.reject(new TypeError('terminated'))
    expect(await end).toMatchObject({ code: 'network', attempts: 2, status: undefined, requestId: undefined })
    expect(told).toEqual([...before, 'error network'])
  })

  it('may also be a failure', async () => {
    const { told, end, first, second, before } = await setupSecond()
    first.reject(new TypeError('terminated'))
    await settled()
    expect(told).toEqual(before)
    vi.advanceTimersByTime(1000)
    expect(await end).toMatchObject({ code: 'timeout', attempts: 2 })
    second.reject(new TypeError('terminated'))
    await settled()
    expect(told).toEqual([...before, 'error timeout'])
  })
})
