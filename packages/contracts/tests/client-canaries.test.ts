import { inspect } from 'node:util'
import {
  type CdnProClient,
  createCdnProClient,
  createDigicertClient,
  type DigicertClient,
  type Fetch,
  type Hooks,
  isCerttwinError,
} from '@certtwin/core'
import { openTelemetryHooks } from '@certtwin/core/opentelemetry'
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createCertificateMaterial, createKeyMaterial } from './material.ts'

// Secrets and everything that a client tells: errors in every form, hooks, spans. The service repeats all that it was sent, in every
// spelling, wherever an answer has room for it.

const apiKey = 'canary+key/of=client.7531'
const secretKey = 'canary+secret/of=client.8642'
const { certificate, privateKey } = createCertificateMaterial(['canary.example'])
const { csr } = createKeyMaterial()
const now = Date.parse('2023-04-04T12:53:25Z')
const password = createHmac('sha1', apiKey).update(new Date(now).toUTCString()).digest('base64')

const credentials = btoa(`user:${password}`)

/** The spellings that nothing may show. */
function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    encodeURIComponent(secret),
  ]
}

type Secrets = Readonly<Record<string, string>>

/** Answers with whatever it got, and with every secret in every spelling. */
function echoing(status: number, known: Secrets): Fetch {
  return async (request) => {
    const heard = [
      request.url,
      ...[...request.headers].flat(),
      await request.text(),
      ...Object.values(known).flatMap(spellingsOf),
    ].join(' | ')
    const body = {
      errors: [{ code: heard, message: heard }],
      code: heard,
      message: heard,
      result: heard,
      [heard]: heard,
    }
    const headers = { 'x-cnc-request-id': encodeURI(heard).slice(0, 4000) }
    return new Response(status === 200 ? heard : JSON.stringify(body), { status, headers })
  }
}

/** A connection that breaks, with everything in the error and its causes. */
function breaking(known: Secrets): Fetch {
  return async (request) => {
    const heard = [request.url, ...[...request.headers].flat(), ...Object.values(known)].join(' | ')
    throw new TypeError(heard, { cause: Object.assign(new Error(heard, { cause: new Error(heard) }), { code: heard }) })
  }
}

function record() {
  const told: unknown[] = []
  const note = (event: unknown): void => void told.push(event)
  const hooks: Hooks = { onRequest: note, onResponse: note, onRetry: note, onError: note }
  return { told, hooks }
}

const request = { certificate: { common_name: 'canary.example', csr, signature_hash: 'sha256' } }
const newVersion = { certificate, privateKey }

/** A call, and what of it nobody may see. */
type CanaryCall<Client> = readonly [call: (client: Client) => Promise<unknown>, known: Secrets]

const digicertCalls: readonly CanaryCall<DigicertClient>[] = [
  [({ duplicates }) => duplicates.create(1, request), { apiKey, csr }],
  [({ duplicates }) => duplicates.create(1, request, { recover: true, settleMs: 0 }), { apiKey, csr }],
  [({ orders }) => orders.place('ssl_basic', { ...request, organization: { id: 1 } }), { apiKey, csr }],
  [({ orders }) => orders.reissue(1, request), { apiKey, csr }],
  [({ products }) => products.get(apiKey), { apiKey }], // by mistake
]
const cdnproCalls: readonly CanaryCall<CdnProClient>[] = [
  [
    ({ certificates }) => certificates.create({ name: apiKey, newVersion }),
    { apiKey, password, credentials, privateKey },
  ],
  [({ certificates }) => certificates.update('x', { newVersion }), { apiKey, password, privateKey }],
  [({ certificates }) => certificates.get(apiKey), { apiKey, password }], // by mistake
]

/** Everything that a value shows when a program prints it. */
function printed(value: unknown): string {
  const causes = value instanceof Error && value.cause !== undefined ? printed(value.cause) : ''
  const stack = value instanceof Error ? value.stack : ''
  return [JSON.stringify(value), inspect(value, { depth: 9, showHidden: true }), String(value), stack, causes].join(
    '\n',
  )
}

function shownIn(text: string, known: Secrets): string[] {
  const shown = Object.entries(known).filter(([, secret]) => spellingsOf(secret).some((each) => text.includes(each)))
  return shown.map(([name]) => name)
}

/** What of its secrets a call shows in its error and to hooks, and whether it failed as it should. */
async function lookAt(run: (hooks: Hooks) => Promise<unknown>, known: Secrets) {
  const { told, hooks } = record()
  const error: unknown = await run(hooks).catch((reason: unknown) => reason)
  const texts = [error, new Error('A program wraps it.', { cause: error }), told].map(printed)
  const shown = texts.flatMap((text) => shownIn(text, known))
  return { shown, isTyped: isCerttwinError(error), isTold: told.length > 1 }
}

describe('what a client tells', () => {
  const services: readonly (readonly [string, (known: Secrets) => Fetch])[] = [
    ['refuses', (known) => echoing(400, known)],
    ['does not know the key', (known) => echoing(401, known)],
    ['fails', (known) => echoing(500, known)],
    ['answers with something else', (known) => echoing(200, known)],
    ['is gone', breaking],
  ]
  const options = { apiKey, rateLimit: false, retry: { baseMs: 0 } } as const
  const asItShould = { shown: [], isTyped: true, isTold: true }

  it.each(services)('holds no secret when DigiCert %s', async (_name, service) => {
    for (const [call, known] of digicertCalls) {
      const create = (hooks: Hooks): DigicertClient =>
        createDigicertClient({ ...options, fetch: service(known), hooks })
      expect(await lookAt((hooks) => call(create(hooks)), known)).toEqual(asItShould)
    }
  })

  it.each(services)('holds no secret when CDN Pro %s', async (_name, service) => {
    for (const [call, known] of cdnproCalls) {
      const create = (hooks: Hooks): CdnProClient =>
        createCdnProClient({ username: 'user', ...options, fetch: service(known), hooks, now: () => now })
      expect(await lookAt((hooks) => call(create(hooks)), known)).toEqual(asItShould)
    }
  })

  it('holds no secret of access keys, and none in spans', async () => {
    const told: unknown[] = []
    const known = { apiKey, secretKey, privateKey }
    const startSpan = (...span: unknown[]) => {
      told.push(span)
      const note = (...more: unknown[]): void => void told.push(more)
      return { setAttributes: note, setStatus: note, end: note }
    }
    const client = createCdnProClient({
      username: 'user',
      apiKey,
      accessKey: 'public',
      secretKey,
      fetch: echoing(400, known),
      now: () => now,
      hooks: openTelemetryHooks({ startSpan }),
    })
    const error: unknown = await client.certificates
      .create({ name: secretKey, newVersion })
      .catch((reason: unknown) => reason)
    expect([...shownIn(printed(error), known), ...shownIn(printed(told), known)]).toEqual([])
    expect(told).toHaveLength(4)
  })
})
