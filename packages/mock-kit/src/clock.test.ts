import { describe, expect, it } from 'vitest'
import { createManualClock, systemClock } from './clock.ts'

describe('a manual clock', () => {
  it('stands still until it is moved', () => {
    const clock = createManualClock('2023-04-04T12:53:25Z')
    expect(clock.now()).toBe(1_680_612_805_000)
    clock.advance(1500)
    expect(clock.now()).toBe(1_680_612_806_500)
    clock.set(0)
    expect(clock.now()).toBe(0)
  })

  it('refuses a start that is no date, and says what one looks like', () => {
    expect(() => createManualClock('soon')).toThrow(
      new RangeError('The clock cannot start at soon: give a date such as 2023-04-04T12:53:25Z.'),
    )
  })
})

describe('the system clock', () => {
  it('is that of the machine', () => {
    const before = Date.now()
    const now = systemClock.now()
    expect([now >= before, now <= Date.now()]).toEqual([true, true])
  })
})
