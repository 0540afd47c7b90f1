import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDigicertClient, type DigicertClient } from './digicert/client.ts'
import type { Fetch } from './fetch.ts'
import { answering, canary, cdnpro, digicert, errorOf, once } from './test-client.ts'

describe('the vendors’ refusals', () => {
  it('carry every error of DigiCert', async () => {
    const errors = [
      { code: 'required_param:certificate.csr', message: 'certificate.csr is a required parameter.' },
      { code: 'invalid_signature_hash', message: 'The specified signature hash is not allowed.' },
    ]
    const error = await errorOf(digicert(answering(400, { errors })).duplicates.list(1))
    expect(error).toMatchObject({ code: 'invalid_request', status: 400, operation: 'listDuplicates', outcome: 'none' })
    expect(error.vendorErrors).toEqual(errors)
    expect(error.message).toBe(
      'listDuplicates failed: status 400, required_param:certificate.csr (certificate.csr is a required parameter), ' +
        'invalid_signature_hash (The specified signature hash is not allowed).',
    )
  })

  it.each([
    [401, {}, 'unauthorized'],
    [403, { errors: [{ code: 'access_denied|access_denied_invalid_key', message: '' }] }, 'unauthorized'],
    [403, { errors: [{ code: 'access_denied|missing_permission', message: '' }] }, 'forbidden'],
    [404, {}, 'not_found'],
    [409, {}, 'conflict'],
    [413, {}, 'invalid_request'],
    [429, {}, 'rate_limited'],
    [500, {}, 'server_error'],
    [302, {}, 'unexpected_response'],
    [503, '<html>', 'server_error'],
    [400, '', 'invalid_request'],
    [400, 'null', 'invalid_request'],
    [400, { errors: 'no list' }, 'invalid_request'],
    [400, { errors: [null] }, 'invalid_request'],
  ])('status %i with %j is %s', async (status, body, code) => {
    const error = await errorOf(digicert(answering(status, body)).duplicates.list(1))
    expect(error).toMatchObject({ code, status })
  })

  it('carry the two voices of CDN Pro and the id of the call', async () => {
    const headers = { 'x-cnc-request-id': 'abc' }
    const service = answering(404, { code: 'InvalidCertId', message: 'No.' }, headers)
    expect(await errorOf(cdnpro(service).certificates.get('x'))).toMatchObject({
      code: 'not_found',
      requestId: 'abc',
      vendorErrors: [{ code: 'InvalidCertId', message: 'No.' }],
    })
    for (const message of [undefined, { toString: 1 }])
      expect(await errorOf(cdnpro(answering(404, { code: 'A', message })).certificates.get('x'))).toMatchObject({
        message: 'getCertificate failed: status 404, A.',
      })
    for (const result of [null, { toString: 1 }])
      expect(await errorOf(cdnpro(answering(400, { result })).certificates.get('x'))).toMatchObject({
        message: 'getCertificate failed: status 400.',
        vendorErrors: [],
      })
    const gateway = answering(401, { status: 0, result: 'The HTTP authorization header is bad.' })
    expect(await errorOf(cdnpro(gateway).certificates.get('x'))).toMatchObject({
      code: 'unauthorized',
      vendorErrors: [{ code: '', message: 'The HTTP authorization header is bad.' }],
    })
  })
})

describe('what is no answer', () => {
  it('is an error of ours also where a fetch gives something that is no response', async () => {
    for (const odd of [undefined, {}, { ok: false, status: 404, text: async () => '{}' }]) {
      const fetch = (async () => odd) as unknown as Fetch
      expect(await errorOf(digicert(fetch).orders.get(1))).toMatchObject({ operation: 'getOrder', attempts: 1 })
      expect(await errorOf(cdnpro(fetch).certificates.get('x'))).toMatchObject({ attempts: 1 })
    }
  })

  it('is unknown in its effect when the connection broke', async () => {
    const fetch: Fetch = async () => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) })
    }
    expect(await errorOf(digicert(fetch).duplicates.list(1))).toMatchObject({
      code: 'network',
      outcome: 'unknown',
      message: 'listDuplicates failed: No answer came: ECONNRESET.',
    })
  })

  it('had no effect when the connection never came about', async () => {
    const fetch: Fetch = async () => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) })
    }
    expect(await errorOf(digicert(fetch).duplicates.list(1))).toMatchObject({ code: 'network', outcome: 'not_sent' })
  })

  it.each([
    ['Connect', 'not_sent'],
    ['SendRequest', 'unknown'],
  ])(
    'had no effect only while the connection was made, also where there are no codes: %s is %s',
    async (stage, outcome) => {
      const fetch: Fetch = async () => {
        const cause = new Error(
          `error sending request for url (http://x.example/): client error (${stage}): some reason`,
        )
        throw new TypeError('fetch failed', { cause })
      }
      expect(await errorOf(digicert(fetch).orders.revoke(1))).toMatchObject({ code: 'network', outcome })
    },
  )

  it.each([
    ['connect', 'not_sent'],
    ['getaddrinfo', 'not_sent'],
    ['read', 'unknown'],
    ['write', 'unknown'],
  ])('had no effect only while the connection was made: %s is %s', async (syscall, outcome) => {
    const fetch: Fetch = async () => {
      const cause = Object.assign(new Error('x'), { code: 'EHOSTUNREACH', syscall })
      throw new TypeError('fetch failed', { cause })
    }
    expect(await errorOf(digicert(fetch).orders.revoke(1))).toMatchObject({ code: 'network', outcome })
  })

  it('is a timeout when it takes too long', async () => {
    const fetch: Fetch = (request) =>
      new Promise((_resolve, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason)))
    const client = createDigicertClient({ apiKey: canary, fetch, timeoutMs: 1, ...once })
    expect(await errorOf(client.duplicates.list(1))).toMatchObject({
      code: 'timeout',
      outcome: 'unknown',
      message: 'listDuplicates failed: No answer came within 1 ms.',
    })
  })

  it('is a timeout or aborted also when the body does not end', async () => {
    const endless: Fetch = async (request) => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{'))
          request.signal.addEventListener('abort', () => controller.error(request.signal.reason))
        },
      })
      return new Response(body)
    }
    const client = createDigicertClient({ apiKey: canary, fetch: endless, timeoutMs: 50, ...once })
    expect(await errorOf(client.duplicates.list(1))).toMatchObject({ code: 'timeout', outcome: 'unknown' })
    const patient = digicert(endless)
    const controller = new AbortController()
    const call = patient.duplicates.list(1, { signal: controller.signal })
    controller.abort(new Error('a reason of its own'))
    expect(await errorOf(call)).toMatchObject({ code: 'aborted' })
  })

  it('is repeated for a read whose body broke off', async () => {
    let calls = 0
    const fetch: Fetch = async () => {
      const broken = new ReadableStream({ start: (controller) => controller.error(new TypeError('terminated')) })
      return new Response(calls++ === 0 ? broken : '{}')
    }
    const client = createDigicertClient({ apiKey: canary, fetch, retry: { baseMs: 0 } })
    expect(await client.duplicates.list(1)).toEqual([])
    expect(calls).toBe(2)
  })

  it('is nothing at all when the caller gave up before', async () => {
    let calls = 0
    const fetch: Fetch = async () => {
      calls++
      return new Response('{}')
    }
    const call = digicert(fetch).duplicates.list(1, { signal: AbortSignal.abort() })
    expect(await errorOf(call)).toMatchObject({ code: 'aborted', outcome: 'not_sent' })
    expect(calls).toBe(0)
  })

  it('is a timeout also where the given fetch does not look at its signal', async () => {
    const deaf: Fetch = () => new Promise(() => {})
    const client = createDigicertClient({ apiKey: canary, fetch: deaf, timeoutMs: 1, ...once })
    expect(await errorOf(client.duplicates.list(1))).toMatchObject({ code: 'timeout' })
  })

  it.each([
    ['{"certificates":', 'listDuplicates failed: the answer is not what the contract says: no JSON.'],
    ['', 'listDuplicates failed: the answer is not what the contract says: no object.'],
    ['null', 'listDuplicates failed: the answer is not what the contract says: no object.'],
    ['"text"', 'listDuplicates failed: the answer is not what the contract says: no object.'],
    ['[]', 'listDuplicates failed: the answer is not what the contract says: no object.'],
  ])('is unexpected when the body is %j', async (body, message) => {
    expect(await errorOf(digicert(answering(200, body)).duplicates.list(1))).toMatchObject({
      code: 'unexpected_response',
      message,
    })
  })
})

describe('a redirect', () => {
  it('is not followed, so that the key stays with its host', async () => {
    let redirect: string | undefined
    const fetch: Fetch = async (request) => {
      ;({ redirect } = request)
      return new Response(null, { status: 307, headers: { Location: 'https://elsewhere.example/' } })
    }
    expect(await errorOf(digicert(fetch).duplicates.list(1))).toMatchObject({
      code: 'unexpected_response',
      status: 307,
    })
    expect(redirect).toBe('manual')
  })

  it.each([
    ['GET', 307, ({ orders }: DigicertClient) => orders.get(1)],
    [
      'POST',
      303,
      ({ orders }: DigicertClient) =>
        orders.reissue(1, { certificate: { common_name: 'a', csr: 'b', signature_hash: 'sha256' } }),
    ],
  ])('is not asked for again, and leaves open what became of it: %s, status %i', async (_method, status, ask) => {
    let calls = 0
    const fetch: Fetch = async () => {
      calls++
      return new Response(null, { status, headers: { Location: 'https://elsewhere.example/' } })
    }
    const error = await errorOf(ask(createDigicertClient({ apiKey: canary, fetch, retry: { baseMs: 0 } })))
    expect(error).toMatchObject({ code: 'unexpected_response', status, outcome: 'unknown', attempts: 1 })
    expect(calls).toBe(1)
  })
})

describe('a wait', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('ends at its deadline after a last look, however long the pause is', async () => {
    let looks = 0
    const fetch: Fetch = async () => {
      looks++
      return new Response('{"certificates":[]}')
    }
    const csr = 'MAkwBwIBADAAMAA=' // the smallest that has a place for a key
    const end = errorOf(digicert(fetch).duplicates.waitForIssued(1, csr, { pollMs: 60_000, deadlineMs: 5000 }))
    await vi.advanceTimersByTimeAsync(4999)
    expect(looks).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(await end).toMatchObject({
      code: 'timeout',
      message: 'The duplicate of order 1 did not come about within 5000 ms. It may still: look again later.',
    })
    expect(looks).toBe(2)
  })
})

describe('a secret', () => {
  const forms = [canary, Buffer.from(canary).toString('base64'), encodeURIComponent(canary)]

  it('appears in no error, whatever the service repeats', async () => {
    const echo: Fetch = async (request) => {
      const said = [...request.headers].map(([name, value]) => `${name}: ${value}`)
      const heard = [...said, ...forms].join(', ')
      return new Response(JSON.stringify({ errors: [{ code: heard, message: heard }], code: heard, message: heard }), {
        status: 400,
        headers: { 'x-cnc-request-id': heard },
      })
    }
    const errors = [
      await errorOf(digicert(echo).duplicates.list(1)),
      await errorOf(
        cdnpro(echo).certificates.create({
          name: 'x',
          newVersion: { privateKey: '-----BEGIN PRIVATE KEY-----\nMOCK\n-----END PRIVATE KEY-----' },
        }),
      ),
    ]
    for (const error of errors) {
      const seen = [
        error.message,
        error.stack,
        JSON.stringify(error),
        inspect(error, { depth: 9, showHidden: true }),
      ].join('\n')
      for (const form of [...forms, Buffer.from(canary).toString('hex')]) expect(seen).not.toContain(form)
    }
  })

  it('of several lines appears in no error either where the service breaks them elsewhere', async () => {
    const lines = ['MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgCANARYCANARYCANA', 'RYCANARYCANARY==']
    const privateKey = `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----`
    for (const heard of [privateKey.replaceAll('\n', ''), privateKey.replaceAll('\n', ' '), lines[1]!]) {
      const client = cdnpro(answering(400, { code: 'A', message: `This is no key: ${heard}` }))
      const error = await errorOf(client.certificates.create({ name: 'x', newVersion: { privateKey } }))
      expect(error.message).toContain('This is no key: ')
      for (const line of lines) expect(error.message).not.toContain(line)
    }
  })
})
