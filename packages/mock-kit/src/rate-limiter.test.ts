import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRateLimiter, type RateWindow } from './rate-limiter.ts'

describe('a rolling window', () => {
  it('refuses call n + 1, and admits it once the oldest call is as old as the window', () => {
    const limiter = createRateLimiter([{ limit: 2, windowMs: 1000 }])
    expect([0, 400, 999, 1000, 1399, 1400].map((atMs) => limiter.admit('a', atMs))).toEqual([
      true,
      true,
      false,
      true,
      false,
      true,
    ])
  })

  it('counts each caller alone', () => {
    const limiter = createRateLimiter([{ limit: 1, windowMs: 1000 }])
    expect([limiter.admit('a', 0), limiter.admit('b', 0), limiter.admit('a', 1)]).toEqual([true, true, false])
  })

  it('forgets calls that are yet to come when the clock is put back', () => {
    const limiter = createRateLimiter([{ limit: 1, windowMs: 1000 }])
    expect([3_600_000, 0, 999, 1000].map((atMs) => limiter.admit('a', atMs))).toEqual([true, true, false, true])
  })

  it('admits nothing with a limit of 0, and everything without windows', () => {
    expect(createRateLimiter([{ limit: 0, windowMs: 1000 }]).admit('a', 0)).toBe(false)
    expect(createRateLimiter([]).admit('a', 0)).toBe(true)
  })

  it('admits exactly what a count of all admitted calls allows', () => {
    const windows = fc.array(fc.record({ limit: fc.nat(5), windowMs: fc.integer({ min: 1, max: 50 }) }), {
      maxLength: 3,
    })
    fc.assert(
      fc.property(windows, fc.array(fc.nat(20), { maxLength: 60 }), (limits, pauses) => {
        const limiter = createRateLimiter(limits)
        const admitted: number[] = []
        let nowMs = 0
        for (const pause of pauses) {
          nowMs += pause
          const hasRoom = limits.every((window) => countIn(window, admitted, nowMs) < window.limit)
          expect(limiter.admit('a', nowMs)).toBe(hasRoom)
          if (hasRoom) admitted.push(nowMs)
        }
      }),
    )
  })
})

/** The rule once more, the slow way. */
function countIn({ windowMs }: RateWindow, times: readonly number[], nowMs: number): number {
  return times.filter((timeMs) => nowMs - timeMs < windowMs).length
}
