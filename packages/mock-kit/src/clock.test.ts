import { describe, expect, it } from 'vitest'
import { createClock, createManualClock } from './clock.ts'
import { parseDuration } from './duration.ts'

describe('a manual clock', () => {
  it('stands still until it is moved', () => {
    const clock = createManualClock('2023-04-04T12:53:25Z')
    expect(clock.now()).toBe(1_680_612_805_000)
    clock.advance(1500)
    expect(clock.now()).toBe(1_680_612_806_500)
    clock.advance('16m')
    expect(clock.now()).toBe(1_680_613_766_500)
    clock.set(0)
    expect(clock.now()).toBe(0)
  })

  it.each(['soon', Number.NaN, -1, '9999-01-01'])('refuses a time that is no date: %s', (start) => {
    const sentence = `The clock cannot be set to ${start}: give a date such as 2023-04-04T12:53:25Z.`
    expect(() => createManualClock(start)).toThrow(new RangeError(sentence))
    const clock = createManualClock(0)
    expect(() => clock.set(start)).toThrow(new RangeError(sentence))
    expect(clock.now()).toBe(0)
  })

  it('is left where it is by a fork, and leaves the fork', () => {
    const clock = createManualClock(1000)
    const fork = clock.fork()
    fork.advance(1)
    clock.advance(10)
    expect([clock.now(), fork.now(), fork.running]).toEqual([1010, 1001, false])
  })
})

describe('a running clock', () => {
  it('is that of the machine unless it is set', () => {
    const before = Date.now()
    const now = createClock().now()
    expect([now >= before, now <= Date.now()]).toEqual([true, true])
  })

  it('goes on from where it was set, stands still when it is frozen, and goes on when it runs again', () => {
    const clock = createClock({ start: '2023-04-04T12:53:25Z' })
    const elapsedMs = clock.now() - Date.parse('2023-04-04T12:53:25Z')
    expect(elapsedMs).toBeGreaterThanOrEqual(0)
    expect(elapsedMs).toBeLessThan(60_000)
    clock.freeze()
    clock.set(5000)
    expect([clock.now(), clock.running]).toEqual([5000, false])
    clock.run()
    expect(clock.now()).toBeGreaterThanOrEqual(5000)
    expect(clock.now()).toBeLessThan(65_000)
    expect([clock.running, clock.fork().running]).toEqual([true, true])
  })
})

describe('a length of time', () => {
  it.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['16m', 960_000],
    ['1.5h', 5_400_000],
    ['1d', 86_400_000],
    [0, 0],
    ['250', 250],
  ])('%s is %d ms', (text, durationMs) => {
    expect(parseDuration(text)).toBe(durationMs)
  })

  it.each(['', 'soon', '5 parsecs', -1, '-16m', Infinity, Number.NaN, 'x'.repeat(200)])('%s is none', (text) => {
    expect(() => parseDuration(text)).toThrow('is no length of time: write 500ms, 30s, 16m, 2h or 1d.')
  })
})
