import {
  type CdnProClient,
  createCdnProClient,
  createDigicertClient,
  type DigicertClient,
  type Fetch,
} from '@certtwin/core'
import { createCdnProClient as createOne } from '@certtwin/core/cdnpro'
import { createDigicertClient as createOther } from '@certtwin/core/digicert'
import { openTelemetryHooks } from '@certtwin/core/opentelemetry'
import { cdnProValidators, digicertValidators } from '@certtwin/core/validate'
import { equal, errorOf, ok } from './proof.ts'
import type { Cases, World } from './world.ts'

/** Made where a program begins, where an edge runtime gives neither randomness nor time, and used by requests that come later. */
const early: { readonly digicert: DigicertClient; readonly cdnpro: CdnProClient } = {
  digicert: createDigicertClient({
    apiKey: () => `MOCKKEYADMIN.${later.name}`,
    fetch: (request) => later.fetch(request),
  }),
  cdnpro: createCdnProClient({
    username: () => `example_username.${later.name}`,
    apiKey: () => 'example_apiKey',
    fetch: (request) => later.fetch(request),
  }),
}

/** Where the early clients get to, as soon as there is a world. */
const later: { name: string; fetch: Fetch } = { name: '', fetch }

function lead({ name, place: { twins } }: World): void {
  later.name = name
  later.fetch = (request) => {
    const { origin, pathname } = new URL(request.url)
    const twin = origin.endsWith('digicert.com') ? twins.digicert : twins.gateway
    return fetch(new Request(`${twin}${pathname}`, request))
  }
}

const answerOf = (body: unknown) => async (): Promise<Response> => Response.json(body)

/** What a client can be told. */
export const options: Cases = {
  'a client can be made where the program begins': async (world) => {
    lead(world)
    equal((await early.digicert.orders.get(100003)).id, 100003)
    ok((await early.cdnpro.certificates.page()).count > 0, 'there are some')
  },
  'and it can be used by a later request': async (world) => {
    lead(world)
    equal((await early.digicert.orders.get(100003)).id, 100003)
    ok((await early.cdnpro.certificates.page()).count > 0, 'there are some')
  },
  'a credential is asked for each time': async (world) => {
    const keys = [`MOCKKEYVIEWONLY.${world.name}`, `MOCKKEYADMIN.${world.name}`]
    const { orders } = world.digicert({ apiKey: async () => keys.shift()! })
    equal((await errorOf(orders.cancel(100005, 'No.'))).code, 'forbidden')
    await orders.cancel(100005, 'No.')
    equal(keys, [])
  },
  'credentials may rotate at CDN Pro': async (world) => {
    let asked = 0
    const count = (value: string) => () => (asked++, value)
    await world.fail('gateway', 'listCertificates', { kind: 'error', status: 503 })
    const names = { username: count(`example_username.${world.name}`), apiKey: count('example_apiKey') }
    await world.gateway(names).certificates.page()
    equal(asked, 4)
  },
  'hooks are told of every attempt, and cannot break a call': async (world) => {
    const told: string[] = []
    const hooks = {
      onRequest: ({ operation, attempt }: { operation: string; attempt: number }) =>
        void told.push(`${operation} ${attempt}`),
      onResponse: ({ status }: { status: number }) => void told.push(String(status)),
      onRetry: ({ code }: { code: string }) => {
        told.push(code)
        throw new Error('A hook is broken.')
      },
    }
    await world.fail('digicert', 'getOrder', { kind: 'error', status: 503 })
    await world.digicert({ hooks }).orders.get(100003)
    equal(told, ['getOrder 1', '503', 'server_error', 'getOrder 2', '200'])
  },
  'hooks can make spans': async (world) => {
    const spans: string[] = []
    const span = { setAttributes: () => {}, setStatus: () => {}, end: () => void spans.push('end') }
    const startSpan = (name: string): typeof span => {
      spans.push(name)
      return span
    }
    await world.digicert({ hooks: openTelemetryHooks({ startSpan }) }).orders.get(100003)
    equal(spans, ['GET', 'end'])
  },
  'validators let pass what the contract says': async (world) => {
    const digicert = world.digicert({ validate: digicertValidators })
    equal((await digicert.duplicates.list(100003)).length, 2)
    equal((await digicert.orders.get(100003)).id, 100003)
    ok((await world.gateway({ validate: cdnProValidators }).certificates.page()).count > 0, 'there are some')
  },
  'validators refuse anything else': async (world) => {
    const client = world.digicert({ validate: digicertValidators, fetch: answerOf({ id: 'no number' }) })
    equal((await errorOf(client.orders.get(1))).code, 'unexpected_response')
  },
  'each half of the package works alone': async (world) => {
    const { digicert, gateway } = world.place.twins
    const one = createOne({ username: `example_username.${world.name}`, apiKey: 'example_apiKey', baseUrl: gateway })
    const other = createOther({ apiKey: `MOCKKEYADMIN.${world.name}`, baseUrl: `${digicert}/services/v2` })
    ok((await one.certificates.page()).count > 0, 'there are some')
    equal((await other.orders.get(100003)).id, 100003)
  },
  'a program names itself': async (world) => {
    await world.digicert({ userAgent: 'renewals/1.2' }).orders.get(100003)
    const [call] = await world.calls('digicert', 'getOrder')
    const [, agent] = call!.request.headers.find(([name]) => name.toLowerCase() === 'user-agent') ?? []
    equal(agent, 'renewals/1.2')
  },
  'a wrong option is named when the client is made': async ({ digicert }) => {
    const { code, message } = await errorOf((async () => digicert({ timeoutMs: -1 }))())
    equal([code, message.includes('timeoutMs')], ['invalid_options', true])
  },
}
