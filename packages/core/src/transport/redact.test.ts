import { describe, expect, it } from 'vitest'
import { answering, cdnpro, digicert, errorOf } from '../test-client.ts'

describe('what cannot be written in every spelling', () => {
  const half = '\ud800' // of a character
  const message = 'Not this one.'
  const refusal = answering(
    400,
    { code: 'A', message, errors: [{ code: 'A', message }] },
    { 'x-cnc-request-id': 'abc' },
  )

  it.each([half, undefined as never, Buffer.from('no text') as never])(
    'does not get in the way of a refusal: a CSR of %j',
    async (csr) => {
      const certificate = { common_name: 'example.com', csr, signature_hash: 'sha256' }
      const error = await errorOf(digicert(refusal).duplicates.create(1, { certificate }))
      expect(error).toMatchObject({ code: 'invalid_request', status: 400, vendorErrors: [{ code: 'A', message }] })
    },
  )

  it('does not get in the way of a refusal: a CSR of more bytes than a function takes arguments', async () => {
    const certificate = { common_name: 'example.com', csr: 'x'.repeat(200_000), signature_hash: 'sha256' }
    const error = await errorOf(digicert(refusal).duplicates.create(1, { certificate }))
    expect(error).toMatchObject({ code: 'invalid_request', outcome: 'none' })
  })

  it.each([undefined as never, {} as never])('does not get in the way of a refusal: no CSR in %j', async (body) => {
    const { duplicates, orders } = digicert(refusal)
    for (const call of [duplicates.create(1, body), orders.place('ssl_basic', body), orders.reissue(1, body)])
      expect(await errorOf(call)).toMatchObject({ code: 'invalid_request', vendorErrors: [{ code: 'A', message }] })
  })

  it('does not get in the way of a refusal: half a character in a private key', async () => {
    const privateKey = `-----BEGIN PRIVATE KEY-----\n${half}\n-----END PRIVATE KEY-----`
    const error = await errorOf(cdnpro(refusal).certificates.create({ name: 'x', newVersion: { privateKey } }))
    expect(error).toMatchObject({ code: 'invalid_request', requestId: 'abc', vendorErrors: [{ code: 'A', message }] })
  })
})

it('a message is one line, whatever the service sends', async () => {
  const message = 'No.\r\n\u001b[31m[error] and\u0000 more'
  const error = await errorOf(cdnpro(answering(400, { code: 'A\n', message })).certificates.get('x'))
  expect(error.message).toBe('getCertificate failed: status 400, A  (No. [31m[error] and  more).')
})

// Header values of another program's, such as a proxy's, that no client knows to be secret.
describe('a password of HTTP Basic in an answer', () => {
  const shortest = 'dXNlcjpwYXNzd29yZDEy' // 20 characters

  it.each([
    [`We got Basic ${shortest}.`, 'We got Basic ***'],
    [`We got Basic ${shortest}MzQ1Ng==, and no more.`, 'We got Basic ***, and no more'],
    [`We got basic ${shortest}, and Basic ${shortest}.`, 'We got basic ***, and Basic ***'],
    ['Basic authentication failed.', 'Basic authentication failed'],
    [`We got Basic ${shortest.slice(1)}.`, `We got Basic ${shortest.slice(1)}`],
    [`We got Basics: ${shortest}.`, `We got Basics: ${shortest}`],
  ])('is blotted out, and nothing that is none: %s', async (message, seen) => {
    const body = { code: 'A', message, errors: [{ code: 'A', message }] }
    for (const call of [
      digicert(answering(400, body)).orders.get(1),
      cdnpro(answering(400, body)).certificates.get('x'),
    ]) {
      const error = await errorOf(call)
      expect(error.message).toContain(`(${seen})`)
      expect(error.vendorErrors[0]!.message.replace(/\.$/, '')).toBe(seen)
    }
  })
})
