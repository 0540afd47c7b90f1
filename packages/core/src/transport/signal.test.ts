import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createCdnProClient } from '../cdnpro/client.ts'
import { createDigicertClient } from '../digicert/client.ts'
import type { Fetch } from '../fetch.ts'
import { errorOf } from '../test-client.ts'
import type { CallOptions } from './options.ts'

// The platform's other timers stay, since signing waits for threads.
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => vi.useRealTimers())

const csr = 'MAkwBwIBADAAMAA=' // the smallest that has a place for a key

type Whose = 'client' | 'call'
type Answer = (request: Request) => Promise<unknown>

/** Clients with a signal whose calls have another one, and what aborts one of the two. */
function setup(whose: Whose, answer: Answer) {
  const controller = new AbortController()
  const signals = [controller.signal, new AbortController().signal] as const
  const [ofClients, ofCalls] = whose === 'client' ? signals : signals.toReversed()
  let sent = 0
  const answers: unknown[] = []
  const fetch: Fetch = async (request) => {
    sent++
    return Response.json(await answer(request))
  }
  const hooks = { onResponse: () => void answers.push(undefined) }
  const options = { apiKey: 'key', fetch, hooks, signal: ofClients }
  return {
    clients: {
      digicert: createDigicertClient(options),
      cdnpro: createCdnProClient({ ...options, username: 'user' }),
    },
    /** What each call gets. */
    given: { signal: ofCalls } as CallOptions,
    controller,
    /** Until a number of answers has come, and what follows them without waiting has happened. */
    answered: async (count: number): Promise<void> => {
      while (answers.length < count) await new Promise(setImmediate)
      await new Promise(setImmediate)
    },
    sent: () => sent,
    left: () => ({
      timers: vi.getTimerCount(),
      listeners: signals.flatMap((signal) => getEventListeners(signal, 'abort')).length,
    }),
  }
}

const none = { timers: 0, listeners: 0 }

type Clients = ReturnType<typeof setup>['clients']

const waits: readonly (readonly [string, (clients: Clients, given: CallOptions) => Promise<unknown>])[] = [
  ['duplicates', ({ digicert }, given) => digicert.duplicates.waitForIssued(1, csr, given)],
  ['deployments', ({ cdnpro }, given) => cdnpro.deployments.waitForSuccess('t1', given)],
  ['validations', ({ cdnpro }, given) => cdnpro.validations.waitForSuccess('v1', given)],
]
const ofBoth = waits.flatMap(([name, wait]) =>
  (['client', 'call'] as const).map((whose) => [name, whose, wait] as const),
)

/** Of a thing that is not ready at the first look, and is at the second. */
const readyAtSecond = (): Answer => {
  let looks = 0
  return async () =>
    ++looks === 1
      ? { certificates: [], status: 'waiting' }
      : { certificates: [{ id: 1, csr, status: 'issued' }], status: 'succeeded' }
}

describe('a wait', () => {
  it.each(ofBoth)('for %s ends at once in its pause with the signal of its %s', async (_name, whose, wait) => {
    const { clients, given, controller, answered, sent, left } = setup(whose, readyAtSecond())
    const end = errorOf(wait(clients, given))
    await answered(1)
    expect(left()).toEqual({ timers: 1, listeners: 2 })
    controller.abort()
    expect(await end).toMatchObject({ code: 'aborted' })
    expect(performance.now()).toBe(0)
    expect(sent()).toBe(1)
    expect(left()).toEqual(none)
  })

  it.each(ofBoth)('for %s that is over leaves nothing at the signal of its %s', async (_name, whose, wait) => {
    const { clients, given, answered, sent, left } = setup(whose, readyAtSecond())
    const end = wait(clients, given)
    await answered(1)
    vi.advanceTimersByTime(10_000)
    await end
    expect(sent()).toBe(2)
    expect(left()).toEqual(none)
  })

  it.each(waits)('for %s ends at once while it looks, with either signal', async (_name, wait) => {
    for (const whose of ['client', 'call'] as const) {
      const { clients, given, controller, sent, left } = setup(whose, () => new Promise(() => {}))
      const end = errorOf(wait(clients, given))
      while (sent() === 0) await new Promise(setImmediate)
      controller.abort()
      expect(await end).toMatchObject({ code: 'aborted', attempts: 1 })
      expect(left()).toEqual(none)
    }
  })
})

describe.each(['client', 'call'] as const)('the signal of a %s', (whose) => {
  it('ends at once the pause of a duplicate that is looked for', async () => {
    const { clients, given, controller, answered, sent, left } = setup(whose, async ({ method }) => {
      if (method === 'POST') throw new TypeError('terminated')
      return { certificates: [] }
    })
    const certificate = { common_name: 'example.com', csr, signature_hash: 'sha256' }
    const end = errorOf(clients.digicert.duplicates.create(1, { certificate }, { recover: true, ...given }))
    await answered(1)
    expect(left()).toEqual({ timers: 1, listeners: 2 })
    controller.abort()
    expect(await end).toMatchObject({ code: 'aborted', operation: 'requestDuplicate', outcome: 'unknown' })
    expect(sent()).toBe(2)
    expect(left()).toEqual(none)
  })

  const page = { users: [{ id: 1 }, { id: 2 }], certificates: [{ id: 1 }, { id: 2 }], page: { total: 4 }, count: 4 }
  const lists = ({ digicert, cdnpro }: Clients, given: CallOptions) =>
    [
      ['listUsers', digicert.account.users(given)],
      ['listCertificates', cdnpro.certificates.list(given)],
    ] as readonly (readonly [string, AsyncIterable<unknown>])[]

  it.each([0, 1])('ends a list between two entries of a page: list %i', async (which) => {
    const { clients, given, controller, left } = setup(whose, async () => page)
    const [operation, list] = lists(clients, given)[which]!
    let seen = 0
    const reading = (async () => {
      for await (const entry of list) {
        void entry
        seen++
        controller.abort()
      }
    })()
    expect(await errorOf(reading)).toMatchObject({ code: 'aborted', operation, outcome: 'not_sent' })
    expect(seen).toBe(1)
    expect(left()).toEqual(none)
  })

  it.each([0, 1])('ends a list whose next page is on its way: list %i', async (which) => {
    const { clients, given, controller, sent, left } = setup(whose, ({ url }) =>
      url.includes('offset') ? new Promise(() => {}) : Promise.resolve(page),
    )
    const [operation, list] = lists(clients, given)[which]!
    const entries = list[Symbol.asyncIterator]()
    await entries.next()
    await entries.next()
    expect(left()).toEqual(none)
    const end = errorOf(entries.next())
    while (sent() < 2) await new Promise(setImmediate)
    controller.abort()
    expect(await end).toMatchObject({ code: 'aborted', operation, attempts: 1 })
    expect(left()).toEqual(none)
  })
})
