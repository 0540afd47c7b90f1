import { checkPrimeSync, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createSeededKey } from './seeded-key.ts'

/** The numbers of a key, as bigints. */
function numbersOf(key: KeyObject): Readonly<Record<string, bigint>> {
  const { kty: _, ...members } = key.export({ format: 'jwk' })
  const hex = (value: unknown): string => Buffer.from(String(value), 'base64url').toString('hex')
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, BigInt(`0x${hex(value)}`)]))
}

const pem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString()

describe('a key from a seed', () => {
  test('is the same each time, and another one for another seed', () => {
    expect(pem(createSeededKey('one'))).toBe(pem(createSeededKey('one')))
    expect(pem(createSeededKey('one'))).not.toBe(pem(createSeededKey('two')))
  })

  test('stays what it was when it was first made, so that certificates do too', () => {
    const { n } = createSeededKey('one').export({ format: 'jwk' })
    expect(n).toMatch(/^6rYdH32kjSpO1Ejhe1fLULCTZheY2I6wMj3Ep/)
  })

  test.each(['one', 'two', 'three', ''])('is made of what RSA is made of: "%s"', (seed) => {
    const { n, e, d, p, q, dp, dq, qi } = numbersOf(createSeededKey(seed)) as Record<string, bigint> & { n: bigint } // prettier-ignore
    expect(e).toBe(65537n)
    expect(n).toBe(p! * q!)
    expect(n.toString(2)).toHaveLength(2048)
    expect([p!, q!].map((prime) => checkPrimeSync(prime))).toEqual([true, true])
    expect(p! > q!).toBe(true)
    expect((p! - q!) >> 924n).toBeGreaterThan(0n)
    expect([(e! * d!) % (p! - 1n), (e! * d!) % (q! - 1n)]).toEqual([1n, 1n])
    expect([dp, dq, (q! * qi!) % p!]).toEqual([d! % (p! - 1n), d! % (q! - 1n), 1n])
  })

  test('may have 4096 bits, and be the same each time too', () => {
    const key = createSeededKey('one', 4096)
    const { n, p, q } = numbersOf(key) as Record<string, bigint> & { n: bigint }
    expect(n.toString(2)).toHaveLength(4096)
    expect([p!, q!].map((prime) => checkPrimeSync(prime))).toEqual([true, true])
    expect(pem(key)).toBe(pem(createSeededKey('one', 4096)))
  }, 60_000)

  test('signs what its public key verifies', () => {
    const key = createSeededKey('one')
    const data = Buffer.from('data')
    const signature = sign('sha256', data, key)
    expect(verify('sha256', data, createPublicKey(key), signature)).toBe(true)
    expect(verify('sha256', data, createPublicKey(createSeededKey('two')), signature)).toBe(false)
  })
})
