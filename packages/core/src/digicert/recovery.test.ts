import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { isCerttwinError } from '../errors.ts'
import type { Fetch } from '../fetch.ts'
import type { RetryOptions } from '../transport/options.ts'
import { createDigicertClient } from './client.ts'

const csr = 'MAkwBwIBADAAMAA=' // the smallest that has a place for a key
const otherCsr = 'MAkwBwIBADAAMAE=' // with another key
const body = { certificate: { common_name: 'example.com', csr, signature_hash: 'sha256' } }
const issued = { id: 5, csr, status: 'approved' }

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

interface Service {
  /** How often an answer to a request for a duplicate is lost. */
  readonly lost: number
  /** The list, by how often it was asked for; `undefined` where it cannot be read. */
  readonly lists: readonly (readonly object[] | undefined)[]
  /** Whether it takes no connection for the requests that come then. */
  readonly refuses?: boolean
}

const refusedConnection = new TypeError('fetch failed', {
  cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED', syscall: 'connect' }),
})

function setup({ lost, lists, refuses = false }: Service, retry: RetryOptions = {}) {
  const sent: string[] = []
  const startMs = Date.now()
  const count = (what: string): number => sent.filter((each) => each.startsWith(what)).length
  const answers: Readonly<Record<string, () => unknown>> = {
    'POST /order/certificate/1/duplicate': () => {
      if (count('POST') <= lost) throw new TypeError('terminated')
      if (refuses) throw refusedConnection
      return { id: 1, requests: [{ id: 9 }] }
    },
    'GET /order/certificate/1/duplicate': () => {
      const list = lists[Math.min(count('GET /order'), lists.length) - 1]
      if (list === undefined) throw new TypeError('terminated')
      return { certificates: list }
    },
    'GET /certificate/5/chain': () => ({ intermediates: [{ subject_common_name: 'example.com', pem: 'x' }] }),
    'GET /request': () => ({
      requests: [7, 8, 9].map((id) => ({ id, order: { id: id === 9 ? 2 : 1 } })),
      page: { total: 3 },
    }),
    'GET /request/7': () => ({ id: 7, order: { certificate: { csr: otherCsr } } }),
    'GET /request/8': () => ({ id: 8, order: { certificate: { csr } } }),
  }
  const fetch: Fetch = async ({ method, url }) => {
    const what = `${method} ${new URL(url).pathname.replace('/services/v2', '')}`
    sent.push(`${what} ${Date.now() - startMs}`)
    return Response.json(answers[what]!())
  }
  const client = createDigicertClient({ apiKey: 'key', fetch, retry: { baseMs: 0, ...retry } })
  const create = async (options: object = {}): Promise<unknown> => {
    const end = client.duplicates.create(1, body, { recover: true, ...options }).catch((error: unknown) => error)
    await vi.runAllTimersAsync()
    return end
  }
  return { create, sent, posts: () => count('POST') }
}

describe('a duplicate whose answer was lost', () => {
  it('is not looked for where the answer came', async () => {
    const { create, sent } = setup({ lost: 0, lists: [[issued]] })
    expect(await create()).toEqual({ state: 'pending', id: 1, requests: [{ id: 9 }] })
    expect(sent).toHaveLength(1)
  })

  it('is found with its certificate', async () => {
    const { create, posts } = setup({ lost: 1, lists: [[{ id: 6, csr: otherCsr, status: 'approved' }, issued]] })
    expect(await create()).toEqual({
      state: 'issued',
      id: 1,
      certificate_id: 5,
      certificate_chain: [{ subject_common_name: 'example.com', pem: 'x' }],
    })
    expect(posts()).toBe(1)
  })

  it('is found with its request where it waits for an approval', async () => {
    const { create } = setup({ lost: 1, lists: [[{ ...issued, status: 'pending' }]] })
    expect(await create()).toEqual({ state: 'pending', id: 1, requests: [{ id: 8 }] })
  })

  it('is found as being worked on in any other state', async () => {
    const { create } = setup({ lost: 1, lists: [[{ ...issued, status: 'processing' }]] })
    expect(await create()).toEqual({ state: 'processing', id: 1, certificate_id: 5 })
  })

  it('may take its time to show up', async () => {
    const { create, sent, posts } = setup({ lost: 1, lists: [[], [], [issued]] })
    expect(await create()).toMatchObject({ state: 'issued' })
    expect(sent.filter((each) => each.startsWith('GET /order')).map((each) => each.split(' ')[2])).toEqual([
      '0',
      '1000',
      '2000',
    ])
    expect(posts()).toBe(1)
  })

  it.each([
    ['after 10 s', {}, 10_000],
    ['when the caller says so', { settleMs: 1500 }, 1500],
  ])('is asked for again when it did not show up %s', async (_name, options, atMs) => {
    const { create, sent } = setup({ lost: 1, lists: [[{ ...issued, status: 'rejected' }]] })
    expect(await create(options)).toMatchObject({ state: 'pending' })
    expect(sent.filter((each) => each.startsWith('POST'))).toEqual([
      'POST /order/certificate/1/duplicate 0',
      `POST /order/certificate/1/duplicate ${atMs}`,
    ])
  })

  it('is given up after as many attempts as any call', async () => {
    const { create, posts } = setup({ lost: 9, lists: [[]] })
    const error = await create({ settleMs: 0 })
    expect(error).toMatchObject({ code: 'network', outcome: 'unknown' })
    expect(isCerttwinError(error) && error.message).toMatch(/asked for 3 times and did not show up/)
    expect(posts()).toBe(3)
  })

  it('is never asked for again where nobody can tell whether it is there', async () => {
    const { create, posts } = setup({ lost: 1, lists: [undefined] })
    expect(await create()).toMatchObject({ code: 'network', outcome: 'unknown', operation: 'requestDuplicate' })
    expect(posts()).toBe(1)
  })

  it('is looked for before it is asked for again, also where blind repeats are allowed', async () => {
    const { create, posts } = setup({ lost: 1, lists: [[issued]] }, { unsafe: true })
    expect(await create()).toMatchObject({ state: 'issued' })
    expect(await create({ retry: { unsafe: true } })).toMatchObject({ state: 'pending' })
    expect(posts()).toBe(2)
  })

  it('is not looked for, and not asked for again, when the deadline has passed', async () => {
    const { create, posts, sent } = setup({ lost: 9, lists: [[]] })
    expect(await create({ deadlineMs: 3500 })).toMatchObject({ operation: 'requestDuplicate', outcome: 'unknown' })
    expect(posts()).toBe(1)
    expect(sent.at(-1)).toMatch(/ 3000$/)
    expect(await create({ deadlineMs: 3500, settleMs: 3500 })).toMatchObject({ outcome: 'unknown' })
    expect(posts()).toBe(2)
    expect(await create({ deadlineMs: 0 })).toMatchObject({ code: 'invalid_options', outcome: 'not_sent' })
  })

  it('is looked for no longer than the deadline, step after step', async () => {
    const startMs = Date.now()
    const fetch: Fetch = async ({ method, url }) => {
      if (method === 'POST') throw new TypeError('terminated')
      if (url.endsWith('/chain')) return new Promise(() => {})
      await new Promise((resolve) => setTimeout(resolve, 700))
      return Response.json({ certificates: [issued] })
    }
    const client = createDigicertClient({ apiKey: 'key', fetch })
    const end = client.duplicates.create(1, body, { recover: true, deadlineMs: 1000 }).catch((error: unknown) => error)
    await vi.runAllTimersAsync()
    expect(await end).toMatchObject({ operation: 'requestDuplicate', outcome: 'unknown' })
    expect(Date.now() - startMs).toBe(1000)
  })

  it('stays open where the caller gives up while it is looked for', async () => {
    const { create, posts } = setup({ lost: 1, lists: [[]] })
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 2500)
    expect(await create({ signal: controller.signal })).toMatchObject({
      code: 'aborted',
      operation: 'requestDuplicate',
      outcome: 'unknown',
      attempts: 1,
    })
    expect(posts()).toBe(1)
  })

  it('stays open where its certificate cannot be read', async () => {
    const { create } = setup({ lost: 1, lists: [[{ ...issued, id: 6 }]] })
    expect(await create()).toMatchObject({ operation: 'requestDuplicate', outcome: 'unknown' })
  })

  it('stays open where the second request did not arrive', async () => {
    const { create, posts } = setup({ lost: 1, lists: [[]], refuses: true })
    expect(await create()).toMatchObject({ code: 'network', operation: 'requestDuplicate', outcome: 'unknown' })
    expect(posts()).toBe(4)
  })

  it('is asked for as patiently as its caller says', async () => {
    const { create, posts } = setup({ lost: 1, lists: [[]], refuses: true })
    expect(await create({ retry: { attempts: 2 } })).toMatchObject({ code: 'network', outcome: 'unknown' })
    expect(posts()).toBe(3)
  })

  it('is refused beforehand where its CSR is none, since it could not be found', async () => {
    const client = createDigicertClient({ apiKey: 'key', fetch: () => Promise.reject(new Error('Nothing is sent.')) })
    const certificate = { ...body.certificate, csr: 'x' }
    await expect(client.duplicates.create(1, { certificate }, { recover: true })).rejects.toMatchObject({
      code: 'invalid_options',
      outcome: 'not_sent',
    })
  })
})
