import { describe, expect, it } from 'vitest'
import { createDigicertClient } from '../digicert/client.ts'
import type { Fetch } from '../fetch.ts'
import { errorOf } from '../test-client.ts'

const certificate = { common_name: 'example.com', csr: 'x', signature_hash: 'sha256' }

/** A client whose platform gives up on the connection at something that it asked the system for. */
function setup(syscall: string | undefined) {
  let sent = 0
  const fetch: Fetch = async () => {
    sent++
    const cause = Object.assign(new Error('x'), { code: 'ETIMEDOUT' }, syscall !== undefined && { syscall })
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
