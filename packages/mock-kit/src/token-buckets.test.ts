import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RateWindow } from './rate-limiter.ts'
import { createTokenBuckets } from './token-buckets.ts'

const sixty: readonly RateWindow[] = [{ limit: 60, windowMs: 120_000 }]

describe('a token bucket', () => {
  it('admits as many calls as it holds, and then one each time that a token has come back', () => {
    const { take } = createTokenBuckets()
    for (let left = 59; left >= 0; left--)
      expect(take('a', sixty, 0)).toMatchObject({ admitted: true, remaining: left })
    expect(take('a', sixty, 0)).toEqual({ admitted: false, remaining: 0, waitMs: 2000 })
    expect(take('a', sixty, 1999)).toEqual({ admitted: false, remaining: 0, waitMs: 1 })
    expect(take('a', sixty, 2000)).toEqual({ admitted: true, remaining: 0, waitMs: 2000 })
    expect(take('a', sixty, 3999)).toMatchObject({ admitted: false })
    expect(take('a', sixty, 4000)).toMatchObject({ admitted: true })
  })

  it('is full again after its window, and never fuller', () => {
    const { take } = createTokenBuckets()
    for (let count = 0; count < 60; count++) take('a', sixty, 0)
    expect(take('a', sixty, 120_000)).toMatchObject({ admitted: true, remaining: 59 })
    expect(take('a', sixty, 999_999_999)).toMatchObject({ admitted: true, remaining: 59 })
  })

  it('counts each caller alone', () => {
    const { take } = createTokenBuckets()
    const one = [{ limit: 1, windowMs: 1000 }]
    expect(['a', 'b', 'a'].map((caller) => take(caller, one, 0).admitted)).toEqual([true, true, false])
  })

  it('locks nobody out when the clock is put back', () => {
    const { take } = createTokenBuckets()
    const one = [{ limit: 1, windowMs: 1000 }]
    expect([3_600_000, 0, 999, 1000].map((atMs) => take('a', one, atMs).admitted)).toEqual([true, false, false, true])
  })

  it('admits nothing where it holds nothing, and everything where there is none', () => {
    const { take } = createTokenBuckets()
    expect(take('a', [{ limit: 0, windowMs: 1000 }], 0)).toEqual({ admitted: false, remaining: 0, waitMs: 1000 })
    expect(take('b', [], 0)).toEqual({ admitted: true, remaining: Infinity, waitMs: 0 })
  })

  it('forgets callers by the ten thousand without letting one of them go further', () => {
    const { take } = createTokenBuckets()
    const one = [{ limit: 1, windowMs: 1_000_000 }]
    take('a', one, 0)
    for (let count = 0; count < 9_998; count++) take(`other ${count}`, [{ limit: 1, windowMs: 1 }], 0)
    for (let count = 0; count < 50; count++) take(`late ${count}`, one, 10)
    expect(take('a', one, 10)).toMatchObject({ admitted: false })
  })

  it('remembers no more than ten thousand callers', () => {
    const { take } = createTokenBuckets()
    const one = [{ limit: 1, windowMs: 1_000_000 }]
    for (let count = 0; count < 10_001; count++) take(`caller ${count}`, one, 0)
    expect(take('caller 0', one, 0)).toMatchObject({ admitted: true })
    expect(take('caller 10000', one, 0)).toMatchObject({ admitted: false })
  })

  it('admits exactly what a count of tokens in fractions without error allows', () => {
    const windows = fc.array(fc.record({ limit: fc.nat(5), windowMs: fc.integer({ min: 1, max: 50 }) }), {
      minLength: 1,
      maxLength: 3,
    })
    fc.assert(
      fc.property(windows, fc.array(fc.nat(20), { maxLength: 60 }), (limits, pauses) => {
        const { take } = createTokenBuckets()
        const admitted: number[] = []
        let nowMs = 0
        for (const pause of pauses) {
          nowMs += pause
          const left = Math.min(...limits.map((window) => tokensIn(window, admitted, nowMs)))
          expect(take('a', limits, nowMs)).toMatchObject({
            admitted: left >= 1,
            remaining: Math.max(0, left - (left >= 1 ? 1 : 0)),
          })
          if (left >= 1) admitted.push(nowMs)
        }
      }),
    )
  })
})

/** The rule once more, from the first call on, in whole numbers of another size: the tokens that are there. */
function tokensIn({ limit, windowMs }: RateWindow, calls: readonly number[], nowMs: number): number {
  let parts = BigInt(limit * windowMs)
  let atMs = 0
  for (const timeMs of [...calls, nowMs]) {
    for (; atMs < timeMs; atMs++) if (parts < BigInt(limit * windowMs)) parts += BigInt(limit)
    if (parts > BigInt(limit * windowMs)) parts = BigInt(limit * windowMs)
    parts -= BigInt(windowMs)
  }
  return Number((parts + BigInt(windowMs)) / BigInt(windowMs))
}
