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

  it('reaches the fetch of the platform as it is when the call is made', async () => {
    const client = createDigicertClient({ apiKey: 'key', ...once })
    const fetch = vi.fn<() => Promise<Response>>(async () => new Response('{}'))
    vi.stubGlobal('fetch', fetch)
    await client.duplicates.list(1)
    expect(fetch).toHaveBeenCalledOnce()
  })
})
