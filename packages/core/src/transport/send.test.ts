import { afterEach, describe, expect, it, vi } from 'vitest'
import { createDigicertClient } from '../digicert/client.ts'
import { errorOf, once } from '../test-client.ts'

afterEach(() => vi.unstubAllGlobals())

describe('a request whose time is over', () => {
  it.each(['the platform’s fetch', 'a fetch that was passed in'])('is let go of by %s', async (which) => {
    const signals: AbortSignal[] = []
    const never = (request: Request, init?: { readonly signal?: AbortSignal }): Promise<Response> => {
      signals.push(init?.signal ?? request.signal)
      return new Promise(() => {})
    }
    const isOwn = which === 'a fetch that was passed in'
    if (!isOwn) vi.stubGlobal('fetch', never)
    const client = createDigicertClient({ apiKey: 'key', timeoutMs: 5, ...(isOwn && { fetch: never }), ...once })
    expect(await errorOf(client.duplicates.list(1))).toMatchObject({ code: 'timeout' })
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  })

  it('is not sent any more when its key comes late', async () => {
    const { promise: key, resolve } = Promise.withResolvers<string>()
    const fetch = vi.fn<() => Promise<Response>>(async () => new Response('{}'))
    const client = createDigicertClient({ apiKey: () => key, fetch, timeoutMs: 5, ...once })
    expect(await errorOf(client.duplicates.list(1))).toMatchObject({ code: 'timeout' })
    resolve('key')
    await new Promise(setImmediate)
    expect(fetch).not.toHaveBeenCalled()
  })

  it('reaches the fetch of the platform as it is when the call is made', async () => {
    const client = createDigicertClient({ apiKey: 'key', ...once })
    const fetch = vi.fn<() => Promise<Response>>(async () => new Response('{}'))
    vi.stubGlobal('fetch', fetch)
    await client.duplicates.list(1)
    expect(fetch).toHaveBeenCalledOnce()
  })
})

describe('a request that may change something', () => {
  /** The platform's `fetch`, and what it was told beside the request; Deno's connections where it is Deno. */
  function setup(deno?: object) {
    const told: object[] = []
    vi.stubGlobal('Deno', deno)
    vi.stubGlobal('fetch', async ({ method }: Request, { signal: _signal, ...init }: RequestInit) => {
      told.push({ method, ...init })
      return new Response('{}')
    })
    return { told, client: createDigicertClient({ apiKey: 'key', ...once }) }
  }

  it('gets a connection of its own, so that no platform repeats it in silence', async () => {
    const { told, client } = setup()
    await client.orders.cancel(1, 'No.')
    await client.duplicates.list(1)
    expect(told).toEqual([{ method: 'PUT', keepalive: false }, { method: 'GET' }])
  })

  it('gets it in the terms of Deno, too, and lets go of it', async () => {
    const connection = { close: vi.fn<() => void>() }
    const createHttpClient = vi.fn<() => object>(() => connection)
    const { told, client } = setup({ createHttpClient })
    await client.orders.cancel(1, 'No.')
    await client.duplicates.list(1)
    expect(told).toEqual([{ method: 'PUT', keepalive: false, client: connection }, { method: 'GET' }])
    expect([createHttpClient, connection.close].map(({ mock }) => mock.calls.length)).toEqual([1, 1])
  })
})
