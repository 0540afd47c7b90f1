import { describe, expect, it } from 'vitest'
import { createDigicertClient } from '../digicert/client.ts'
import type { Fetch } from '../fetch.ts'
import { errorOf } from '../test-client.ts'

const certificate = { common_name: 'example.com', csr: 'x', signature_hash: 'sha256' }

/** A client whose platform gives up on the connection at something that it asked the system for. */
function setup(syscall: string | undefined, code: string = 'ETIMEDOUT') {
  let sent = 0
  const fetch: Fetch = async () => {
    sent++
    const cause = Object.assign(new Error('x'), { code }, syscall !== undefined && { syscall })
    throw new TypeError('fetch failed', { cause })
  }
  const client = createDigicertClient({ apiKey: 'key', fetch, retry: { baseMs: 0 } })
  return { post: () => client.duplicates.create(1, { certificate }), sent: () => sent }
}

describe('a connection that the system gives up on', () => {
  it.each(['connect', 'getaddrinfo'])('has sent nothing while it was made, and is tried again: %s', async (syscall) => {
    const { post, sent } = setup(syscall)
    expect(await errorOf(post())).toMatchObject({
      code: 'network',
      outcome: 'not_sent',
      message: 'requestDuplicate failed: No answer came: ETIMEDOUT.',
    })
    expect(sent()).toBe(3)
  })

  it.each(['read', 'write', undefined])(
    'leaves open what became of a change in any other place: %s',
    async (syscall) => {
      const { post, sent } = setup(syscall)
      expect(await errorOf(post())).toMatchObject({ code: 'network', outcome: 'unknown', attempts: 1 })
      expect(sent()).toBe(1)
    },
  )
})

describe('the code of a failure', () => {
  it.each([
    ['ECONNREFUSED', 'not_sent'],
    ['ENOTFOUND', 'not_sent'],
    ['EAI_AGAIN', 'not_sent'],
    ['EHOSTUNREACH', 'not_sent'],
    ['ENETUNREACH', 'not_sent'],
    ['ConnectionRefused', 'not_sent'],
    ['UND_ERR_CONNECT_TIMEOUT', 'not_sent'],
    ['UND_ERR_SOCKET', 'unknown'],
    ['ECONNRESET', 'unknown'],
    ['EPIPE', 'unknown'],
  ])('alone tells whether anything was sent where the system says no more: %s is %s', async (code, outcome) => {
    const message = `requestDuplicate failed: No answer came: ${code}.`
    expect(await errorOf(setup(undefined, code).post())).toMatchObject({ code: 'network', outcome, message })
  })

  it.each(['ECONNREFUSED', 'EHOSTUNREACH'])('does not tell it of a connection in use: %s', async (code) => {
    expect(await errorOf(setup('read', code).post())).toMatchObject({ outcome: 'unknown', attempts: 1 })
  })

  it.each(['', 'key hunter2', 'E'.repeat(41)])('is not repeated where it is no word: %j', async (code) => {
    const message = 'requestDuplicate failed: No answer came: the connection failed.'
    expect(await errorOf(setup('connect', code).post())).toMatchObject({ outcome: 'unknown', message })
  })
})
