import { describe, expect, it } from 'vitest'
import { answering, digicert, errorOf } from '../test-client.ts'

const csr = 'MAkwBwIBADAAMAA=' // the smallest that has a place for a key
const request = { certificate: { common_name: 'example.com', csr, signature_hash: 'sha256' } }

describe('the answer to a request for a duplicate', () => {
  it.each([
    [
      { id: 1, requests: [{ id: 2 }] },
      { state: 'pending', id: 1, requests: [{ id: 2 }] },
    ],
    [
      { id: 1, certificate_id: 3 },
      { state: 'processing', id: 1, certificate_id: 3 },
    ],
    [
      { id: 1, requests: [{ id: 2, status: 'approved' }], certificate_id: 3, certificate_chain: [{ pem: 'x' }] },
      { state: 'issued', id: 1, certificate_id: 3, certificate_chain: [{ pem: 'x' }] },
    ],
    [
      { id: 1, certificate_id: 3, certificate_chain: [] },
      { state: 'processing', id: 1, certificate_id: 3 },
    ],
    [
      { id: 1, certificate_id: 3, certificate_chain: [null] },
      { state: 'processing', id: 1, certificate_id: 3 },
    ],
    [
      { id: 1, certificate_id: 3, certificate_chain: null },
      { state: 'processing', id: 1, certificate_id: 3 },
    ],
  ])('%j is read by its members', async (body, expected) => {
    expect(await digicert(answering(201, body)).duplicates.create(1, request)).toEqual(expected)
  })

  it.each([
    {},
    { id: 1 },
    { id: 1, requests: [] },
    { id: 1, requests: [null] },
    { id: '1', requests: [{ id: 2 }] },
    [],
    true,
    null,
  ])('%j is nothing that the contract knows, and something may have been done', async (body) => {
    const error = await errorOf(digicert(answering(201, JSON.stringify(body))).duplicates.create(1, request))
    expect(error).toMatchObject({ code: 'unexpected_response', outcome: 'unknown', status: 201 })
  })
})

describe('a list of duplicates', () => {
  it.each([{ certificates: {} }, { certificates: [1] }, { certificates: [null] }])('%j is none', async (body) => {
    const error = await errorOf(digicert(answering(200, body)).duplicates.list(1))
    expect(error).toMatchObject({
      code: 'unexpected_response',
      message: 'listDuplicates failed: the answer is not what the contract says: no list of certificates.',
    })
  })

  it('is searched by key, whatever else is in it', async () => {
    const entries = [{ id: 1 }, { id: 2, csr: 5 }, { id: 3, csr: '<csr>' }, { id: 4, csr }, { id: 5, csr }]
    const client = digicert(answering(200, { certificates: entries }))
    expect(await client.duplicates.findByKey(1, csr)).toEqual({ id: 4, csr })
  })

  it('is waited for past those that were turned down, unless that is all of them', async () => {
    const entries = [
      { id: 3, csr, status: 'rejected' },
      { id: 2, csr, status: 'approved' },
      { id: 1, csr, status: 'approved' },
    ]
    const client = digicert(answering(200, { certificates: entries }))
    expect(await client.duplicates.waitForIssued(1, csr)).toMatchObject({ id: 2 })
    const all = digicert(answering(200, { certificates: [entries[0]] }))
    expect(await errorOf(all.duplicates.waitForIssued(1, csr))).toMatchObject({ code: 'rejected' })
  })

  it('cannot be searched by a CSR that is none', async () => {
    const error = await errorOf(digicert(answering(200, {})).duplicates.findByKey(1, 'x'))
    expect(error).toMatchObject({ code: 'invalid_options', message: 'The CSR cannot be parsed.' })
  })
})
