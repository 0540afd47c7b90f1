import { execFile } from 'node:child_process'
import { request as httpRequest } from 'node:http'
import { createCdnProMock } from '@certtwin/mock-cdnpro'
import { createDigicertMock } from '@certtwin/mock-digicert'
import type { FaultRule, JournalEntry } from '@certtwin/mock-kit'
import { afterEach, describe, expect, it } from 'vitest'
import { cannotRun } from './programs.ts'

// Each kind of fault, at both twins, as two plain clients see it: `node:http`, and curl by the number that it exits with.

/** What a client saw; a connection that ended badly has an error. */
interface Seen {
  readonly status: number | undefined
  readonly type: string | undefined
  readonly body: string
  readonly error: string | undefined
}

interface Twin {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly operation: string
  /** The status of the answer that the fault gets in the way of; refusals have bodies too. */
  readonly status: number
  /** The body of the vendor's 429. */
  readonly tooMany: string
  readonly start: () => Promise<Started>
}

interface Started {
  readonly url: string
  readonly close: () => Promise<void>
  readonly add: (rule: FaultRule) => void
  readonly requests: () => readonly JournalEntry[]
}

const twins: Readonly<Record<string, Twin>> = {
  DigiCert: {
    path: '/services/v2/order/certificate/100003/duplicate',
    headers: { 'X-DC-DEVKEY': 'MOCKKEYADMIN' },
    operation: 'listDuplicates',
    status: 200,
    tooMany: '"code":"request_limit_exceeded"',
    start: async () => toStarted(createDigicertMock({ seed: 'faults' })),
  },
  'CDN Pro': {
    path: '/cdn/certificates/9fddeb2fea3ed5b52d89d81d/versions/1',
    headers: {},
    operation: 'getCertificateVersion',
    status: 401,
    tooMany: 'The number of API requests exceeds the limit.',
    start: async () => toStarted(createCdnProMock({ seed: 'faults' })),
  },
}

const running: Started[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ close }) => close()))
})

async function toStarted(mock: ReturnType<typeof createDigicertMock | typeof createCdnProMock>): Promise<Started> {
  const { url, close } = await mock.listen()
  const started: Started = { url, close, add: (rule) => mock.faults.add(rule), requests: () => mock.requests }
  running.push(started)
  return started
}

function ask(url: string, headers: Twin['headers'], timeoutMs = 20_000): Promise<Seen> {
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException): void =>
      resolve({ status: undefined, type: undefined, body: '', error: error.code })
    const request = httpRequest(url, { headers, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
      let body = ''
      const { statusCode: status, headers: answered } = response
      const seen = (error?: string): Seen => ({ status, type: answered['content-type'], body, error })
      response.setEncoding('utf8').on('data', (part: string) => (body += part))
      response.on('end', () => resolve(seen())).on('error', (error: NodeJS.ErrnoException) => resolve(seen(error.code)))
    })
    request.on('error', fail).end()
  })
}

/** The exit code of curl, and what it printed: the body, then status and media type. */
function curl(url: string, headers: Twin['headers']): Promise<{ code: number; stdout: string }> {
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const args = ['-s', '--noproxy', '*', '--max-time', '1', '-w', '\n%{http_code} %{content_type}', ...given, url]
  return new Promise((resolve) => {
    execFile('curl', args, (error, stdout) => resolve({ code: Number(error?.code ?? 0), stdout }))
  })
}

describe.each(Object.entries(twins))('at the %s twin', (_, { path, headers, operation, status, tooMany, start }) => {
  async function setup(rule: Omit<FaultRule, 'operation'>) {
    const started = await start()
    const whole = await ask(`${started.url}${path}`, headers)
    started.add({ operation, ...rule })
    const last = (): JournalEntry => started.requests().at(-1)!
    return { url: `${started.url}${path}`, whole, last }
  }

  it('answers without a fault', async () => {
    const { whole, last } = await setup({ kind: 'delay', first: 1 })
    expect(whole).toMatchObject({ status, type: 'application/json', error: undefined })
    expect(last().fault).toBeUndefined()
  })

  it('error: the vendor’s own, in the vendor’s words, for the first calls alone', async () => {
    const { url, whole, last } = await setup({ kind: 'error', status: 429, first: 1 })
    const seen = await ask(url, headers)
    expect(seen).toMatchObject({ status: 429, type: 'application/json' })
    expect(seen.body).toContain(tooMany)
    expect(last().fault).toEqual({ rule: 'f1', kind: 'error', injected: true })
    expect(await ask(url, headers)).toMatchObject({ status, body: whole.body })
  })

  it.each([500, 503])('error: a %d', async (code) => {
    const { url } = await setup({ kind: 'error', status: code })
    expect(await ask(url, headers)).toMatchObject({ status: code, type: 'application/json' })
    expect((await curl(url, headers)).stdout).toMatch(new RegExp(`\n${code} application/json$`))
  })

  it('delay: the same answer, later than curl waits', { skip: cannotRun('curl') !== undefined }, async () => {
    const { url, whole, last } = await setup({ kind: 'delay', delay: '1.5s' })
    expect(await ask(url, headers)).toMatchObject({ status, body: whole.body })
    expect(last()).toMatchObject({ status, fault: { kind: 'delay', injected: false } })
    expect((await curl(url, headers)).code).toBe(28)
  })

  it('slow-body: the same bytes, in pieces', async () => {
    const { url, whole } = await setup({ kind: 'slow-body', bytes: 50, delay: 1 })
    expect(await ask(url, headers)).toMatchObject({ status, body: whole.body, error: undefined })
    const slow = await setup({ kind: 'slow-body', bytes: 1, delay: '1s' })
    expect((await curl(slow.url, headers)).code).toBe(28)
  })

  it('truncated-body: a part, then the end', async () => {
    const { url, whole } = await setup({ kind: 'truncated-body', bytes: 20 })
    expect(await ask(url, headers)).toMatchObject({ status, body: whole.body.slice(0, 20), error: 'ECONNRESET' })
    const { code, stdout } = await curl(url, headers)
    expect([code, stdout.split('\n')[0]]).toEqual([18, whole.body.slice(0, 20)])
  })

  it('broken-json: a whole answer that is no JSON', async () => {
    const { url } = await setup({ kind: 'broken-json' })
    const seen = await ask(url, headers)
    expect(seen).toMatchObject({ status, type: 'application/json', error: undefined })
    expect(() => JSON.parse(seen.body) as unknown).toThrow(SyntaxError)
    expect((await curl(url, headers)).code).toBe(0)
  })

  it('wrong-content-type: the same body as something else', async () => {
    const { url, whole } = await setup({ kind: 'wrong-content-type' })
    expect(await ask(url, headers)).toMatchObject({ status, type: 'text/html', body: whole.body })
    expect((await curl(url, headers)).stdout).toBe(`${whole.body}\n${status} text/html`)
  })

  it.each(['before', 'after'] as const)('reset: a reset, no answer, %s it took effect', async (effect) => {
    const { url, last } = await setup({ kind: 'reset', effect })
    expect(await ask(url, headers)).toMatchObject({ status: undefined, error: 'ECONNRESET' })
    expect(last()).toMatchObject({ status: 0, fault: { kind: 'reset', injected: true } })
    expect((await curl(url, headers)).code).toBe(56)
  })

  it('silence: the request is taken, and that is all', async () => {
    const { url, last } = await setup({ kind: 'silence' })
    expect(await ask(url, headers, 300)).toMatchObject({ status: undefined, error: 'ABORT_ERR' })
    expect(last()).toMatchObject({ status: 0, fault: { kind: 'silence', injected: true } })
    expect((await curl(url, headers)).code).toBe(28)
  })
})

describe('a fault after the request took effect', () => {
  it('leaves the effect: a duplicate is there whose caller saw a reset', async () => {
    const mock = createDigicertMock()
    const { url } = await toStarted(mock)
    const certificates = (): number => mock.snapshot().tables['certificates']!.length
    const before = certificates()
    const csr = '<csr>'
    const certificate = { common_name: 'example.com', csr, server_platform: { id: 45 }, signature_hash: 'sha256' }
    const send = (): Promise<Response> =>
      fetch(`${url}/services/v2/order/certificate/112233/duplicate`, {
        method: 'POST',
        headers: { ...twins['DigiCert']!.headers, 'Content-Type': 'application/json' },
        body: JSON.stringify({ certificate }),
      })
    mock.faults.add({ operation: 'requestDuplicate', kind: 'reset', effect: 'before', first: 1 })
    mock.faults.add({ operation: 'requestDuplicate', kind: 'reset', effect: 'after', after: 1 })
    await expect(send()).rejects.toThrow(TypeError)
    expect(certificates()).toBe(before)
    await expect(send()).rejects.toThrow(TypeError)
    expect(certificates()).toBe(before + 1)
  })
})
