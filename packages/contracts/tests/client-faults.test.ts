import { createCdnProClient, createDigicertClient, isCerttwinError } from '@certtwin/core'
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createDigicertMock } from '@certtwin/mock-digicert'
import { createManualClock, type Fetch, type FaultRule, type JournalEntry } from '@certtwin/mock-kit'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cdnproCalls } from './client-calls/cdnpro.ts'
import { digicertCalls } from './client-calls/digicert.ts'

// Every operation under every fault ends in time, with what was asked for or with an error that says what is known, and nothing that
// costs money is done twice.

const limits = { timeoutMs: 300, deadlineMs: 1500 }
const retry = { baseMs: 1, capMs: 5 }
const clockStart = '2023-04-04T12:53:25Z'

/** What befalls the first call of an operation, in the twin or on the way back. */
interface Fault {
  readonly rule?: Omit<FaultRule, 'operation' | 'id'>
  /** Whether the twin acts on the request all the same. */
  readonly takesEffect: boolean
  readonly change?: (response: Response) => Response
  /** By how much the clock of the client is wrong. */
  readonly clockMs?: number
  /** How a call may end that may be made twice. */
  readonly ends: readonly string[]
  /** How another call may end. */
  readonly unsafe: readonly string[]
}

const emptied = ({ status, headers }: Response): Response =>
  new Response(null, { status, headers: withoutLength(headers) })
const asHtml = ({ status }: Response): Response =>
  new Response('<html>', { status: status === 204 ? 200 : status, headers: { 'Content-Type': 'text/html' } })
const withRetryAfter = ({ status, headers, body }: Response): Response =>
  new Response(body, { status, headers: { ...Object.fromEntries(headers), 'Retry-After': '0' } })

function withoutLength(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => name !== 'content-length'))
}

const [lost, late, unread] = ['network (unknown)', 'timeout (unknown)', 'unexpected_response (unknown)']
const [failed, limited] = ['server_error (unknown)', 'rate_limited (none)']
/** A repeat that is told that what it asks for has been done. */
const told = 'invalid_request (unknown)'

const faults: Readonly<Record<string, Fault>> = {
  // A wait goes on after it.
  'status 429': { rule: { kind: 'error', status: 429 }, takesEffect: false, ends: [limited, 'ok'], unsafe: [limited] },
  '429 with Retry-After': {
    rule: { kind: 'error', status: 429 },
    takesEffect: false,
    change: withRetryAfter,
    ends: ['ok'],
    unsafe: ['ok'],
  },
  'status 500': { rule: { kind: 'error', status: 500 }, takesEffect: false, ends: ['ok'], unsafe: [failed] },
  'status 503': { rule: { kind: 'error', status: 503 }, takesEffect: false, ends: ['ok'], unsafe: [failed] },
  'reset before': { rule: { kind: 'reset' }, takesEffect: false, ends: ['ok'], unsafe: [lost] },
  'reset after': { rule: { kind: 'reset', effect: 'after' }, takesEffect: true, ends: ['ok', told], unsafe: [lost] },
  'silence before': { rule: { kind: 'silence' }, takesEffect: false, ends: ['ok'], unsafe: [late] },
  'silence after': {
    rule: { kind: 'silence', effect: 'after' },
    takesEffect: true,
    ends: ['ok', told],
    unsafe: [late],
  },
  'slow body': { rule: { kind: 'slow-body', delay: 50 }, takesEffect: true, ends: ['ok'], unsafe: ['ok', late] },
  'truncated body': { rule: { kind: 'truncated-body' }, takesEffect: true, ends: ['ok'], unsafe: ['ok', lost] },
  'broken JSON': { rule: { kind: 'broken-json' }, takesEffect: true, ends: ['ok', unread], unsafe: ['ok', unread] },
  'wrong type': { rule: { kind: 'wrong-content-type' }, takesEffect: true, ends: ['ok', unread], unsafe: ['ok'] },
  'empty body': { takesEffect: true, change: emptied, ends: ['ok', unread], unsafe: ['ok', unread] },
  'HTML body': { takesEffect: true, change: asHtml, ends: [unread], unsafe: [unread] },
  'stale clock': { takesEffect: true, clockMs: -3_600_000, ends: ['ok'], unsafe: ['ok'] },
}

interface Twin {
  readonly fetch: Fetch
  readonly requests: readonly JournalEntry[]
}

/** A service whose answer to the first call of an operation is changed on its way. */
function createService(twin: Twin, operation: string, { change }: Fault) {
  let calls = 0
  const fetch: Fetch = async (request) => {
    const response = await twin.fetch(request)
    const isMeant = change !== undefined && twin.requests.at(-1)?.operation === operation
    return isMeant && calls++ === 0 ? change(response) : response
  }
  return { fetch, retry, ...limits }
}

interface Scene {
  readonly run: () => Promise<unknown>
  readonly twin: Twin
}

function rulesOf(operation: string, { rule }: Fault): FaultRule[] {
  return rule === undefined ? [] : [{ ...rule, id: 'fault', operation, first: 1 }]
}

function atDigicert(operation: string, fault: Fault): Scene {
  const clock = createManualClock(clockStart)
  const twin = createDigicertMock({ clock, seed: 'faults', faults: rulesOf(operation, fault) })
  const client = createDigicertClient({ apiKey: twin.accounts[0].apiKey, ...createService(twin, operation, fault) })
  return { run: () => digicertCalls[operation]![0](client), twin }
}

function atCdnPro(operation: string, fault: Fault): Scene {
  const clock = createManualClock(clockStart)
  const [generation, lifecycle] = ['current', 'at-once'] as const
  const twin = createCdnProMock({ clock, seed: 'faults', generation, lifecycle, faults: rulesOf(operation, fault) })
  const [{ username, apiKey }] = twin.accounts
  const now = (): number => clock.now() + (fault.clockMs ?? 0)
  const client = createCdnProClient({ username, apiKey, now, ...createService(twin, operation, fault) })
  return { run: () => cdnproCalls[operation]![0](client), twin }
}

const unsafe = /^(?:place|request|reissue|revoke|create|update)/
/** A change that may happen twice without another effect. */
const repeatable = ['updateRequestStatus', 'updateOrderStatus']

/** How often the twin acted on the operation. */
function effectsOf(operation: string, { takesEffect }: Fault, requests: readonly JournalEntry[]): number {
  const acted = requests.filter(
    (entry) => entry.operation === operation && entry.status !== 401 && (entry.fault === undefined || takesEffect),
  )
  return acted.length
}

const table = new Map<string, Record<string, string>>()

/** How much of the platform's cryptography is under way: it takes real time. */
let ciphering = 0

function watchCryptography(method: 'importKey' | 'sign' | 'encrypt'): void {
  const original = crypto.subtle[method].bind(crypto.subtle) as (...input: unknown[]) => Promise<never>
  vi.spyOn(crypto.subtle, method).mockImplementation((...input: unknown[]) => {
    ciphering++
    return original(...input).finally(() => ciphering--)
  })
}

/** Runs a call on made-up time, which stands still while the platform signs. */
async function finish({ run }: Scene): Promise<unknown> {
  const course = { isOver: false }
  const end = run()
    .catch((error: unknown) => error)
    .finally(() => (course.isOver = true))
  while (!course.isOver) {
    if (ciphering === 0) await vi.advanceTimersByTimeAsync(1)
    await new Promise(setImmediate)
  }
  return end
}

const cells = [
  ...Object.keys(digicertCalls).map((operation) => ({ operation, at: atDigicert })),
  ...Object.keys(cdnproCalls).map((operation) => ({ operation, at: atCdnPro })),
].flatMap((each) => Object.entries(faults).map(([name, fault]) => ({ ...each, name, fault })))

describe('a call of the client', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    for (const method of ['importKey', 'sign', 'encrypt'] as const) watchCryptography(method)
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.useRealTimers()
  })
  afterAll(() => {
    const rows = [...table].map(([operation, row]) => [operation.padEnd(34), ...Object.values(row)].join(' | '))
    const head = ['operation'.padEnd(34), ...Object.keys(faults)].join(' | ')
    process.stdout.write(`${[head, ...rows].join('\n')}\n`)
  })

  it.each(cells)('of $operation ends well under: $name', async ({ operation, at, name, fault }) => {
    const scene = at(operation, fault)
    const result = await finish(scene)
    const error = result instanceof Error ? result : undefined
    const word = isCerttwinError(error) ? `${error.code} (${error.outcome})` : String(error ?? 'ok')
    table.set(operation, { ...table.get(operation), [name]: word })
    expect(isCerttwinError(error) ? error.elapsedMs : 0).toBeLessThanOrEqual(limits.deadlineMs)
    const mayRepeat = !unsafe.test(operation) || repeatable.includes(operation)
    expect(mayRepeat ? fault.ends : fault.unsafe).toContain(word)
    expect(mayRepeat ? 0 : effectsOf(operation, fault, scene.twin.requests)).toBeLessThanOrEqual(1)
  })

  it('has at least 300 cells', () => {
    expect(cells.length).toBeGreaterThanOrEqual(300)
  })
})
