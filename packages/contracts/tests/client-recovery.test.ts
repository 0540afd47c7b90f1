import { generateKeyPairSync } from 'node:crypto'
import { type CerttwinError, createDigicertClient, isCerttwinError } from '@certtwin/core'
import { createDigicertMock, type DigicertMock } from '@certtwin/mock-digicert'
import { createManualClock, type FaultRule } from '@certtwin/mock-kit'
import { attributeOids, buildCsr } from '@certtwin/mock-kit/x509'
import { describe, expect, it } from 'vitest'

// What lost answers cost: nothing with recovery, and an error that says so without. Both are counted in the twin's own books.

const count = 1000
const [orderId, commonName] = [100002, 'multi.example.net']
const operation = 'requestDuplicate'

/** Every way in which an answer gets lost: before the request was processed, and after. */
const before: readonly FaultRule[] = [
  { kind: 'reset', probability: 0.06 },
  { kind: 'silence', probability: 0.01 },
  { kind: 'error', status: 500, probability: 0.06 },
  { kind: 'error', status: 503, probability: 0.06 },
].map((rule, index) => ({ id: `before-${index}`, operation, ...rule }) as FaultRule)
const after: readonly FaultRule[] = [
  { kind: 'reset', effect: 'after', probability: 0.06 },
  { kind: 'silence', effect: 'after', probability: 0.01 },
  { kind: 'truncated-body', probability: 0.06 },
  { kind: 'broken-json', probability: 0.06 },
].map((rule, index) => ({ id: `after-${index}`, operation, ...rule }) as FaultRule)

function setup(...more: readonly FaultRule[]) {
  const clock = createManualClock('2023-04-04T12:53:25Z')
  const mock = createDigicertMock({
    seed: 'recovery',
    clock,
    rateLimits: false,
    journal: false,
    faults: [...before, ...after, ...more],
  })
  const client = createDigicertClient({
    apiKey: mock.accounts[0].apiKey,
    fetch: mock.fetch,
    rateLimit: false,
    timeoutMs: 500,
    retry: { attempts: 12, baseMs: 0 },
  })
  const begun = ledgerOf(mock)
  /** Asks for one duplicate for a key pair of its own; an error is a result, too. */
  const ask = async (options: object): Promise<unknown> => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const csr = buildCsr([[{ oid: attributeOids.CN, value: commonName }]], privateKey)
    const certificate = { common_name: commonName, csr, signature_hash: 'sha256' }
    return client.duplicates.create(orderId, { certificate }, options).catch((error: unknown) => error)
  }
  const askAll = async (options: object): Promise<unknown[]> => {
    const results: unknown[] = []
    for (let round = 0; round < count / 20; round++)
      results.push(...(await Promise.all(Array.from({ length: 20 }, () => ask(options)))))
    return results
  }
  return { mock, askAll, made: () => ledgerOf(mock) - begun }
}

/** How many certificates are in the twin's books. */
function ledgerOf(mock: DigicertMock): number {
  return mock.snapshot().tables['certificates']!.length
}

/** How often one of these rules has lost an answer. */
function lostBy(mock: DigicertMock, rules: readonly FaultRule[]): number {
  const ids = new Set(rules.map(({ id }) => id))
  return mock.faults.list().reduce((sum, { id, hits }) => sum + (ids.has(id) ? hits : 0), 0)
}

describe(`${count} duplicates at a service that loses answers`, () => {
  it(`are exactly ${count} with recovery`, { timeout: 120_000 }, async () => {
    const looking = ['listDuplicates', 'getCertificateChain']
    const { mock, askAll, made } = setup(
      { operation: looking, probability: 0.1, kind: 'reset' },
      { operation: looking, probability: 0.1, kind: 'error', status: 503 },
    )
    const results = await askAll({ recover: true, settleMs: 20 })
    expect(results.filter(isCerttwinError)).toEqual([])
    expect(made()).toBe(count)
    expect(lostBy(mock, before)).toBeGreaterThan(count / 10)
    expect(lostBy(mock, after)).toBeGreaterThan(count / 10)
  })

  it('are told to be unknown without it, each that was lost and no other', { timeout: 120_000 }, async () => {
    const { mock, askAll, made } = setup()
    const errors = (await askAll({})).filter((result): result is CerttwinError => isCerttwinError(result))
    const lost = { before: lostBy(mock, before), after: lostBy(mock, after) }
    expect(errors.filter(({ outcome, attempts }) => outcome !== 'unknown' || attempts !== 1)).toEqual([])
    expect(errors).toHaveLength(lost.before + lost.after)
    expect(made()).toBe(count - lost.before)
    expect(lost.after).toBeGreaterThan(count / 10)
  })
})
