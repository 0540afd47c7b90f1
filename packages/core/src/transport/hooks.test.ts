import { describe, expect, it } from 'vitest'
import { createCdnProClient } from '../cdnpro/client.ts'
import { createDigicertClient } from '../digicert/client.ts'
import type { Fetch } from '../fetch.ts'
import { canary } from '../test-client.ts'
import type { Hooks } from './hooks.ts'

const retry = { baseMs: 0 }

/** Hooks that note what they are told. */
function setup() {
  const told: unknown[] = []
  const note = (name: string) => (event: unknown) => void told.push([name, event])
  const hooks: Hooks = {
    onRequest: note('request'),
    onResponse: note('response'),
    onRetry: note('retry'),
    onError: note('error'),
  }
  return { told, hooks }
}

function answering(...statuses: number[]): Fetch {
  let calls = 0
  return async () => new Response('{}', { status: statuses[calls++] ?? 200, headers: { 'x-cnc-request-id': 'abc' } })
}

describe('hooks', () => {
  it('may be the methods of an object', async () => {
    class Count {
      readonly told: Record<string, number> = {}
      note(what: string): void {
        this.told[what] = (this.told[what] ?? 0) + 1
      }
      onRequest(): void {
        this.note('request')
      }
      onResponse(): void {
        this.note('response')
      }
      onRetry(): void {
        this.note('retry')
      }
      onError(): void {
        this.note('error')
      }
    }
    const hooks = new Count()
    const client = createCdnProClient({ username: 'u', apiKey: 'k', fetch: answering(500, 404), hooks, retry })
    await client.certificates.get('x').catch(() => undefined)
    expect(hooks.told).toEqual({ request: 2, response: 2, retry: 1, error: 1 })
  })

  it('are told of each attempt, each pause and the end', async () => {
    const { told, hooks } = setup()
    const client = createCdnProClient({
      username: 'u',
      apiKey: 'k',
      fetch: answering(500, 404),
      hooks,
      retry,
      baseUrl: 'https://twin.example',
    })
    await client.certificates.get('x').catch(() => undefined)
    const call = expect.any(Number) as number
    const request = {
      call,
      operation: 'getCertificate',
      method: 'GET',
      url: 'https://twin.example/cdn/certificates/x',
    }
    const elapsedMs = expect.any(Number) as number
    expect(told).toEqual([
      ['request', { ...request, attempt: 1 }],
      ['response', { ...request, attempt: 1, status: 500, requestId: 'abc', elapsedMs }],
      [
        'retry',
        { call, operation: 'getCertificate', attempt: 1, code: 'server_error', outcome: 'unknown', pauseMs: 0 },
      ],
      ['request', { ...request, attempt: 2 }],
      ['response', { ...request, attempt: 2, status: 404, requestId: 'abc', elapsedMs }],
      [
        'error',
        {
          call,
          operation: 'getCertificate',
          error: expect.objectContaining({ code: 'not_found', attempts: 2, requestId: 'abc' }),
        },
      ],
    ])
  })

  it('cannot disturb a call', async () => {
    const fail = (): never => {
      throw new Error('A hook failed.')
    }
    const hooks = { onRequest: fail, onResponse: fail, onRetry: fail, onError: fail }
    const client = createDigicertClient({ apiKey: 'key', fetch: answering(500, 404), hooks, retry })
    await expect(client.duplicates.list(1)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('cannot leave a rejection that nobody handles', async () => {
    const rejected: unknown[] = []
    const note = (reason: unknown): void => void rejected.push(reason)
    process.on('unhandledRejection', note)
    try {
      const onRequest = async (): Promise<void> => Promise.reject(new Error('A hook failed.'))
      await createDigicertClient({ apiKey: 'key', fetch: answering(200), hooks: { onRequest } }).duplicates.list(1)
      await new Promise(setImmediate)
      expect(rejected).toEqual([])
    } finally {
      process.off('unhandledRejection', note)
    }
  })

  it('are not told what is secret', async () => {
    const { told, hooks } = setup()
    const client = createDigicertClient({ apiKey: canary, fetch: answering(404), hooks })
    await client.products.get(canary).catch(() => undefined)
    expect(told).toHaveLength(3)
    const text = JSON.stringify(told)
    for (const form of [canary, encodeURIComponent(canary), btoa(canary)]) expect(text).not.toContain(form)
    expect(text).toContain('***')
  })

  it.each(['onRequest', 'onResponse', 'onRetry', 'onError'])('must be functions: %s', (name) => {
    const create = (): unknown => createDigicertClient({ apiKey: 'key', hooks: { [name]: 'log' } })
    expect(create).toThrow(`hooks.${name} must be a function.`)
  })
})

describe('the header User-Agent', () => {
  it('is what the caller chose', async () => {
    let sent: string | null = null
    const fetch: Fetch = async (request) => {
      sent = request.headers.get('User-Agent')
      return new Response('{}')
    }
    await createDigicertClient({ apiKey: 'key', fetch, userAgent: 'deployer/2.1 (nightly)' }).duplicates.list(1)
    expect(sent).toBe('deployer/2.1 (nightly)')
    expect(() => createDigicertClient({ apiKey: 'key', userAgent: 'line\nbreak' })).toThrow('userAgent must be')
  })

  it.each([null, 'onRequest'])('cannot be %j', (odd) => {
    expect(() => createDigicertClient({ apiKey: 'key', hooks: odd as never })).toThrow('hooks must be an object.')
  })
})
